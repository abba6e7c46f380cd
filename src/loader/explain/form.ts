import type { MessageCheck, MessageLoader, SubjectKind } from "./loader-message.ts";

/** How one message is written. */
export interface Form {
  readonly check: MessageCheck;
  /**
   * The loader's words from their first fixed one on. `{name}` stands for a part that differs: `{path}` and
   * `{definer}` for file names, `{any}` for something that says nothing, others for a word.
   */
  readonly words: string;
  /** Which of the parts the message is about. */
  readonly subject?: SubjectKind;
  /** What stands before the words, with a colon between: the plugin, a library that it needs, or the one that lacks something. */
  readonly before?: "path" | "library" | "definer";
  readonly outcome?: "crash";
  /** Taken only where nothing else is found: the words are those of other failures, too. */
  readonly weak?: boolean;
  /** What else must be in the text. */
  readonly with?: RegExp;
}

export interface CompiledForm extends Form {
  readonly loader: MessageLoader;
  readonly pattern: RegExp;
}

/** A part ends where a log's punctuation begins. All are bounded, so that no text makes the search slow. */
const parts: Readonly<Record<string, string>> = {
  any: String.raw`[^\n]{0,600}?`,
  anything: String.raw`[\s\S]{0,600}?`,
  path: String.raw`[^\n"')]{1,1024}`,
  definer: String.raw`[^\s"'()]{1,1024}`,
  version: String.raw`[^\s"'\u0060,()]{1,256}`,
  package: String.raw`[^\s"'\u0060,;()\\]{1,1024}`,
  library: String.raw`[^\s"',;()]{1,1024}`,
  // dyld ends a name by a line break, which a log may have made a space.
  installname: String.raw`[^\n]{1,1024}?(?=\s+Referenced from:|\s*\n|\s*$)`,
  uuid: String.raw`(?:<[^<>\n]{0,64}>\s+)?`,
  architecture: String.raw`[^'\n]{1,120}`,
  platform: String.raw`[^'\n]{1,120}`,
  needed: String.raw`[^\n()]{1,120}?`,
  reason: String.raw`[A-Z][A-Za-z ]{1,60}[a-z]`,
  quote: String.raw`["'\u0060]?`,
};
/** Parts that nothing is taken from. */
const unnamed: ReadonlySet<string> = new Set(["any", "anything", "uuid", "quote"]);
const word = String.raw`[^\s"'\u0060,;()]{1,1024}`;

/** Spaces stand for any white space, since terminals and logs break lines there. */
export function compiled(loader: MessageLoader, forms: readonly Form[]): readonly CompiledForm[] {
  return forms.map((form) => ({ ...form, loader, pattern: patternOf(form.words) }));
}

function patternOf(words: string): RegExp {
  const source = words.split(/(\{[a-z]+\}| )/).map((piece) => {
    if (piece === " ") return String.raw`\s+`;
    const name = /^\{([a-z]+)\}$/.exec(piece)?.[1];
    if (name === undefined) return piece.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
    const part = parts[name] ?? word;
    return unnamed.has(name) ? part : `(?<${name}>${part})`;
  });
  return new RegExp(source.join(""), "g");
}
