import { buildsOf } from "../../../artifact/build.ts";
import type { ManifestRule, ManifestSubject } from "../../rule.ts";

export const manifestMissing = {
  id: "manifest-missing",
  group: "manifest",
  title: "no manifest in the file",
  checkTitle: "manifest",
  severity: "error",
  otherSeverities: "warning where the compiler's stamps serve instead",
  loader: "checked",
  evaluate: (file) =>
    file.slices
      .filter(({ claim }) => claim.carriers.length === 0)
      .map((slice) => {
        const from = derivedFrom(slice, file);
        return {
          ...(file.universal ? { arch: slice.arch } : {}),
          message: "carries no manifest in a section, an exported or static symbol, or Go build info",
          ...(from === undefined
            ? {}
            : { severity: "warning" as const, cause: `What ${from} proves is compared instead.` }),
          fix: [
            {
              kind: "advice",
              text: "Embed a manifest when building; docs/manifest.md shows how in Go, Rust and C.",
            },
          ],
        };
      }),
} satisfies ManifestRule;

/** Where a derived manifest comes from, if it says enough to serve: by which compiler the file was made. */
function derivedFrom(
  { claim, proof }: ManifestSubject["slices"][number],
  { role }: ManifestSubject,
): string | undefined {
  const [build] = buildsOf(claim, proof, role);
  return build?.toolchain.known === true ? build.toolchain.from : undefined;
}
