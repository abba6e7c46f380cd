import { UsageError } from "../../check/model/usage-error.ts";
import { environmentVariables, fromEnvironment, type EnvironmentVariable } from "./environment.ts";
import { didYouMean } from "../suggestion.ts";
import type { Setting } from "./setting.ts";
import { settingNames, settingOf } from "./setting-table.ts";
import type { Layer } from "./settings.ts";

/** What the environment gives. @throws UsageError for a value that its setting cannot have. */
export function environmentLayer(): Layer {
  const values = settingNames.flatMap((name) => {
    const row = settingOf(name);
    if (row.variable === undefined) return [];
    const text = fromEnvironment(row.variable as EnvironmentVariable);
    return text === undefined ? [] : [[name, valueOf(row, row.variable, text)] as const];
  });
  return {
    values: Object.fromEntries(values),
    originOf: (name) => ({ kind: "environment", name: settingOf(name).variable ?? name }),
  };
}

function valueOf(row: Setting, variable: string, text: string): unknown {
  switch (row.form) {
    case "text":
    case "path":
    case "severities":
    case "suppressions":
      return text;
    case "paths":
      return [text];
    case "texts":
      return text.split(",").filter((part) => part !== "");
    case "yes-or-no":
      return yes.includes(known(variable, text, [...yes, ...no]));
    case "count":
      if (/^\d{1,9}$/.test(text)) return Number(text);
      throw new UsageError(
        "bad-usage",
        `${variable} must be an integer of 0 or more, not ${JSON.stringify(text)}`,
      );
    case "word":
      return known(variable, text, row.words);
  }
}

const yes: readonly string[] = ["1", "true", "yes"];
const no: readonly string[] = ["0", "false", "no"];

function known(variable: string, text: string, words: readonly string[]): string {
  if (words.includes(text)) return text;
  throw new UsageError(
    "bad-usage",
    `${variable} must be one of ${words.join(", ")}, not ${JSON.stringify(text)}`,
    didYouMean(text, words),
  );
}

/** A warning for each variable that is almost one that is read: a gate must not lose a setting to a misspelling. */
export function misspelledVariables(environment: NodeJS.ProcessEnv): readonly string[] {
  const names = Object.keys(environmentVariables).filter((name) => name.startsWith("PLUGINS_"));
  return Object.keys(environment)
    .filter((name) => name.startsWith("PLUGINS_") && !names.includes(name))
    .flatMap((name) =>
      didYouMean(name, names).map((hint) => `unrecognized environment variable ${name}. ${hint}`),
    )
    .sort();
}
