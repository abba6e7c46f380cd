import type { ProfileHint } from "../../../evidence/rust/profile.ts";
import { advise } from "../../../language/fix.ts";
import { normaliseProfile } from "../../../language/profile.ts";
import { speaksOf } from "../provable.ts";
import type { ClaimRule } from "../../rule.ts";
import type { Severity } from "../../draft.ts";

export const claimProfile = {
  id: "claim-profile",
  group: "claim",
  title: "the manifest claims a different profile than the binary shows",
  checkTitle: "claimed profile",
  severity: "error",
  otherSeverities: "warning or note if the binary only hints at it",
  loader: "ignored",
  evaluate: (claim) => {
    const {
      manifest: { manifest, at },
      proof: { profile },
    } = claim;
    if (!speaksOf(claim)) return [];
    const claimed = normaliseProfile(manifest.build_profile);
    const hint = profile.find((each) => refutes(each, claimed));
    if (hint === undefined) return [];
    return [
      {
        severity: severityOf[hint.strength],
        subject: "build_profile",
        message: `claims ${manifest.build_profile}, but ${hint.reason}`,
        plugin: { value: manifest.build_profile, from: `${at}/build_profile` },
        other: { value: hint.profile, from: hint.from },
        fix: [
          advise(
            `Build with the profile that the manifest claims, or have the build write the profile it has: ${hint.profile}.`,
          ),
        ],
      },
    ];
  },
} satisfies ClaimRule;

/** A profile's settings can all be changed: only the folder that Cargo built in settles its name. */
const severityOf = {
  strong: "error",
  moderate: "warning",
  weak: "note",
} as const satisfies Record<ProfileHint["strength"], Severity>;

/** What looks like a debug build only contradicts "release": a profile with a different name may be of either kind. */
function refutes({ profile, strength }: ProfileHint, claimed: string): boolean {
  if (strength === "strong") return normaliseProfile(profile) !== claimed;
  return claimed === "release" && profile === "debug";
}
