import { existsSync } from "node:fs";
import { defaultCarrierNames, type CarrierNames } from "../../manifest/carrier/carrier-names.ts";
import type { HostRequest } from "../../check/model/request.ts";
import { UsageError } from "../../check/model/usage-error.ts";
import type { PolicyInForce } from "../../rules/policy/policy.ts";
import type { Gate } from "../../report/model/exit-code.ts";
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
  return { base: policy, severities, suppressions, today: now.toISOString().slice(0, 10) };
}
