import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { defaultCarrierNames, type CarrierNames } from "../../manifest/carrier/carrier-names.ts";
import type { HostRequest, LockRequest } from "../../check/model/request.ts";
import { UsageError } from "../../check/model/usage-error.ts";
import { digestOfJson, type Json } from "../../rules/policy/digest.ts";
import { policyInForce, type PolicyInForce } from "../../rules/policy/policy.ts";
import type { Gate } from "../../check/model/gate.ts";
import { shown } from "./place.ts";
import type { LoadedSettings } from "./load.ts";
import type { Settings } from "./settings.ts";

/** A symbol's name stands for a Go variable too, since that is one to the linker. */
export function carrierNames({ sections, symbols }: Pick<Settings, "sections" | "symbols">): CarrierNames {
  return {
    sections: sections ?? defaultCarrierNames.sections,
    symbols: symbols ?? defaultCarrierNames.symbols,
    goVariables: symbols ?? defaultCarrierNames.goVariables,
  };
}

const usualFolder = "plugins";

/**
 * The folders that are said, else ./plugins.
 * @throws UsageError where there is not even that.
 */
export function foldersOf({ folders }: Pick<Settings, "folders">): readonly string[] {
  if (folders !== undefined) return folders;
  if (existsSync(usualFolder)) return [usualFolder];
  throw new UsageError("folder-not-found", `no folder is named, and there is no folder ${usualFolder} here`, [
    "Name the folder of the plugins, set PLUGINS_DIR, or put `folders` in a configuration file.",
  ]);
}

/** @throws UsageError where none is given. */
export function hostOf(settings: Settings): HostRequest {
  const { host, hostManifest, sysroot, targetGlibc } = settings;
  if (host !== undefined) {
    const target = { sysroot, glibc: targetGlibc };
    const isSaid = sysroot !== undefined || targetGlibc !== undefined;
    return { kind: "binary", path: host, ...(isSaid ? { target } : {}) };
  }
  if (hostManifest !== undefined) return { kind: "manifest", path: hostManifest };
  throw new UsageError("host-missing", "no host is given to compare with", [
    "Give the Collector binary with --host FILE, or its manifest with --host-manifest FILE.",
    "PLUGINS_HOST and PLUGINS_HOST_MANIFEST do the same, and so do `host` and `hostManifest` in a configuration file.",
  ]);
}

export function gateOf({ allowUnknown, failOn, maxWarnings }: Settings): Gate {
  return { allowUnknown, failOn, maxWarnings };
}

/** @param now when the check is made. */
export function policyOf({ policy, severities, suppressions }: Settings, now: Date): PolicyInForce {
  return policyInForce({ base: policy, severities, suppressions }, now);
}

const lockName = "plugins.lock.json";

/** The lock that is named, else the usual one beside the configuration file, else here. */
export function lockOf(settings: LoadedSettings): LockRequest {
  const { lockFile, configFile } = settings;
  const beside = configFile === undefined ? lockName : shown(join(dirname(configFile), lockName));
  return { file: lockFile ?? beside, policySha256: digestOfJson(passing(settings)) };
}

/** All that decides over passing beside the files: with another of these, the lock's promise is another. */
function passing(settings: Settings): Json {
  const { policy, severities, suppressions, failOn, maxWarnings, allowUnknown, expect, arch } = settings;
  return {
    policy,
    severities,
    suppressions: suppressions.map((each) => ({ ...each })),
    failOn,
    maxWarnings,
    allowUnknown,
    expect: [...new Set(expect)].sort(),
    arch,
    targetGlibc: settings.targetGlibc,
    names: { ...carrierNames(settings) },
  };
}
