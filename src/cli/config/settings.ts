import type { GivenValue } from "./setting.ts";
import { settingNames, settingOf, settingTable, type SettingName } from "./setting-table.ts";

type Table = typeof settingTable;

/** The effective value of every setting. */
export type Settings = {
  readonly [Name in SettingName]:
    GivenValue<Table[Name]> | (undefined extends Table[Name]["default"] ? undefined : never);
};

/** What one source gives: only some of the settings. */
export type SomeSettings = { readonly [Name in SettingName]?: Settings[Name] };

/** Where a setting's value comes from. */
export type Origin =
  | { readonly kind: "flag" | "environment"; readonly name: string }
  | { readonly kind: "file"; readonly path: string; readonly line: number }
  | { readonly kind: "default" };

/** One source of settings, and where in it each of them is given. */
export interface Layer {
  readonly values: SomeSettings;
  readonly originOf: (name: SettingName) => Origin;
}

/** The effective settings, and where each of them comes from. */
export type SettingsInForce = Settings & {
  readonly origins: Readonly<Record<SettingName, Origin>>;
};

const defaults: Layer = {
  values: Object.fromEntries(settingNames.map((name) => [name, settingTable[name].default])),
  originOf: () => ({ kind: "default" }),
};

/** @param layers the strongest first. */
export function inForce(layers: readonly Layer[]): SettingsInForce {
  const all = [...withoutExcluded(layers), defaults];
  const chosen = settingNames.map((name) => {
    const layer = all.find(({ values }) => values[name] !== undefined) ?? defaults;
    return { name, value: valueIn(all, layer, name), origin: layer.originOf(name) };
  });
  const values = Object.fromEntries(chosen.map(({ name, value }) => [name, value])) as unknown as Settings;
  const origins = Object.fromEntries(
    chosen.map(({ name, origin }) => [name, origin]),
  ) as unknown as SettingsInForce["origins"];
  return { ...values, origins };
}

/** The strongest source's value; a table by rule takes from the weaker ones what the stronger do not name. */
function valueIn(all: readonly Layer[], strongest: Layer, name: SettingName): unknown {
  if (settingOf(name).form !== "severities") return strongest.values[name];
  const tables = all.map(({ values }) => values[name] as object | undefined);
  return Object.assign({}, ...tables.reverse()) as unknown;
}

/** Of two settings that exclude each other, the strongest source that gives either hides both in all weaker sources. */
function withoutExcluded(layers: readonly Layer[]): readonly Layer[] {
  const pairs = settingNames.flatMap((name) => {
    const { excludes } = settingOf(name);
    return settingNames.filter((other): boolean => other === excludes).map((other) => [name, other] as const);
  });
  return pairs.reduce((left, pair) => {
    const strongest = left.findIndex(({ values }) => pair.some((name) => values[name] !== undefined));
    return left.map((layer, at) => (at <= strongest ? layer : without(layer, pair)));
  }, layers);
}

function without(layer: Layer, hidden: readonly SettingName[]): Layer {
  const values = Object.entries(layer.values).filter(([name]) => !hidden.some((each) => each === name));
  return { ...layer, values: Object.fromEntries(values) };
}
