import { advise } from "../../../language/fix.ts";
import { parseTarget, targetParts } from "../../../manifest/target.ts";
import type { ClaimRule } from "../../rule.ts";

export const claimTarget = {
  id: "claim-target",
  group: "claim",
  title: "the manifest claims a different target than the linker's stamp",
  checkTitle: "claimed target",
  severity: "error",
  loader: "checked",
  evaluate: ({ manifest: { manifest, at }, target }) => {
    const claimed = parseTarget(manifest.target);
    if (claimed === undefined) return [];
    return targetParts.flatMap((part) => {
      const fact = target[part];
      const claim = claimed[part];
      if (claim === undefined || !fact.known || claim === fact.value) return [];
      return [
        {
          subject: "target",
          message: `claims ${manifest.target} but was built for ${fact.value}`,
          plugin: { value: manifest.target, from: `${at}/target` },
          other: { value: fact.value, from: fact.from },
          fix: [
            advise(
              "Have the build write `target` itself: GOOS/GOARCH in Go, TARGET in a build script of Cargo.",
            ),
          ],
        },
      ];
    });
  },
} satisfies ClaimRule;
