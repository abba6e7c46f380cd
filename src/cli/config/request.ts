import { existsSync } from "node:fs";
import { resolve } from "node:path";
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

/**
 * The hosts, each once.
 * @throws UsageError if none is given.
 */
export function hostsOf(settings: Settings): readonly [HostRequest, ...HostRequest[]] {
  const { host = [], hostManifest = [], sysroot, targetGlibc, targetCpu, targetMacos } = settings;
  const target = { sysroot, glibc: targetGlibc, cpu: targetCpu, macos: targetMacos };
  const isSaid = Object.values(target).some((each) => each !== undefined);
  const [first, ...others] = [
    ...onlyOnce(host).map((path) => ({ kind: "binary", path, ...(isSaid ? { target } : {}) }) as const),
    ...onlyOnce(hostManifest).map((path) => ({ kind: "manifest", path }) as const),
  ];
  if (first !== undefined) return [first, ...others];
  throw new UsageError("host-missing", "no host given", [
    "Pass the Collector binary with --host FILE, or its manifest with --host-manifest FILE.",
    "You can also set PLUGINS_HOST or PLUGINS_HOST_MANIFEST, or `host` or `hostManifest` in a configuration file.",
  ]);
}

/** One host may be named by two paths. */
function onlyOnce(paths: readonly string[]): readonly string[] {
  const places = paths.map((path) => resolve(path));
  return paths.filter((_, at) => places.indexOf(places[at] ?? "") === at);
}

/** The host of an explanation. @throws UsageError if none is given, or several are. */
export function hostOf(settings: Settings): HostRequest {
  const [host, ...others] = hostsOf(settings);
  if (others.length === 0) return host;
  throw new UsageError("bad-usage", `an explanation is for one host, and ${others.length + 1} are given`, [
    "Run the command once for each host.",
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
