/** One package of a list that cargo-auditable wrote. */
export interface AuditedPackage {
  readonly name: string;
  readonly version: string;
  /** "crates.io", "git", "local", "registry", or what else may come. */
  readonly source: string;
  /** Build dependencies are not in the binary. */
  readonly kind: "runtime" | "build";
  /** The package that the binary was built of. */
  readonly root: boolean;
  /** Indices in `packages`. */
  readonly dependencies: readonly number[];
}

/**
 * What is wrong with a package list as a graph, as the end of a sentence that begins with the section's name. Its format
 * allows indices out of range, cycles, and any number of roots; Cargo makes none of these (PARSING.md).
 */
export function graphProblem(packages: readonly AuditedPackage[]): string | undefined {
  const roots = packages.filter(({ root }) => root).length;
  if (roots !== 1) return `has ${roots} root packages instead of one`;
  for (const [index, { dependencies }] of packages.entries()) {
    const stray = dependencies.find((to) => to >= packages.length);
    if (stray !== undefined)
      return `has a package, number ${index}, that depends on number ${stray} of ${packages.length}`;
  }
  return hasCycle(packages) ? "has packages that depend on each other in a circle" : undefined;
}

/** Takes away, again and again, what nothing depends on (Kahn's algorithm); what cannot be taken away is in a circle, or hangs on one. */
function hasCycle(packages: readonly AuditedPackage[]): boolean {
  const dependants = new Uint32Array(packages.length);
  const count = (to: number, by: number): number => (dependants[to] = (dependants[to] ?? 0) + by);
  for (const { dependencies } of packages) for (const to of dependencies) count(to, 1);
  const free = [...packages.keys()].filter((index) => dependants[index] === 0);
  let taken = 0;
  for (let next = free.pop(); next !== undefined; next = free.pop()) {
    taken += 1;
    for (const to of packages[next]?.dependencies ?? []) if (count(to, -1) === 0) free.push(to);
  }
  return taken < packages.length;
}
