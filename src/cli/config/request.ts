import { existsSync } from "node:fs";
import { defaultCarrierNames, type CarrierNames } from "../../manifest/carrier/carrier-names.ts";
import type { HostRequest } from "../../check/model/request.ts";
import { UsageError } from "../../check/model/usage-error.ts";
import { policyInForce, type PolicyInForce } from "../../rules/policy/policy.ts";
import type { Gate } from "../../check/model/gate.ts";
import type { Settings } from "./settings.ts";

/** A symbol's name is also a Go variable's, which is a symbol to the linker. */
export function carrierNames({ sections, symbols }: Pick<Settings, "sections" | "symbols">): CarrierNames {
  return {
    sections: sections ?? defaultCarrierNames.sections,
    symbols: symbols ?? defaultCarrierNames.symbols,
    goVariables: symbols ?? defaultCarrierNames.goVariables,
  };
}

const usualFolder = "plugins";

/**
 * The given folders, or ./plugins.
 * @throws UsageError if that does not exist either.
 */
export function foldersOf({ folders }: Pick<Settings, "folders">): readonly string[] {
  if (folders !== undefined) return folders;
  if (existsSync(usualFolder)) return [usualFolder];
  throw new UsageError("folder-not-found", `no plugin folder given and ./${usualFolder} does not exist`, [
    "Pass the plugin folder, set PLUGINS_DIR, or set `folders` in a configuration file.",
  ]);
}

/** @throws UsageError if none is given. */
export function hostOf(settings: Settings): HostRequest {
  const { host, hostManifest, sysroot, targetGlibc, targetCpu, targetMacos } = settings;
  if (host !== undefined) {
    const target = { sysroot, glibc: targetGlibc, cpu: targetCpu, macos: targetMacos };
    const isSaid = Object.values(target).some((each) => each !== undefined);
    return { kind: "binary", path: host, ...(isSaid ? { target } : {}) };
  }
  if (hostManifest !== undefined) return { kind: "manifest", path: hostManifest };
  throw new UsageError("host-missing", "no host given", [
    "Pass the Collector binary with --host FILE, or its manifest with --host-manifest FILE.",
    "You can also set PLUGINS_HOST or PLUGINS_HOST_MANIFEST, or `host` or `hostManifest` in a configuration file.",
  ]);
}

export function gateOf({ allowUnknown, failOn, maxWarnings }: Settings): Gate {
  return { allowUnknown, failOn, maxWarnings };
}

/** @param now the time of the check. */
export function policyOf(
  { policy, severities, suppressions, requireManifest }: Settings,
  now: Date,
): PolicyInForce {
  const required = requireManifest ? ({ "manifest-missing": "error" } as const) : {};
  return policyInForce({ base: policy, severities: { ...required, ...severities }, suppressions }, now);
}
