/** What fixes a problem. */
export type Fix =
  /** A command to run as it is. */
  | {
      readonly kind: "command";
      readonly run: string;
      /** Whether the fix lasts, or what else to do. */
      readonly note?: string;
    }
  /** What to do, in words. */
  | { readonly kind: "advice"; readonly text: string };

/** A command to run. @param note whether the fix lasts, or what else to do. */
export function run(command: string, note?: string): Fix {
  return { kind: "command", run: command, ...(note === undefined ? {} : { note }) };
}

/** What to do, in whole sentences. */
export function advise(text: string): Fix {
  return { kind: "advice", text };
}
