import { known, type Fact } from "../../evidence/fact.ts";
import type { GoPackageCheck, GoPluginTable } from "../../evidence/go/plugin-table.ts";
import type { GoHost } from "./host.ts";
import type { GoPlugin } from "./plugin.ts";

/** A package that plugin and host have with different export data. */
export interface PackageDifference {
  /** Import path. */
  readonly package: string;
  /** Hashes in hexadecimal. */
  readonly plugin: string;
  readonly host: string;
}

/** A source of hashes: a plugin's table, or anything else that lists packages. */
export interface HashTable {
  readonly table: Fact<Pick<GoPluginTable, "checks"> & Partial<Pick<GoPluginTable, "path">>>;
}

/** All packages that differ, in the order in which plugin.Open compares them: it names the first. */
export function packageDifferences(
  plugin: HashTable,
  host: Pick<GoHost, "packageHashes">,
): Fact<readonly PackageDifference[]> {
  const { table } = plugin;
  const { packageHashes } = host;
  if (!table.known) return table;
  if (!packageHashes.known) return packageHashes;
  const differences = table.value.checks.flatMap((check) => {
    const ofHost = packageHashes.value.get(check.package);
    if (ofHost === undefined || ofHost === check.hash) return [];
    return [{ package: check.package, plugin: check.hash, host: ofHost }];
  });
  return known(differences, `${table.from}; ${packageHashes.from}`);
}

/** What plugin.Open compares, all of it. */
export interface SharedPackages {
  /** How many packages both sides have. */
  readonly shared: number;
  /** How many of these have the same hash. */
  readonly equal: number;
}

/** undefined if the hashes of one side are unknown. */
export function sharedPackages(
  { table }: Pick<GoPlugin, "table">,
  { packageHashes }: Pick<GoHost, "packageHashes">,
): SharedPackages | undefined {
  if (!table.known || !packageHashes.known) return undefined;
  const shared = table.value.checks.filter((check) => packageHashes.value.has(check.package));
  const equal = shared.filter((check) => packageHashes.value.get(check.package) === check.hash);
  return { shared: shared.length, equal: equal.length };
}

/** A package that two plugins have in different versions, and the host does not have. */
export interface PluginDisagreement {
  readonly package: string;
  /** Hashes in hexadecimal. */
  readonly one: string;
  readonly other: string;
}

/** The packages of a plugin that the host lacks, in the plugin's order: only in these it can disagree with another plugin. */
export function foreignPackages(
  { table }: Pick<GoPlugin, "table">,
  { packageHashes }: Pick<GoHost, "packageHashes">,
): Fact<readonly GoPackageCheck[]> {
  if (!table.known) return table;
  if (!packageHashes.known) return packageHashes;
  const foreign = table.value.checks.filter((check) => !packageHashes.value.has(check.package));
  return known(foreign, `${table.from}; ${packageHashes.from}`);
}

/**
 * The packages that both have, in different builds: whichever of the two plugins is opened second is refused. In the order of `one`.
 */
export function packagesAtOdds(
  one: readonly GoPackageCheck[],
  other: readonly GoPackageCheck[],
): readonly PluginDisagreement[] {
  const hashes = new Map(other.map((check) => [check.package, check.hash]));
  return one.flatMap((check) => {
    const hash = hashes.get(check.package);
    if (hash === undefined || hash === check.hash) return [];
    return [{ package: check.package, one: check.hash, other: hash }];
  });
}
