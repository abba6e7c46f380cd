import type { Fact } from "../../evidence/fact.ts";
import { known } from "../../evidence/fact.ts";
import { classifyMismatch, type MismatchCause } from "../../loader/go/mismatch-cause.ts";
import { packageDifferences } from "../../loader/go/package-difference.ts";
import type { Side } from "../../rules/finding.ts";
import type { GoSide } from "./side.ts";

/** How the packages of two Go files differ; null unless both are Go files. */
export type PackageDiff =
  | {
      readonly known: true;
      /** How many packages both have. */
      readonly inBoth: number;
      readonly onlyOne: number;
      readonly onlyOther: number;
      /** Packages of which the two have different builds. */
      readonly different: readonly PackageHashes[];
      /** Why, in the order in which to fix it. */
      readonly causes: readonly PackageCause[];
    }
  | { readonly known: false; readonly why: string; readonly matters: boolean };

export interface PackageHashes {
  /** Import path. */
  readonly package: string;
  /** Hashes in hexadecimal. */
  readonly one: string;
  readonly other: string;
}

export interface PackageCause {
  readonly kind: MismatchCause["kind"];
  /** `go`, a setting, a module's path; for a standard library, and what nothing explains, the first package. */
  readonly subject: string;
  readonly one: Side | null;
  readonly other: Side | null;
  /** The packages that differ because of it, as far as that can be told apart. */
  readonly packages: readonly string[];
}

/**
 * What plugin.Open would compare.
 * @param turned whether `other` is the plugin and `one` the host: the plugin's order is the one that counts.
 */
export function packageDiff(one: GoSide, other: GoSide, turned: boolean): PackageDiff {
  if (!one.packages.known || !other.packages.known) {
    const why = [one.packages, other.packages].flatMap((each) => (each.known ? [] : [each.why]));
    return {
      known: false,
      why: [...new Set(why)].join("; "),
      matters: one.packages.known || other.packages.known,
    };
  }
  const [first, second] = turned ? [other, one] : [one, other];
  const [plugin, host] = [asPlugin(first), asHost(second)];
  const differences = packageDifferences(plugin, host);
  const ours = namesOf(one);
  const theirs = namesOf(other);
  const inBoth = [...ours].filter((path) => theirs.has(path)).length;
  const put = <T>(ofPlugin: T, ofHost: T): { readonly one: T; readonly other: T } =>
    turned ? { one: ofHost, other: ofPlugin } : { one: ofPlugin, other: ofHost };
  return {
    known: true,
    inBoth,
    onlyOne: ours.size - inBoth,
    onlyOther: theirs.size - inBoth,
    different: (differences.known ? differences.value : []).map((each) => ({
      package: each.package,
      ...put(each.plugin, each.host),
    })),
    causes: classifyMismatch(plugin, host).map((cause) => ({
      kind: cause.kind,
      subject: cause.subject,
      ...put(cause.plugin ?? null, cause.host ?? null),
      packages: cause.packages,
    })),
  };
}

function namesOf({ packages }: GoSide): ReadonlySet<string> {
  return new Set((packages.known ? packages.value : []).map((each) => each.package));
}

function asPlugin({ packages, buildInfo, release }: GoSide): Parameters<typeof classifyMismatch>[0] {
  const table = packages.known ? known({ checks: packages.value }, packages.from) : packages;
  return { table, buildInfo, release };
}

function asHost({ packages, buildInfo, release }: GoSide): Parameters<typeof classifyMismatch>[1] {
  const packageHashes: Fact<ReadonlyMap<string, string>> = packages.known
    ? known(new Map(packages.value.map((each) => [each.package, each.hash])), packages.from)
    : packages;
  return { packageHashes, buildInfo, release };
}
