import { UsageError } from "../../check/model/usage-error.ts";
import { manifestFields } from "../../manifest/schema.ts";

/** What `--set KEY=VALUE` gives, by key. */
export type Settings = ReadonlyMap<string, unknown>;

/** Fields that are not text: their value is JSON. */
const jsonFields = new Set([
  "schema_version",
  "components",
  "dependency_hashes",
  "build_flags",
  "build_settings",
]);

/** @throws UsageError for what is not KEY=VALUE, a key given twice, and JSON that is not. */
export function settingsOf(given: readonly string[]): Map<string, unknown> {
  const settings = new Map<string, unknown>();
  for (const text of given) {
    const [, key, value = ""] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
    if (key === undefined) {
      throw new UsageError("bad-usage", `--set ${text} is not KEY=VALUE`, ["For example: --set name=kafka."]);
    }
    if (settings.has(key)) throw new UsageError("bad-usage", `--set ${key} is given twice`);
    settings.set(key, jsonFields.has(key) ? parsed(key, value) : value);
  }
  return settings;
}

function parsed(key: string, value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    throw new UsageError("bad-usage", `--set ${key}: the value is not JSON: ${value}`, [
      `${key} is ${key === "build_flags" || key === "components" ? "an array" : "an object"}, in quotes for the shell.`,
    ]);
  }
}

/** @throws UsageError if a field is set that is known already: a manifest does not say anything else than the build. */
export function refuseKnown(settings: Settings, known: Readonly<Record<string, unknown>>): void {
  for (const key of settings.keys()) {
    const free = key === "build_time" || !manifestFields.includes(key) || !Object.hasOwn(known, key);
    if (free || key === "name" || key === "version" || key === "components") continue;
    throw new UsageError("bad-usage", `--set ${key}: the build says what it is`, [
      `It is ${JSON.stringify(known[key])}. Change the build instead.`,
    ]);
  }
}
