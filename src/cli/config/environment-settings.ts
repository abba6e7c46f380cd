import { policyNames } from "../../rules/policy/policy.ts";
import { failLevels } from "../../check/model/gate.ts";
import { UsageError } from "../../check/model/usage-error.ts";
import { environmentVariables, fromEnvironment } from "../environment.ts";
import { didYouMean } from "../suggestion.ts";
import { settingNames, settingSources, type Layer, type SettingName } from "./settings.ts";

/** What the environment says. @throws UsageError for a value that its setting cannot have. */
export function environmentLayer(): Layer {
  const values = settingNames.flatMap((name) => {
    const { env } = settingSources[name];
    const text = env === undefined ? undefined : fromEnvironment(env);
    return env === undefined || text === undefined ? [] : [[name, valueOf(name, env, text)] as const];
  });
  return {
    values: Object.fromEntries(values),
    originOf: (name) => ({ kind: "environment", name: settingSources[name].env ?? name }),
  };
}

function valueOf(name: SettingName, variable: string, text: string): unknown {
  switch (settingSources[name].form) {
    case "text":
    case "path":
    case "table":
      return text;
    case "paths":
      return [text];
    case "texts":
      return text.split(",").filter((part) => part !== "");
    case "yes-or-no":
      return oneOf(variable, text, ["1", "true", "yes", "0", "false", "no"], (word) =>
        ["1", "true", "yes"].includes(word),
      );
    case "count":
      if (/^\d{1,9}$/.test(text)) return Number(text);
      throw new UsageError("bad-usage", `${variable} must be a whole number, and is ${JSON.stringify(text)}`);
    case "level":
      return oneOf(variable, text, failLevels, (word) => word);
    case "policy":
      return oneOf(variable, text, policyNames, (word) => word);
  }
}

function oneOf<Value>(
  variable: string,
  text: string,
  words: readonly string[],
  meaning: (word: string) => Value,
): Value {
  if (words.includes(text)) return meaning(text);
  throw new UsageError(
    "bad-usage",
    `${variable} must be one of ${words.join(", ")}, and is ${JSON.stringify(text)}`,
    didYouMean(text, words),
  );
}

/** One line for each variable that is almost one that is read: a gate must not lose a setting to a misspelling. */
export function misspeltVariables(environment: NodeJS.ProcessEnv): readonly string[] {
  const known = Object.keys(environmentVariables).filter((name) => name.startsWith("PLUGINS_"));
  return Object.keys(environment)
    .filter((name) => name.startsWith("PLUGINS_") && !known.includes(name))
    .flatMap((name) => didYouMean(name, known).map((hint) => `Warning: nothing reads ${name}. ${hint}`))
    .sort();
}
