/** What may stand where a value is asked for. */
export type CompletionValue =
  /** One of these words; `list` where several may be given with commas between. */
  | { readonly kind: "words"; readonly words: readonly string[]; readonly list: boolean }
  /** One of these words, and after it `=` and a file: `sarif=plugins.sarif`. */
  | { readonly kind: "formats"; readonly words: readonly string[] }
  /** A file, or one of these words. */
  | { readonly kind: "files"; readonly words: readonly string[] }
  | { readonly kind: "folders" }
  /** Anything: nothing can be offered. */
  | { readonly kind: "text" };

export interface CompletionFlag {
  /** As typed: `--output`, `-o`. */
  readonly names: readonly string[];
  readonly description: string;
  /** undefined where the flag takes none. */
  readonly value: CompletionValue | undefined;
  /** The value's name in the help. */
  readonly valueName: string;
  readonly repeatable: boolean;
}

export interface CompletionCommand {
  readonly name: string;
  readonly summary: string;
  readonly flags: readonly CompletionFlag[];
  /** What its arguments are; undefined where it takes none. */
  readonly argument: CompletionValue | undefined;
  /** Whether it takes more than one. */
  readonly manyArguments: boolean;
}

/** All that can be typed on a command line. */
export interface CompletionGrammar {
  /** The names of the program, the usual one first. */
  readonly programs: readonly [string, ...string[]];
  /** Name and version, for the script's first line. */
  readonly made: string;
  readonly commands: readonly CompletionCommand[];
  /** Flags that need no command. */
  readonly flags: readonly CompletionFlag[];
}

/** Names of functions in the scripts begin so: no other program's do. */
export const functionPrefix = "_otelcol_plugins";

/** All names of all these flags. */
export function flagNames(flags: readonly CompletionFlag[]): readonly string[] {
  return flags.flatMap(({ names }) => names);
}
