import { schemaVersion } from "../../../manifest/schema.ts";
import type { ManifestRule } from "../../rule.ts";

export const manifestInvalid = {
  id: "manifest-invalid",
  group: "manifest",
  title: "a manifest violates the schema",
  checkTitle: "manifest valid",
  severity: "error",
  loader: "checked",
  evaluate: ({ universal, slices }) =>
    slices.flatMap(({ arch, claim }) =>
      claim.carriers.flatMap(({ location, content }) => {
        // A later schema may ask for something else in the same field: manifest-newer-schema covers those.
        if (content.kind !== "json" || (content.newerSchema ?? 0) > schemaVersion) return [];
        return content.problems.map(({ pointer, expected, found }) => ({
          ...(universal ? { arch } : {}),
          subject: pointer === "" ? "/" : pointer,
          message: `manifest in ${location}: ${pointer === "" ? "the document itself" : pointer} is ${found}, expected ${expected}`,
          plugin: { value: found, from: `${location}#${pointer}` },
        }));
      }),
    ),
} satisfies ManifestRule;
