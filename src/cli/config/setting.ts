import type { RuleId } from "../../rules/finding.ts";
import type { PolicySeverity, Suppression } from "../../rules/policy/policy.ts";

/** One setting: everything that is known about it, wherever it can be given. */
export type Setting = SettingFacts & SettingValue;

interface SettingFacts {
  /** A setting with neither a flag nor an argument can only be given in a configuration file. */
  readonly flag?: SettingFlag;
  /** The name of the command-line argument, in place of a flag. */
  readonly argument?: string;
  readonly variable?: `PLUGINS_${string}`;
  /** A sentence or two for the command's help, the schema and the documentation. */
  readonly help: string;
  /** The variable's own help; otherwise it follows from the flag's name and the form. */
  readonly variableHelp?: string;
  /** The page in docs that describes the setting. */
  readonly page?: string;
  /** Another setting that cannot be given together with this one. */
  readonly excludes?: string;
  /**
   * Whether it decides the result of a check, in addition to the content of the plugins and the host. A lock and a shard then cover
   * it: a check with another value is a different check.
   */
  readonly decides: boolean;
}

/** About the host, what fails a check, the lock, where manifests are, and archives. */
export type SettingGroup = "host" | "gate" | "lock" | "manifest" | "archive";

interface SettingFlag {
  /** Without the dashes. */
  readonly name: string;
  readonly char?: "r";
  /** What the help calls its value. */
  readonly value?: string;
  /** Commands take the settings of a group together, and the help shows them under one heading. */
  readonly group?: SettingGroup;
  /** One flag can give several values, separated by commas. */
  readonly commas?: boolean;
}

/** What a value looks like, and the value if nothing gives one; undefined if there is no such value. */
type SettingValue =
  | {
      readonly form: "text";
      readonly default: string | undefined;
      /** A regular expression, for the configuration file. */
      readonly pattern?: string;
      readonly examples?: readonly string[];
    }
  | { readonly form: "path"; readonly default: string | undefined }
  | { readonly form: "texts" | "paths"; readonly default: readonly string[] | undefined }
  | { readonly form: "yes-or-no"; readonly default: boolean }
  | { readonly form: "count"; readonly default: number | undefined }
  | { readonly form: "word"; readonly words: readonly string[]; readonly default: string }
  | { readonly form: "severities"; readonly default: FormValues["severities"] }
  | { readonly form: "suppressions"; readonly default: FormValues["suppressions"] };

interface FormValues {
  readonly text: string;
  readonly path: string;
  readonly texts: readonly string[];
  readonly paths: readonly string[];
  readonly "yes-or-no": boolean;
  readonly count: number;
  readonly word: string;
  readonly severities: Readonly<Partial<Record<RuleId, PolicySeverity>>>;
  readonly suppressions: readonly Suppression[];
}

/** The type of a setting's value once it is given. */
export type GivenValue<One extends Setting> = One extends {
  readonly form: "word";
  readonly words: readonly (infer Word)[];
}
  ? Word
  : FormValues[One["form"]];

/** One of these words. */
export function oneOf<Word extends string>(words: readonly Word[], byDefault: NoInfer<Word>) {
  return { form: "word", words, default: byDefault } as const;
}

/** The help with the values that a word or a text can have. */
export function wholeHelp(row: Setting): string {
  if (row.form === "word") return `${row.help} One of ${row.words.join(", ")}. Default: ${row.default}.`;
  if (row.form !== "text" || row.examples === undefined) return row.help;
  return `${row.help} ${row.examples.length === 1 ? "Example" : "Examples"}: ${row.examples.join(", ")}.`;
}
