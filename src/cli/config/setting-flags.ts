import { Args, Flags, type Interfaces } from "@oclif/core";
import { wholeHelp, type GivenValue, type Setting, type SettingGroup } from "./setting.ts";
import { settingNames, settingOf, settingTable, spelled, type SettingName } from "./setting-table.ts";
import { severitiesIn } from "./severity-words.ts";
import type { Layer } from "./settings.ts";

type Table = typeof settingTable;

type FlagSettingName = {
  [Name in SettingName]: Table[Name] extends { readonly flag: object } ? Name : never;
}[SettingName];

type FlagOf<One extends Setting> = One["form"] extends "yes-or-no"
  ? Interfaces.BooleanFlag<boolean>
  : One["form"] extends "texts" | "paths" | "severities"
    ? Interfaces.OptionFlag<string[] | undefined>
    : Interfaces.OptionFlag<GivenValue<One> | undefined>;

type SettingFlags<Name extends FlagSettingName> = {
  [Each in Name as Table[Each]["flag"]["name"]]: FlagOf<Table[Each]>;
};

/** The settings that a flag can give. */
export const flagSettingNames = settingNames.filter(
  (name): name is FlagSettingName => settingOf(name).flag !== undefined,
);

type NameIn<Group extends SettingGroup> = {
  [Name in FlagSettingName]: Table[Name]["flag"] extends { readonly group: Group } ? Name : never;
}[FlagSettingName];

/** The settings of these groups. */
export function settingsIn<Group extends SettingGroup>(
  ...groups: readonly Group[]
): readonly NameIn<Group>[] {
  return flagSettingNames.filter((name): name is NameIn<Group> => {
    const group = settingOf(name).flag?.group;
    return groups.some((each) => each === group);
  });
}

/** The flags of these settings, for a command that uses them. */
export function settingFlags<Name extends FlagSettingName>(...names: readonly Name[]): SettingFlags<Name> {
  const flags = names.map((name) => [settingTable[name].flag.name, flagOf(name)] as const);
  return Object.fromEntries(flags) as unknown as SettingFlags<Name>;
}

function flagOf(name: FlagSettingName) {
  const row = settingOf(name);
  const { excludes, flag } = row;
  const { char, value, group, commas } = flag ?? {};
  const facts = {
    description: wholeHelp(row),
    ...(char === undefined ? {} : { char }),
    ...(group === undefined ? {} : { helpGroup: group }),
    ...(excludes === undefined ? {} : { exclusive: [spelled(excludes as SettingName).replace(/^--/, "")] }),
  };
  const withValue = { ...facts, ...(value === undefined ? {} : { helpValue: value }) };
  switch (row.form) {
    case "yes-or-no":
      return Flags.boolean({ ...facts, allowNo: true });
    case "count":
      return Flags.integer({ ...withValue, min: 0 });
    case "word":
      return Flags.option({ ...withValue, options: row.words })();
    case "texts":
    case "paths":
    case "severities":
      return Flags.string({
        ...withValue,
        multiple: true,
        multipleNonGreedy: true,
        ...(commas === true ? { delimiter: "," } : {}),
      });
    case "text":
    case "path":
      return Flags.string(withValue);
    case "suppressions":
      throw new Error(`${name} is a table, which no flag can give`);
  }
}

/**
 * The folders as arguments. Arguments are never read from stdin, as oclif would for one that is not given: it would empty the
 * input of a `while read` loop around the command.
 */
export const folderArgs = {
  dir: Args.string({ description: settingTable.folders.help, multiple: true, ignoreStdin: true }),
};

/** The same for a command that reads no archives. */
export const lockArgs = {
  dir: Args.string({ description: "Plugin folders. Default: plugins.", multiple: true, ignoreStdin: true }),
};

/** Which configuration file is read. */
export const configFlags = {
  config: Flags.string({
    description: "Read settings from this configuration file and no other.",
    helpValue: "FILE",
    exclusive: ["no-config"],
    helpGroup: "configuration",
  }),
  "no-config": Flags.boolean({
    description: "Ignore configuration files.",
    helpGroup: "configuration",
  }),
};

/** Flags as oclif parsed them. One that is not given, or that the command does not have, is undefined. */
export type ParsedFlags = Readonly<Record<string, unknown>>;

/** What the command line gives. @param folders the command's arguments, if they are folders. */
export function flagLayer(flags: ParsedFlags, folders: readonly string[] | undefined): Layer {
  const given = settingNames.map((name) => {
    const { flag, form } = settingOf(name);
    const value = flag === undefined ? undefined : flags[flag.name];
    return [
      name,
      form === "severities" ? severitiesIn(value as readonly string[] | undefined) : value,
    ] as const;
  });
  return {
    // What oclif parsed has the form of the row that its flag was made from.
    values: { ...Object.fromEntries(given), folders },
    originOf: (name) => ({ kind: "flag", name: spelled(name) }),
  };
}
