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
  /** @param key of a table by rule: the rule. */
  readonly originOf: (name: SettingName, key?: string) => Origin;
}

/** What one source gives for one setting. */
export interface Given<Value> {
  readonly value: Value;
  readonly originOf: (key?: string) => Origin;
}

/** The effective settings, and where each of them comes from. */
export type SettingsInForce = Settings & {
  /** What each source gives, the strongest first and the default last. */
  readonly given: {
    readonly [Name in SettingName]: readonly [Given<Settings[Name]>, ...Given<Settings[Name]>[]];
  };
};

const defaults: Layer = {
  values: Object.fromEntries(settingNames.map((name) => [name, settingTable[name].default])),
  originOf: () => ({ kind: "default" }),
};

/** @param layers the strongest first. */
export function inForce(layers: readonly Layer[]): SettingsInForce {
  const all = [...withoutExcluded(layers), defaults];
  const given = Object.fromEntries(
    settingNames.map((name) => [name, givenIn(all, name)]),
  ) as unknown as SettingsInForce["given"];
  const values = Object.fromEntries(
    settingNames.map((name) => [name, valueOf(name, given[name])]),
  ) as unknown as Settings;
  return { ...values, given };
}

function givenIn(all: readonly Layer[], name: SettingName): readonly Given<unknown>[] {
  return all
    .filter((layer) => layer.values[name] !== undefined || layer === defaults)
    .map(({ values, originOf }) => ({ value: values[name], originOf: (key) => originOf(name, key) }));
}

/** The strongest source's value; a table by rule takes from the weaker ones what the stronger do not name. */
function valueOf(name: SettingName, given: readonly Given<unknown>[]): unknown {
  if (settingOf(name).form !== "severities") return given[0]?.value;
  const tables = given.map(({ value }) => value as object);
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
