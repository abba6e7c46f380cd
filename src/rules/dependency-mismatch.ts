import {
  dependenciesOf,
  pairDependencies,
  type Dependency,
  type DependencyPair,
} from "../manifest/dependency.ts";
import type { Fix } from "./finding.ts";
import { shellWord } from "./shell-word.ts";
import { missingManifest } from "./missing-manifest.ts";
import { type ComparisonRule, type FindingDraft } from "./rule.ts";
import type { ManifestAt } from "../manifest/claim.ts";
import { escapePointer } from "../manifest/schema.ts";

export const dependencyMismatch = {
  id: "dependency-mismatch",
  title: "the same dependency has another hash",
  severity: "error",
  evaluate: (pair) => {
    const { plugin, host } = { plugin: pair.plugin.manifest, host: pair.host.manifest };
    if (plugin === undefined || host === undefined) return { findings: [], check: missingManifest(pair) };
    const pairs = pairDependencies(
      dependenciesOf(plugin.manifest.dependency_hashes),
      dependenciesOf(host.manifest.dependency_hashes),
    );
    const shared = pairs.filter(({ status }) => status !== "absent");
    const differing = pairs.filter((each) => each.status === "mismatch");
    const unclear = pairs.filter((each) => each.status === "unknown");
    const sides = {
      plugin: {
        value: count(pairs.length),
        from: plugin.proven?.["dependency_hashes"] ?? `${plugin.at}/dependency_hashes`,
      },
      host: {
        value: count(Object.keys(host.manifest.dependency_hashes).length),
        from: host.proven?.["dependency_hashes"] ?? `${host.at}/dependency_hashes`,
      },
    };
    const [first] = unclear;
    return {
      findings: differing.map((each) => mismatch(each, plugin, host)),
      check:
        differing.length > 0
          ? {
              ...sides,
              status: "mismatch",
              decisive: true,
              reason: `${differing.length} of ${shared.length} shared differ`,
            }
          : first !== undefined
            ? { ...sides, status: "unknown", decisive: true, reason: unclearReason(unclear, first) }
            : { ...sides, status: "match", decisive: true, reason: `${shared.length} shared, all equal` },
    };
  },
} satisfies ComparisonRule;

function mismatch(
  { plugin: ours, host: theirs }: Extract<DependencyPair, { status: "mismatch" }>,
  plugin: ManifestAt,
  host: ManifestAt,
): FindingDraft {
  return {
    subject: ours.name,
    message: `links another ${ours.name} than the host${versions(ours, theirs)}`,
    plugin: { value: describe([ours]), from: pointer(plugin, [ours]) },
    host: { value: describe(theirs), from: pointer(host, theirs) },
    fix: fix(ours, theirs, plugin.manifest.language),
  };
}

/** The versions, where both are known and differ: they say more than hashes. */
function versions(ours: Dependency, theirs: readonly Dependency[]): string {
  const others = theirs.map(({ version }) => version).filter((version) => version !== undefined);
  if (ours.version === undefined || others.length === 0 || others.includes(ours.version)) return "";
  return `: ${ours.version}, the host ${others.join(" and ")}`;
}

function fix(ours: Dependency, theirs: readonly Dependency[], language: "go" | "rust"): readonly Fix[] {
  const [only] = theirs;
  if (theirs.length === 1 && only?.version !== undefined && only.version === ours.version) {
    const text = `The version is the same and the content is not: a replaced, patched or vendored copy of ${ours.name} is linked. Build both from one source.`;
    return [{ kind: "advice", text }];
  }
  if (theirs.length === 1 && only?.version !== undefined) {
    const from = ours.version === undefined ? ours.name : ours.key;
    return [
      language === "go"
        ? { kind: "command", run: `go get ${shellWord(`${only.name}@${only.version}`)}` }
        : { kind: "command", run: `cargo update -p ${shellWord(from)} --precise ${shellWord(only.version)}` },
    ];
  }
  const lock = language === "go" ? "go.sum" : "Cargo.lock";
  return [{ kind: "advice", text: `Build against the version of ${ours.name} in the host's ${lock}.` }];
}

function unclearReason(unclear: readonly DependencyPair[], first: DependencyPair): string {
  const why = first.status === "unknown" ? `${first.plugin.name}: ${first.reason}` : "";
  return unclear.length === 1 ? why : `${unclear.length} dependencies cannot be compared; ${why}`;
}

function describe(dependencies: readonly Dependency[]): string {
  return dependencies
    .map(({ version, hash }) => (version === undefined ? hash : `${version} ${hash}`))
    .join(" or ");
}

function pointer(of: ManifestAt, dependencies: readonly Dependency[]): string {
  return (
    of.proven?.["dependency_hashes"] ??
    dependencies.map(({ key }) => `${of.at}/dependency_hashes/${escapePointer(key)}`).join(", ")
  );
}

function count(number: number): string {
  return number === 1 ? "1 dependency" : `${number} dependencies`;
}
