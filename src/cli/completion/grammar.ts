/** What a value can be. */
export type CompletionValue =
  /** One of these words; with `list`, several of them separated by commas. */
  | { readonly kind: "words"; readonly words: readonly string[]; readonly list: boolean }
  /** One of these words, and after it `=` and a file: `sarif=plugins.sarif`. */
  | { readonly kind: "formats"; readonly words: readonly string[] }
  /** A file, or one of these words. */
  | { readonly kind: "files"; readonly words: readonly string[] }
  | { readonly kind: "folders" }
  /** Anything: there is nothing to offer. */
  | { readonly kind: "text" };

export interface CompletionFlag {
  /** As typed: `--output`, `-o`. */
  readonly names: readonly string[];
  readonly description: string;
  /** undefined if the flag takes none. */
  readonly value: CompletionValue | undefined;
  /** The value's name in the help. */
  readonly valueName: string;
  readonly repeatable: boolean;
}

export interface CompletionCommand {
  readonly name: string;
  readonly summary: string;
  readonly flags: readonly CompletionFlag[];
  /** What its arguments are; undefined if it takes none. */
  readonly argument: CompletionValue | undefined;
  /** Whether it takes more than one. */
  readonly manyArguments: boolean;
}

/** Everything that can be typed on a command line. */
export interface CompletionGrammar {
  /** The names of the program, the usual one first. */
  readonly programs: readonly [string, ...string[]];
  /** Name and version, for the script's first line. */
  readonly made: string;
  readonly commands: readonly CompletionCommand[];
  /** Flags that can be used without a command. */
  readonly flags: readonly CompletionFlag[];
}

/** Prefix of all function names in the scripts, which no other program uses. */
export const functionPrefix = "_otelcol_plugins";

/** All names of all these flags. */
export function flagNames(flags: readonly CompletionFlag[]): readonly string[] {
  return flags.flatMap(({ names }) => names);
}
