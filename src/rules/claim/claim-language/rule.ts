import type { ClaimRule, Provable } from "../../rule.ts";
import type { FindingDraft } from "../../draft.ts";

export const claimLanguage = {
  id: "claim-language",
  group: "claim",
  title: "the manifest claims another language than the compiler's stamp",
  checkTitle: "claimed language",
  severity: "error",
  loader: "checked",
  // A host may link both languages, and only one of them is proven here.
  evaluate: (claim) => (claim.role === "host" ? [] : lie(claim)),
} satisfies ClaimRule;

function lie({ manifest: { manifest, at }, proof: { language, isGo } }: Provable): readonly FindingDraft[] {
  const claimed = { value: manifest.language, from: `${at}/language` };
  if (language.known && language.value !== manifest.language) {
    return [
      {
        message: `claims to be written in ${manifest.language}, and ${language.value} made it`,
        plugin: claimed,
        other: { value: language.value, from: language.from },
      },
    ];
  }
  if (manifest.language !== "go" || !isGo.known || isGo.value) return [];
  return [
    {
      message: "claims to be written in go, and Go's linker did not make it",
      plugin: claimed,
      other: { value: "not go", from: isGo.from },
    },
  ];
}
