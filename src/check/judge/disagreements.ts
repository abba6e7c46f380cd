import type { PredictedLoad } from "../../loader/predict-load.ts";
import { foreignPackages, packagesAtOdds } from "../../loader/go/package-difference.ts";
import type { Disagreement } from "../../rules/rule.ts";
import type { Host } from "./host.ts";
import type { Brought } from "../model/shard-record.ts";

/** A plugin, and for each slice of the host what it adds to it; null if it does not load there, or is not a Go plugin. */
export interface Bringer {
  readonly path: string;
  readonly brings: readonly (Brought | null)[];
}

export function broughtBy(predicted: readonly PredictedLoad[], { sides }: Host): Bringer["brings"] {
  return predicted.map(({ plugin, prediction }, side) => {
    const host = sides[side]?.loading?.go;
    if (host === undefined || plugin?.table.known !== true || prediction.outcome !== "loads") return null;
    const packages = foreignPackages(plugin, host);
    if (!packages.known) return null;
    return { symbolPath: plugin.table.value.symbolPath, packages: packages.value };
  });
}

/**
 * Pairs of Go plugins of which the host loads either one, but not both: for each pair the packages that the host does not have and
 * that the two have in different builds.
 */
export function disagreementsOf(plugins: readonly Bringer[]): readonly Disagreement[] {
  const sides = plugins.reduce((most, { brings }) => Math.max(most, brings.length), 0);
  return Array.from({ length: sides }, (_, side) => inHost(loadedBy(plugins, side))).flat();
}

interface Loaded extends Brought {
  readonly path: string;
}

function loadedBy(plugins: readonly Bringer[], side: number): readonly Loaded[] {
  return plugins.flatMap(({ path, brings }) => {
    const brought = brings[side] ?? null;
    return brought === null ? [] : [{ path, ...brought }];
  });
}

function inHost(loaded: readonly Loaded[]): readonly Disagreement[] {
  const order = new Map(loaded.map((one, at) => [one, at]));
  return [...candidates(loaded)].flatMap(([one, others]) =>
    [...others]
      .sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0))
      // If both have the same plugin path, the runtime refuses the second for that, before it looks at any package.
      .filter((other) => one.symbolPath !== other.symbolPath)
      .map((other) => ({
        plugins: [one.path, other.path] as const,
        packages: packagesAtOdds(one.packages, other.packages).map((each) => each.package),
      }))
      .filter(({ packages }) => packages.length > 0),
  );
}

/** The plugins that have different builds of one package, each with the later ones: of many plugins only few pairs are compared. */
function candidates(loaded: readonly Loaded[]): ReadonlyMap<Loaded, ReadonlySet<Loaded>> {
  const pairs = new Map<Loaded, Set<Loaded>>();
  const brought = new Map<string, { readonly by: Loaded; readonly hash: string }[]>();
  for (const by of loaded) {
    for (const { package: path, hash } of by.packages) {
      const earlier = brought.get(path) ?? [];
      for (const each of earlier) {
        if (each.hash !== hash) pairs.set(each.by, (pairs.get(each.by) ?? new Set<Loaded>()).add(by));
      }
      brought.set(path, [...earlier, { by, hash }]);
    }
  }
  return pairs;
}
