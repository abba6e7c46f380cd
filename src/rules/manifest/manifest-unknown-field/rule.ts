import { manifestFields } from "../../../manifest/schema.ts";
import { nearWord } from "../../near-word.ts";
import type { ManifestRule } from "../../rule.ts";

export const manifestUnknownField = {
  id: "manifest-unknown-field",
  group: "manifest",
  title: "a field looks like a misspelled known field",
  checkTitle: "known fields",
  severity: "note",
  loader: "regardless",
  evaluate: ({ universal, slices }) => {
    const fields = manifestFields;
    return slices.flatMap(({ arch, claim }) =>
      claim.carriers.flatMap(({ location, content }) => {
        if (content.kind !== "json") return [];
        const each: readonly unknown[] = Array.isArray(content.value) ? content.value : [content.value];
        return each.flatMap((one, index) =>
          unknownFields(one, fields).flatMap((field) => {
            const meant = nearWord(plain(field), fields);
            if (meant === undefined) return [];
            const base = Array.isArray(content.value) ? `/${index}` : "";
            return [
              {
                ...(universal ? { arch } : {}),
                subject: `${base}/${field}`,
                message: `manifest in ${location} has a field ${JSON.stringify(field)}, which is ignored; did you mean ${meant}?`,
              },
            ];
          }),
        );
      }),
    );
  },
} satisfies ManifestRule;

function unknownFields(value: unknown, fields: readonly string[]): readonly string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
  return Object.keys(value).filter((key) => !fields.includes(key) && key.length <= 64);
}

// toolchainVersion and toolchain-version are misspellings of toolchain_version, however many letters differ.
function plain(field: string): string {
  return field
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .replace(/[-. ]/g, "_")
    .toLowerCase();
}
