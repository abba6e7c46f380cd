import { advise } from "../../../language/fix.ts";
import { schemaVersion, type SchemaProblem } from "../../../manifest/schema.ts";
import type { FindingDraft } from "../../draft.ts";
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
        const lacking = content.problems.filter(({ isMissing }) => isMissing === true);
        const drafts =
          lacking.length > 1
            ? [
                lacks(location, lacking),
                ...content.problems
                  .filter((each) => !lacking.includes(each))
                  .map((each) => breaks(location, each)),
              ]
            : content.problems.map((each) => breaks(location, each));
        return drafts.map((draft) => ({ ...draft, ...(universal ? { arch } : {}) }));
      }),
    ),
} satisfies ManifestRule;

const correct = advise(
  "Correct the field where the manifest is written, and build the file again: docs/manifest.md describes each field.",
);

function breaks(location: string, { pointer, expected, found }: SchemaProblem): FindingDraft {
  return {
    subject: pointer === "" ? "/" : pointer,
    message: `manifest in ${location}: ${pointer === "" ? "the document itself" : pointer} is ${found}, expected ${expected}`,
    plugin: { value: found, from: `${location}#${pointer}` },
    fix: [correct],
  };
}

/** What is missing has one cause, and is added at one place. */
function lacks(location: string, problems: readonly SchemaProblem[]): FindingDraft {
  const names = problems.map(({ pointer }) => pointer.slice(1)).join(", ");
  return {
    subject: "/",
    message: `manifest in ${location} lacks ${problems.length} required fields: ${names}`,
    plugin: { value: "nothing", from: `${location}#` },
    fix: [advise(`Write these fields in the build: ${names}. docs/manifest.md describes each.`)],
  };
}
