import type { Setting } from "./setting.ts";
import type { settingTable } from "./setting-table.ts";
import { settingNames, settingOf, spelled, type SettingName } from "./setting-table.ts";

type Table = typeof settingTable;

/** Variables that give no setting. */
const otherVariables = {
  PLUGINS_CONFIG: "Configuration file, like --config.",
  PLUGINS_PAGER: "Pager for `inspect` on a terminal, in place of PAGER. Default: less. Empty or cat: none.",
  GITHUB_STEP_SUMMARY: "File that -o github adds a summary to. GitHub sets it.",
  NO_COLOR: "Any value disables color.",
  FORCE_COLOR: "0, 1, 2 or 3: color level, even when piped. Takes precedence over NO_COLOR.",
} as const;

/** The variables that give a setting. */
type SettingVariable = {
  [Name in SettingName]: Table[Name] extends { readonly variable: infer Variable } ? Variable : never;
}[SettingName];

export type EnvironmentVariable = SettingVariable | keyof typeof otherVariables;

/** Every variable that the program reads, and what it is for. The help of every command lists them. */
export const environmentVariables = {
  ...Object.fromEntries(
    settingNames.flatMap((name) => {
      const row = settingOf(name);
      return row.variable === undefined ? [] : [[row.variable, row.variableHelp ?? helpFrom(name, row)]];
    }),
  ),
  ...otherVariables,
} as Readonly<Record<EnvironmentVariable, string>>;

function helpFrom(name: SettingName, { form }: Setting): string {
  switch (form) {
    case "yes-or-no":
      return `1 or 0, like ${spelled(name)}.`;
    case "texts":
      return `Comma-separated names, like ${spelled(name)}.`;
    default:
      return `Like ${spelled(name)}.`;
  }
}

/** The variable's value; undefined if it is not set or empty. */
export function fromEnvironment(name: EnvironmentVariable): string | undefined {
  const value = process.env[name];
  return value === undefined || value === "" ? undefined : value;
}
