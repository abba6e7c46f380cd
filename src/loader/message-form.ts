import type { MessageCheck } from "./check.ts";

/** What a message can be about. */
export type SubjectKind =
  | "package"
  | "library"
  | "symbol"
  | "version"
  | "plugin-path"
  | "class"
  | "architecture"
  | "platform"
  | "segment"
  | "load-command"
  | "relocation-type";

/**
 * One message of a loader, as a template: it is filled in to predict the message, and recognized by when somebody pastes it. `{name}`
 * is a hole: `{path}` and `{definer}` for files, others for a word. Every loader has one table of these.
 */
export interface MessageForm {
  /** The check that the message is read as. A few messages are printed for several checks: then the likeliest one. */
  readonly check: MessageCheck;
  /** What the message is recognized by. It begins with fixed text, so that it is found quickly in a long log. */
  readonly words: string;
  /** The rest of the message before and after `words`. It is read if it is there, but the message is recognized without it. */
  readonly prefix?: string;
  readonly suffix?: string;
  /** Which of the holes the message is about. */
  readonly subject?: SubjectKind;
  /** What comes before the message, with a colon between: the plugin, a library that it needs, or the one that lacks something. */
  readonly before?: "path" | "library" | "definer";
  readonly outcome?: "crash";
  /** Read only if nothing else is found: other failures use the same words. */
  readonly weak?: boolean;
  /** What else must be in the text. */
  readonly with?: RegExp;
}

type HolesIn<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | HolesIn<Rest> : never;

type HolesOf<Form extends MessageForm> =
  | HolesIn<Form["words"]>
  | (Form extends { readonly prefix: infer Prefix } ? HolesIn<Prefix> : never)
  | (Form extends { readonly suffix: infer Suffix } ? HolesIn<Suffix> : never);

/** The whole message, with a value in every hole. */
export function filled<Form extends MessageForm>(
  { prefix = "", words, suffix = "" }: Form,
  values: Readonly<Record<HolesOf<Form>, string | number>>,
): string {
  const given: Readonly<Record<string, string | number | undefined>> = values;
  return `${prefix}${words}${suffix}`.replace(/\{([a-z]+)\}/g, (hole, name: string) =>
    String(given[name] ?? hole),
  );
}
