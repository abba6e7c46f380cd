import { buildsOf } from "../../../artifact/build.ts";
import type { ManifestRule, ManifestSubject } from "../../rule.ts";

export const manifestMissing = {
  id: "manifest-missing",
  group: "manifest",
  title: "the file has no embedded manifest",
  checkTitle: "manifest",
  severity: "error",
  otherSeverities: "note if the compiler's stamps are used instead",
  loader: "checked",
  ifPackagesEqual: "so plugin.Open loads it; what a package does not export is in no hash",
  evaluate: (file) =>
    file.slices
      .filter(({ claim }) => claim.carriers.length === 0)
      .map((slice) => {
        const from = derivedFrom(slice, file);
        return {
          ...(file.universal ? { arch: slice.arch } : {}),
          message: "has no embedded manifest (looked in sections, symbols and Go build info)",
          ...(from === undefined
            ? {}
            : { severity: "note" as const, cause: `What ${from} proves is used instead.` }),
          fix: [
            {
              kind: "advice",
              text: "Embed a manifest when building; docs/manifest.md shows how in Go, Rust and C.",
            },
          ],
        };
      }),
} satisfies ManifestRule;

/** Where a derived manifest comes from, if it is good enough to use: which compiler made the file. */
function derivedFrom(
  { claim, proof }: ManifestSubject["slices"][number],
  { role }: ManifestSubject,
): string | undefined {
  const [build] = buildsOf(claim, proof, role);
  return build?.toolchain.known === true ? build.toolchain.from : undefined;
}
