import { advise } from "../../../language/fix.ts";
import type { ClaimRule, Provable } from "../../rule.ts";
import type { FindingDraft } from "../../draft.ts";

export const claimLanguage = {
  id: "claim-language",
  group: "claim",
  title: "the manifest claims a different language than the compiler's stamp",
  checkTitle: "claimed language",
  severity: "error",
  loader: "checked",
  // A host may link both languages, but only one of them is proven here.
  evaluate: (claim) => (claim.role === "host" ? [] : falseClaim(claim)),
} satisfies ClaimRule;

const otherFile = advise(
  "Embed the manifest that the build of this very file makes; `plugins inspect` shows whose it is now.",
);

function falseClaim({
  manifest: { manifest, at },
  proof: { language, excluded },
}: Provable): readonly FindingDraft[] {
  const claimed = { value: manifest.language, from: `${at}/language` };
  if (language.known && language.value !== manifest.language) {
    return [
      {
        message: `claims to be written in ${manifest.language} but was compiled by the ${language.value} compiler`,
        plugin: claimed,
        other: { value: language.value, from: language.from },
        fix: [otherFile],
      },
    ];
  }
  const exclusion = excluded[manifest.language];
  if (exclusion === undefined) return [];
  return [
    {
      message: `claims to be written in ${manifest.language} but ${exclusion.why}`,
      plugin: claimed,
      other: { value: `not ${manifest.language}`, from: exclusion.from },
      fix: [otherFile],
    },
  ];
}
