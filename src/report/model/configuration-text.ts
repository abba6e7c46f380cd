import type { Configuration, ConfigurationSource, Lowered } from "../../check/model/configuration.ts";

/** What a report may have instead: none. */
type MaybeConfiguration = Configuration | null | undefined;

/** `../plugins.config.yaml, found upward`; undefined if there is no file. Not yet safe to show. */
export function configurationText(configuration: MaybeConfiguration): string | undefined {
  const file = configuration?.file ?? undefined;
  return file === undefined ? undefined : file + foundByText(configuration);
}

const byFlagOrVariable = {
  flag: ", from --config",
  environment: ", from PLUGINS_CONFIG",
} as const satisfies Partial<Record<ConfigurationSource, string>>;

/** What follows the file's path: how it was found, unless it is in the working folder, where everybody looks. */
export function foundByText(configuration: MaybeConfiguration): string {
  const { file, foundBy } = configuration ?? {};
  if (foundBy === "flag" || foundBy === "environment") return byFlagOrVariable[foundBy];
  return foundBy === "search" && /[/\\]/.test(file ?? "") ? ", found upward" : "";
}

/** More settings are counted. */
const most = 20;

/** `toolchain-mismatch: off, not error; suppressions: 2`; undefined if nothing is. Not yet safe to show. */
export function loweredText(configuration: MaybeConfiguration): string | undefined {
  const all = configuration?.lowered ?? [];
  if (all.length === 0) return undefined;
  const left = all.length - most;
  return [...all.slice(0, most).map(loweredSetting), ...(left > 0 ? [`${left} more`] : [])].join("; ");
}

/** What is said of one: `maxWarnings: 100, not 0 (PLUGINS_MAX_WARNINGS)`. */
export function loweredSetting({ setting, rule, value, instead, origin }: Lowered): string {
  const otherwise = valueText(instead);
  return [
    `${rule ?? setting}: ${valueText(value)}`,
    // Of yes and no there is only one other.
    ...(typeof instead === "boolean" || otherwise === "" ? [] : [`, not ${otherwise}`]),
    ...(origin.kind === "environment" ? [` (${origin.name})`] : []),
  ].join("");
}

/** In a few words: of suppressions only how many there are. */
function valueText(value: unknown): string {
  if (value === null) return "";
  if (typeof value === "string") return value;
  if (!Array.isArray(value)) return JSON.stringify(value);
  const names: readonly unknown[] = value;
  return names.every((each) => typeof each === "string") ? names.join(" ") : String(names.length);
}
