import { advise } from "../../../language/fix.ts";
import { flagDifference, recordedFlags } from "../../../language/build-flags.ts";
import { languages } from "../../../language/languages.ts";
import { panicFlag } from "../../../language/rust/build-flags.ts";
import { speaksOf } from "../provable.ts";
import type { ClaimRule, Provable } from "../../rule.ts";
import type { FindingDraft } from "../../draft.ts";

export const claimFlags = {
  id: "claim-flags",
  group: "claim",
  title: "the manifest claims different build flags than the binary shows",
  checkTitle: "claimed flags",
  severity: "error",
  loader: "ignored",
  evaluate: (claim) => (speaksOf(claim) ? [...ofRecord(claim), ...ofPanic(claim)] : []),
} satisfies ClaimRule;

const fromOnePlace = advise(
  "Take `build_flags` and the flags of the build from one place, such as GOFLAGS or RUSTFLAGS, and build the file again.",
);

/** Of a language whose compiler records its flags. */
function ofRecord({ manifest: { manifest, at }, proof: { flags } }: Provable): readonly FindingDraft[] {
  if (!flags.known) return [];
  const facts = languages[manifest.language].flags;
  const claimed = recordedFlags(facts, manifest.build_flags);
  const real = recordedFlags(facts, flags.value);
  const { onlyPlugin, onlyHost } = flagDifference(claimed, real);
  if (onlyPlugin.length + onlyHost.length === 0) return [];
  return [
    {
      subject: "build_flags",
      message: [
        ...(onlyPlugin.length === 0 ? [] : [`claims ${facts.text(onlyPlugin)}, which was not used`]),
        ...(onlyHost.length === 0 ? [] : [`does not mention ${facts.text(onlyHost)}, which was used`]),
      ].join("; "),
      plugin: { value: facts.text(claimed) || "none", from: `${at}/build_flags` },
      other: { value: facts.text(real) || "none", from: flags.from },
      fix: [fromOnePlace],
    },
  ];
}

/** rustc records no flags, but its panic strategy shows. A Cargo profile may set it too, so a manifest that does not mention it claims nothing. */
function ofPanic({ manifest: { manifest, at }, proof: { panic } }: Provable): readonly FindingDraft[] {
  if (!panic.known) return [];
  const real = panicFlag(panic.value);
  const { comparable } = languages[manifest.language].flags;
  const claimed = comparable(manifest.build_flags).find((flag) => flag.startsWith(panicFlag("")));
  if (claimed === undefined || claimed === real) return [];
  return [
    {
      subject: "build_flags",
      message: `claims ${claimed} but was built with ${real}`,
      plugin: { value: claimed, from: `${at}/build_flags` },
      other: { value: real, from: panic.from },
      fix: [fromOnePlace],
    },
  ];
}
