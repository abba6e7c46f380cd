import { schemaVersion } from "../../../manifest/schema.ts";
import type { ManifestRule } from "../../rule.ts";

export const manifestNewerSchema = {
  id: "manifest-newer-schema",
  group: "manifest",
  title: "a manifest uses a newer schema",
  checkTitle: "schema version",
  severity: "warning",
  loader: "regardless",
  evaluate: ({ universal, slices }) =>
    slices.flatMap(({ arch, claim }) =>
      claim.carriers.flatMap(({ location, content }) => {
        if (content.kind !== "json" || content.newerSchema === undefined) return [];
        const broken = content.problems.map(({ pointer }) => pointer);
        return [
          {
            ...(universal ? { arch } : {}),
            subject: "/schema_version",
            message:
              `manifest in ${location} uses schema ${content.newerSchema}; this program reads ${schemaVersion}` +
              (broken.length === 0 ? "" : ` and cannot use it: ${broken.join(", ")}`),
            fix: [{ kind: "advice" as const, text: "Use a newer release of this program." }],
          },
        ];
      }),
    ),
} satisfies ManifestRule;
