import type { Fact } from "../../evidence/fact.ts";
import type { GoBuildInfo } from "../../evidence/go/build-info.ts";
import type { GoModule } from "../../evidence/go/module-info.ts";
import { buildAlike } from "../../language/go/module.ts";
import type { ReadValue } from "../obstacle.ts";
import { settingDifferences } from "./build-setting.ts";
import type { GoHost } from "./host.ts";
import { packageDifferences, type HashTable } from "./package-difference.ts";
import { linkedModule, moduleText, packageOwner, type PackageOwner } from "./package-owner.ts";
import type { GoPlugin } from "./plugin.ts";
import { isSameLine, releaseText } from "./release-line.ts";

/** Why hashes of packages differ. Fix the first one first: it may be the reason for all others. */
export interface MismatchCause {
  readonly kind:
    | "release"
    | "setting"
    | "module"
    /** A module that is built from a folder on both sides, and paths are trimmed: its sources differ. */
    | "sources"
    /** The same module in the same version, but from a different folder, and paths are not trimmed. */
    | "directory"
    /** The same release and settings, but a different standard library: a patched toolchain, or one that was built differently. */
    | "toolchain-build"
    /** The files do not tell. */
    | "unexplained";
  /** What differs: `go`, `-trimpath`, a module's path; for a standard library, the first package. */
  readonly subject: string;
  readonly plugin?: ReadValue;
  readonly host?: ReadValue;
  /** The packages that may differ because of it, in the order of the plugin's table. */
  readonly packages: readonly string[];
  /** One sentence for a person. */
  readonly text: string;
  /** What to do, if that is more than to build both alike. */
  readonly fix?: string;
}

type Plugin = HashTable & Pick<GoPlugin, "buildInfo" | "release">;
type Host = Pick<GoHost, "packageHashes" | "buildInfo" | "release">;

/**
 * The likely root causes in the order in which to fix them; none if no hash differs, or the hashes are unknown. A package is listed
 * under every cause that may apply to it.
 */
export function classifyMismatch(plugin: Plugin, host: Host): readonly MismatchCause[] {
  const differences = packageDifferences(plugin, host);
  if (!differences.known || differences.value.length === 0) return [];
  const packages = differences.value
    .map((difference) => difference.package)
    .filter((path) => !isOwnPath(plugin, path));
  if (packages.length === 0) return [];
  const global = [...releaseCause(plugin, host, packages), ...settingCauses(plugin, host, packages)];
  return [...global, ...ownerCauses(plugin, host, packages, global.length > 0)];
}

/** The plugin path stands for its main package, which is no build of the host's package of that path. */
function isOwnPath({ table }: Plugin, path: string): boolean {
  return table.known && table.value.path === path;
}

function releaseCause(plugin: Plugin, host: Host, packages: readonly string[]): readonly MismatchCause[] {
  const [one, other] = [plugin.release, host.release];
  if (!one.known || !other.known) return [];
  const isSame =
    "exact" in one.value && "exact" in other.value
      ? one.value.exact === other.value.exact
      : isSameLine(one, other) !== false;
  if (isSame) return [];
  const [ofPlugin, ofHost] = [releaseText(one.value), releaseText(other.value)];
  return [
    {
      kind: "release",
      subject: "go",
      plugin: { value: ofPlugin, from: one.from },
      host: { value: ofHost, from: other.from },
      packages,
      text: `The plugin was built with ${ofPlugin}, the host with ${ofHost}; each release compiles packages in its own way.`,
    },
  ];
}

function settingCauses(plugin: Plugin, host: Host, packages: readonly string[]): readonly MismatchCause[] {
  const info = plugin.buildInfo;
  const hasStandard = packages.some((path) => ownerOf(path, info).kind === "standard-library");
  return settingDifferences(plugin.buildInfo, host.buildInfo)
    .filter(({ reach }) => reach === "some" || hasStandard)
    .map(({ key, plugin, host }) => ({
      kind: "setting",
      subject: key,
      plugin,
      host,
      packages,
      text: `The plugin was built with ${key} ${shown(plugin)}, the host with ${key} ${shown(host)}.`,
    }));
}

function shown({ value }: ReadValue): string {
  return value === "not set" ? value : `set to ${value}`;
}

function ownerOf(path: string, info: Fact<GoBuildInfo>): PackageOwner {
  return packageOwner(path, info.known ? info.value : { main: undefined, deps: [] });
}

/**
 * Each module has its own cause. But the export data of a package holds what its functions and types take from those that it imports
 * (cmd/compile/internal/noder, writeUnifiedExport), so that a package may differ only because one that it imports does. The table has imports before
 * importers: what comes after a package whose module surely differs, and has no such reason of its own, goes with it.
 */
function ownerCauses(
  plugin: Plugin,
  host: Host,
  packages: readonly string[],
  isExplained: boolean,
): readonly MismatchCause[] {
  const groups = new Map<string, { owners: readonly [PackageOwner, PackageOwner]; packages: string[] }>();
  for (const path of packages) {
    const owners = [ownerOf(path, plugin.buildInfo), ownerOf(path, host.buildInfo)] as const;
    const key = owners.map((owner) => ("module" in owner ? owner.module.path : owner.kind)).join(" ");
    const group = groups.get(key) ?? { owners, packages: [] };
    group.packages.push(path);
    groups.set(key, group);
  }
  const causes = [...groups.values()].map((group) => ownerCause(plugin, host, group.owners, group.packages));
  // If something explains all differences, only those with a reason of their own are worth reporting.
  if (isExplained) return causes.filter(({ kind }) => kind === "module");
  return withImporters(causes, packages);
}

/** Causes that are guessed from what is the same, not seen in what differs. */
const doubtful: ReadonlySet<MismatchCause["kind"]> = new Set(["sources", "directory", "unexplained"]);

function withImporters(
  causes: readonly MismatchCause[],
  packages: readonly string[],
): readonly MismatchCause[] {
  const place = new Map(packages.map((path, at) => [path, at]));
  const placeOf = ({ packages: [first = ""] }: MismatchCause): number => place.get(first) ?? 0;
  const [source] = causes.filter(({ kind }) => kind === "module");
  if (source === undefined) return causes;
  const isFollowing = (cause: MismatchCause): boolean =>
    doubtful.has(cause.kind) && placeOf(cause) > placeOf(source);
  const following = new Set(causes.filter(isFollowing).flatMap((cause) => cause.packages));
  return causes
    .filter((cause) => !isFollowing(cause))
    .map((cause) => {
      if (cause !== source) return cause;
      const own = new Set(cause.packages);
      return { ...cause, packages: packages.filter((path) => own.has(path) || following.has(path)) };
    });
}

function ownerCause(
  plugin: Plugin,
  host: Host,
  [one, other]: readonly [PackageOwner, PackageOwner],
  packages: readonly string[],
): MismatchCause {
  const [first = ""] = packages;
  if ("module" in one && "module" in other) {
    return moduleCause(plugin, host, one, other, packages);
  }
  if (one.kind === "standard-library" && other.kind === "standard-library") {
    const version = plugin.release.known ? releaseText(plugin.release.value) : "the same release";
    return {
      kind: "toolchain-build",
      fix: "Build both with one copy of the Go toolchain: the one that built the host.",
      subject: first,
      packages,
      text: `Packages of the standard library differ although both were built with ${version} and the same recorded flags: the toolchain itself was built differently, or an unrecorded flag differs.`,
    };
  }
  return {
    kind: "unexplained",
    subject: first,
    packages,
    text: `The build info does not say, for both sides, which module ${first} comes from.`,
  };
}

type Owned = Extract<PackageOwner, { readonly module: GoModule }>;

function moduleCause(
  plugin: Plugin,
  host: Host,
  one: Owned,
  other: Owned,
  packages: readonly string[],
): MismatchCause {
  const values = {
    subject: one.module.path,
    plugin: { value: withSum(one.module), from: fromOf(plugin) },
    host: { value: withSum(other.module), from: fromOf(host) },
    packages,
  };
  const [left, right] = [linkedModule(one.module), linkedModule(other.module)];
  const isSame = left.path === right.path && left.version === right.version && left.sum === right.sum;
  const sources = sourcesText(one, other);
  if (sources !== undefined) {
    return { ...values, kind: "module", text: sources, fix: `${buildAlike(one.module.path)}.` };
  }
  const names = `the plugin has ${moduleText(one.module)}, the host ${moduleText(other.module)}`;
  if (!isSame) {
    const isSum = left.path === right.path && left.version === right.version;
    return {
      ...values,
      kind: "module",
      text: isSum
        ? `The contents of ${moduleText(one.module)} differ: the module sums are different.`
        : `Different versions of module ${one.module.path}: ${names}.`,
    };
  }
  const isTrimmed = [plugin, host].every(({ buildInfo }) => isSet(buildInfo, "-trimpath"));
  if (left.sum === undefined && isTrimmed) {
    return {
      ...values,
      kind: "sources",
      fix: `Build both from one copy of ${one.module.path}: a replace directive in each go.mod for the same folder, at the same commit.`,
      text: `The sources of module ${one.module.path} differ: it is built from a folder on both sides, and paths are trimmed.`,
    };
  }
  if (left.sum === undefined) {
    return {
      ...values,
      kind: "directory",
      fix: `Build host and plugin with -trimpath, and from one copy of ${one.module.path}.`,
      text: `Module ${one.module.path} has no module sum, since it is built from a folder: its sources differ, or the folders differ and paths are not trimmed (-trimpath).`,
    };
  }
  return isTrimmed
    ? {
        ...values,
        kind: "unexplained",
        text: `Module ${moduleText(one.module)} is the same on both sides: build tags, the C compiler or an unrecorded flag differ.`,
      }
    : {
        ...values,
        kind: "directory",
        fix: "Build the host and all its plugins with -trimpath, or both in the same folders and with the same module cache.",
        text: `Module ${moduleText(one.module)} is the same on both sides, but was compiled in a different folder, and paths are not trimmed (-trimpath).`,
      };
}

/**
 * One side was built in the module's own folder, the other has it as a dependency: the paths of its sources differ even if they are
 * trimmed, since only those of a dependency name a version. Two folders of one workspace are trimmed alike.
 */
function sourcesText(one: Owned, other: Owned): string | undefined {
  const [plugin, host] = [isOwnFolder(one), isOwnFolder(other)];
  if (plugin === host || [one, other].every(({ module }) => module.version === "(devel)")) return undefined;
  const [builder, linker] = plugin ? [one.module, other.module] : [other.module, one.module];
  const [whose, others] = plugin ? ["plugin", "host"] : ["host", "plugin"];
  const version = builder.version === "(devel)" ? "an unknown version" : builder.version;
  return `The ${whose} was built in the folder of module ${builder.path} (${version}), the ${others} links it as ${moduleText(linker)}: whether or not the versions differ, the paths of its sources do, and they are part of the hashes.`;
}

function isOwnFolder({ kind, module }: Owned): boolean {
  return kind === "main-module" && module.sum === undefined && module.replacedBy === undefined;
}

function withSum(module: GoModule): string {
  const { sum } = linkedModule(module);
  return sum === undefined ? moduleText(module) : `${moduleText(module)} ${sum}`;
}

function fromOf({ buildInfo }: Plugin | Host): string {
  return buildInfo.known ? buildInfo.from : "";
}

function isSet(info: Fact<GoBuildInfo>, key: string): boolean {
  return info.known && info.value.settings.some((setting) => setting.key === key && setting.value === "true");
}
