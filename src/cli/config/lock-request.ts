import { dirname, join } from "node:path";
import type { LockRequest } from "../../check/model/request.ts";
import { digestOfJson } from "../../rules/policy/digest.ts";
import type { LoadedSettings } from "./load.ts";
import { shown } from "./place.ts";
import { carrierNames } from "./request.ts";
import { settingNames, settingTable, spelled, type SettingName } from "./setting-table.ts";
import type { Settings } from "./settings.ts";

const lockName = "plugins.lock.json";

/** The given lock file, else the default one next to the configuration file, else the one in the working folder. */
export function lockOf(settings: LoadedSettings): LockRequest {
  const { lockFile, configFile } = settings;
  const beside = configFile === undefined ? lockName : shown(join(dirname(configFile), lockName));
  return {
    file: lockFile ?? beside,
    policySha256: policyDigest(settings),
    settings: decidingNames.map(spelled),
  };
}

type Table = typeof settingTable;

type DecidingName = {
  [Name in SettingName]: Table[Name]["decides"] extends true ? Name : never;
}[SettingName];

/**
 * SHA-256 of every setting that decides the result of a check, each by its meaning. A lock and the shards of one set rely
 * on all of them.
 */
export function policyDigest(settings: Settings): string {
  const { sections, symbols, expect, suppressions, sysroot, requireManifest, ...others } = deciding(settings);
  return digestOfJson({
    ...others,
    // The defaults of a later version are a different policy.
    names: { ...carrierNames({ sections, symbols }) },
    expect: [...new Set(expect)].sort(),
    suppressions: suppressions.map((each) => ({ ...each })),
    sysroot: sysroot === undefined ? undefined : "given",
    // Locks that were written before there was such a setting stay as they are.
    requireManifest: requireManifest ? true : undefined,
  });
}

const decidingNames = settingNames.filter((name) => settingTable[name].decides);

function deciding(settings: Settings): Pick<Settings, DecidingName> {
  return Object.fromEntries(decidingNames.map((name) => [name, settings[name]])) as unknown as Pick<
    Settings,
    DecidingName
  >;
}
