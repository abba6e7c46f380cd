import type { ProvenDependency } from "../../../evidence/proof.ts";
import { dependenciesOf, type Dependency } from "../../../language/dependency.ts";
import { advise } from "../../../language/fix.ts";
import { speaksOf } from "../provable.ts";
import type { ClaimRule } from "../../rule.ts";
import type { FindingDraft } from "../../draft.ts";

export const claimDependency = {
  id: "claim-dependency",
  group: "claim",
  title: "the manifest lists a different dependency than was linked",
  many: (count) => `the manifest lists ${count} dependencies that are not the ones linked`,
  checkTitle: "claimed dependencies",
  severity: "error",
  loader: "checked",
  evaluate: (claim) => {
    const {
      manifest: { manifest, at },
      proof: { dependencies },
    } = claim;
    if (!speaksOf(claim) || !dependencies.known) return [];
    const linked = new Map<string, ProvenDependency[]>();
    for (const each of dependencies.value) {
      const same = linked.get(each.name);
      if (same === undefined) linked.set(each.name, [each]);
      else same.push(each);
    }
    return dependenciesOf(manifest.dependency_hashes, at).flatMap((claimed): readonly FindingDraft[] => {
      const real = linked.get(claimed.name) ?? [];
      if (real.length === 0 || !real.every((each) => isRefuted(claimed, each))) return [];
      return [
        {
          subject: claimed.name,
          bundle: "claimed",
          message: `claims a different build of ${claimed.name} than the one linked: ${real.map(shown).join(" and ")}`,
          plugin: {
            value: [claimed.version, claimed.hash].filter(Boolean).join(" "),
            from: claimed.from,
          },
          other: {
            value: real.map(({ version, sum }) => [version, sum].filter(Boolean).join(" ")).join(" and "),
            from: dependencies.from,
          },
          fix: [
            advise(
              "Write `dependency_hashes` from the finished binary, or from the lock file in the same step as the build.",
            ),
          ],
        },
      ];
    });
  },
} satisfies ClaimRule;

/** Whether what was linked is certainly not what is claimed: the sum or the version differs. */
function isRefuted(claimed: Dependency, { version, sum }: ProvenDependency): boolean {
  if (sum !== undefined && claimed.hash.startsWith("h1:")) return claimed.hash !== sum;
  return claimed.version !== undefined && version !== undefined && claimed.version !== version;
}

function shown({ version, replacedBy }: ProvenDependency): string {
  return replacedBy ?? version ?? "one with different content";
}
