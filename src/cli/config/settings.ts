import type { PolicyName, PolicySeverity, Suppression } from "../../rules/policy/policy.ts";
import type { FailLevel } from "../../check/model/gate.ts";
import type { RuleId } from "../../rules/finding.ts";
import type { EnvironmentVariable } from "../environment.ts";

/** Everything that flags, environment and configuration file can say, under the file's names. */
export interface Settings {
  readonly folders: readonly string[] | undefined;
  readonly recursive: boolean;
  readonly host: string | undefined;
  readonly hostManifest: string | undefined;
  readonly arch: string | undefined;
  readonly sysroot: string | undefined;
  readonly targetGlibc: string | undefined;
  readonly sections: readonly string[] | undefined;
  readonly symbols: readonly string[] | undefined;
  readonly expect: readonly string[];
  readonly allowUnknown: boolean;
  readonly failOn: FailLevel;
  readonly maxWarnings: number | undefined;
  readonly policy: PolicyName;
  readonly severities: Readonly<Partial<Record<RuleId, PolicySeverity>>>;
  readonly suppressions: readonly Suppression[];
  readonly locked: boolean;
  readonly lockFile: string | undefined;
}

export type SettingName = keyof Settings;

/** What one source says: nothing of most settings. */
export type SomeSettings = { readonly [Name in SettingName]?: Settings[Name] };

/** What holds where nothing is said. */
const defaultSettings: Settings = {
  folders: undefined,
  recursive: false,
  host: undefined,
  hostManifest: undefined,
  arch: undefined,
  sysroot: undefined,
  targetGlibc: undefined,
  sections: undefined,
  symbols: undefined,
  expect: [],
  allowUnknown: false,
  failOn: "error",
  maxWarnings: undefined,
  policy: "strict",
  severities: {},
  suppressions: [],
  locked: false,
  lockFile: undefined,
};

/** What a setting's text means in the environment, and whether it is a path. */
type Form = "text" | "path" | "texts" | "paths" | "yes-or-no" | "count" | "level" | "policy" | "table";

interface SettingSource {
  readonly form: Form;
  /** `DIR` is an argument. */
  readonly flag?: string;
  readonly env?: EnvironmentVariable;
}

/** Where each setting can be said beside the configuration file. */
export const settingSources: Readonly<Record<SettingName, SettingSource>> = {
  folders: { form: "paths", flag: "DIR", env: "PLUGINS_DIR" },
  recursive: { form: "yes-or-no", flag: "--recursive", env: "PLUGINS_RECURSIVE" },
  host: { form: "path", flag: "--host", env: "PLUGINS_HOST" },
  hostManifest: { form: "path", flag: "--host-manifest", env: "PLUGINS_HOST_MANIFEST" },
  arch: { form: "text", flag: "--arch", env: "PLUGINS_ARCH" },
  sysroot: { form: "path", flag: "--sysroot", env: "PLUGINS_SYSROOT" },
  targetGlibc: { form: "text", flag: "--target-glibc", env: "PLUGINS_TARGET_GLIBC" },
  sections: { form: "texts", flag: "--section", env: "PLUGINS_SECTION" },
  symbols: { form: "texts", flag: "--symbol", env: "PLUGINS_SYMBOL" },
  expect: { form: "texts", flag: "--expect", env: "PLUGINS_EXPECT" },
  allowUnknown: { form: "yes-or-no", flag: "--allow-unknown", env: "PLUGINS_ALLOW_UNKNOWN" },
  failOn: { form: "level", flag: "--fail-on", env: "PLUGINS_FAIL_ON" },
  maxWarnings: { form: "count", flag: "--max-warnings", env: "PLUGINS_MAX_WARNINGS" },
  policy: { form: "policy", flag: "--policy", env: "PLUGINS_POLICY" },
  severities: { form: "table" },
  suppressions: { form: "table" },
  locked: { form: "yes-or-no", flag: "--locked", env: "PLUGINS_LOCKED" },
  lockFile: { form: "path", flag: "--lock-file", env: "PLUGINS_LOCK_FILE" },
};

export const settingNames = Object.keys(settingSources) as readonly SettingName[];

/** Where a setting's value comes from. */
export type Origin =
  | { readonly kind: "flag" | "environment"; readonly name: string }
  | { readonly kind: "file"; readonly path: string; readonly line: number }
  | { readonly kind: "default" };

/** One source of settings, and where in it each of them stands. */
export interface Layer {
  readonly values: SomeSettings;
  readonly originOf: (name: SettingName) => Origin;
}

/** The settings that hold, and where each of them comes from. */
export interface SettingsInForce extends Settings {
  readonly origins: Readonly<Record<SettingName, Origin>>;
}

/** @param layers the strongest first. */
export function inForce(layers: readonly Layer[]): SettingsInForce {
  const all = [
    ...hostsApart(layers),
    { values: defaultSettings, originOf: () => ({ kind: "default" }) as const },
  ];
  const chosen = settingNames.map((name) => {
    const layer = all.find(({ values }) => values[name] !== undefined) ?? all.at(-1);
    return [name, layer?.values[name], layer?.originOf(name)] as const;
  });
  const values = Object.fromEntries(chosen.map(([name, value]) => [name, value])) as unknown as Settings;
  const origins = Object.fromEntries(
    chosen.map(([name, , origin]) => [name, origin]),
  ) as unknown as SettingsInForce["origins"];
  return { ...values, origins };
}

/** A host and a host's manifest exclude each other: the strongest source that names either hides both of all others. */
function hostsApart(layers: readonly Layer[]): readonly Layer[] {
  const strongest = layers.findIndex(
    ({ values }) => values.host !== undefined || values.hostManifest !== undefined,
  );
  return layers.map((layer, at) => {
    if (at <= strongest) return layer;
    const values = Object.entries(layer.values).filter(
      ([name]) => name !== "host" && name !== "hostManifest",
    );
    return { ...layer, values: Object.fromEntries(values) };
  });
}
