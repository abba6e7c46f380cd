import type { Configuration, Lowered, LoweredOrigin } from "../../check/model/configuration.ts";
import type { FailLevel } from "../../check/model/gate.ts";
import { severities, type RuleId } from "../../rules/finding.ts";
import type { PolicyName, PolicySeverity } from "../../rules/policy/policy.ts";
import type { LoadedSettings } from "./load.ts";
import { shown } from "./place.ts";
import { settingNames, settingOf, type SettingName } from "./setting-table.ts";
import type { Given, Origin, Settings } from "./settings.ts";

/**
 * What a report says about the configuration: the file, and what it or an environment variable lowers. Flags are left out: whoever
 * gives one knows it.
 * @param flags the names of the command's flags: a setting that the command does not have lowers nothing.
 * @returns null if there is neither a file nor anything lowered.
 */
export async function configurationOf(
  settings: LoadedSettings,
  flags: Readonly<Record<string, unknown>>,
): Promise<Configuration | null> {
  const { configFile, configFoundBy = null } = settings;
  const used = settingNames.filter((name) => isUsed(name, flags));
  const rules = used.includes("severities") ? await loweredRules(settings) : [];
  const lowered = used.flatMap((name) => (name === "severities" ? rules : loweredBy(name, settings)));
  if (configFile === undefined && lowered.length === 0) return null;
  return { file: configFile === undefined ? null : shown(configFile), foundBy: configFoundBy, lowered };
}

/** What only a file can give goes with the policy. */
function isUsed(name: SettingName, flags: Readonly<Record<string, unknown>>): boolean {
  return Object.hasOwn(flags, settingOf(name).flag?.name ?? "policy");
}

/**
 * Whether a value lets pass what another would not, or leaves out what the other would check. null: it says what is checked and where
 * it will run, not how strictly.
 */
const isLaxer: {
  readonly [Name in Exclude<SettingName, "severities">]:
    ((value: Settings[Name], than: Settings[Name]) => boolean) | null;
} = {
  folders: null,
  recursive: isLost,
  host: null,
  hostManifest: null,
  arch: (value, than) => value !== than,
  sysroot: null,
  targetGlibc: null,
  targetCpu: null,
  targetMacos: null,
  archiveFolders: null,
  platform: null,
  image: null,
  // What carries no manifest by these names is reported as such.
  sections: null,
  symbols: null,
  expect: lacks,
  allowUnknown: (value, than) => value && !than,
  failOn: (value, than) => failOrder.indexOf(value) > failOrder.indexOf(than),
  maxWarnings: (value = Infinity, than = Infinity) => value > than,
  policy: (value, than) => policyOrder.indexOf(value) > policyOrder.indexOf(than),
  suppressions: (value) => value.length > 0,
  requireManifest: isLost,
  locked: isLost,
  lockFile: null,
};

/** The strictest first. */
const failOrder: readonly FailLevel[] = ["note", "warning", "error", "never"];
const policyOrder: readonly PolicyName[] = ["strict", "proof", "loader"];
const severityOrder: readonly PolicySeverity[] = [...severities, "off"];

function isLost(value: boolean, than: boolean): boolean {
  return than && !value;
}

function lacks(value: readonly string[], than: readonly string[]): boolean {
  return than.some((name) => !value.includes(name));
}

function loweredBy(name: Exclude<SettingName, "severities">, settings: LoadedSettings): readonly Lowered[] {
  const test = isLaxer[name] as ((value: unknown, than: unknown) => boolean) | null;
  const [{ value, originOf }, ...weaker]: readonly [Given<unknown>, ...Given<unknown>[]] =
    settings.given[name];
  const origin = silent(originOf());
  const overridden = weaker.find((other) => test?.(value, other.value) === true);
  if (origin === undefined || overridden === undefined) return [];
  return [{ setting: name, value, instead: overridden.value ?? null, origin }];
}

/** Each rule that is off or below its own severity. */
async function loweredRules(settings: LoadedSettings): Promise<readonly Lowered[]> {
  const given = Object.entries(settings.severities).flatMap(([rule, value]) => {
    const source = settings.given.severities.find((each) => Object.hasOwn(each.value, rule));
    const origin = source === undefined ? undefined : silent(source.originOf(rule));
    return origin === undefined ? [] : [{ rule: rule as RuleId, value, origin }];
  });
  if (given.length === 0) return [];
  // The registry of the rules takes long to load, and a check needs it anyway.
  const { severityOf } = await import("./rule-names.ts");
  return given.flatMap(({ rule, value, origin }) => {
    const instead = severityOf(rule);
    return severityOrder.indexOf(value) > severityOrder.indexOf(instead)
      ? [{ setting: "severities", rule, value, instead, origin }]
      : [];
  });
}

/** Where it is given, if the command line does not show it. */
function silent(origin: Origin): LoweredOrigin | undefined {
  if (origin.kind === "file") return origin;
  return origin.kind === "environment" ? { kind: origin.kind, name: origin.name } : undefined;
}
