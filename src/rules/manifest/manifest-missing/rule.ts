import { buildsOf } from "../../../artifact/build.ts";
import type { ManifestRule, ManifestSubject } from "../../rule.ts";

export const manifestMissing = {
  id: "manifest-missing",
  group: "manifest",
  title: "the file has no embedded manifest",
  checkTitle: "manifest",
  severity: "error",
  otherSeverities: "note if the compiler's stamps or the loader's answer suffice",
  loader: "checked",
  ifPackagesEqual: "so plugin.Open loads it; what a package does not export is in no hash",
  evaluate: (file) =>
    file.slices
      // Where it is compared with the sources, manifest-stale says so.
      .filter(({ claim }) => claim.carriers.length === 0 && file.sources === undefined)
      .map((slice) => {
        const enough = withoutIt(slice, file);
        return {
          ...(file.universal ? { arch: slice.arch } : {}),
          message: "has no embedded manifest (looked in sections, symbols and Go build info)",
          ...(enough === undefined ? {} : { severity: "note" as const, cause: enough }),
          fix: [
            {
              kind: "advice",
              text: "Make a manifest with `plugins manifest`, and embed it: while building (docs/kits.md), or with `plugins embed`.",
            },
          ],
        };
      }),
} satisfies ManifestRule;

/** Why the file can be judged without a manifest; undefined if it cannot. */
function withoutIt(
  { arch, claim, proof }: ManifestSubject["slices"][number],
  { role, refused }: ManifestSubject,
): string | undefined {
  const [build] = buildsOf(claim, proof, role);
  if (build?.toolchain.known === true) return `What ${build.toolchain.from} proves is used instead.`;
  return refused?.has(arch) === true
    ? "The loader does not load the file, whatever a manifest says."
    : undefined;
}
