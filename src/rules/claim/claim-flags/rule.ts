import { comparableFlags, flagDifference, recordedFlags } from "../../../language/build-flags.ts";
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
  evaluate: (claim) => {
    if (!speaksOf(claim)) return [];
    return claim.manifest.manifest.language === "go" ? goFlags(claim) : rustPanic(claim);
  },
} satisfies ClaimRule;

function goFlags({ manifest: { manifest, at }, proof: { flags } }: Provable): readonly FindingDraft[] {
  if (!flags.known) return [];
  const claimed = recordedFlags(manifest.build_flags);
  const real = recordedFlags(flags.value);
  const { onlyPlugin, onlyHost } = flagDifference(claimed, real);
  if (onlyPlugin.length + onlyHost.length === 0) return [];
  return [
    {
      subject: "build_flags",
      message: [
        ...(onlyPlugin.length === 0 ? [] : [`claims ${onlyPlugin.join(" ")}, which was not used`]),
        ...(onlyHost.length === 0 ? [] : [`does not mention ${onlyHost.join(" ")}, which was used`]),
      ].join("; "),
      plugin: { value: claimed.join(" ") || "none", from: `${at}/build_flags` },
      other: { value: real.join(" ") || "none", from: flags.from },
    },
  ];
}

/** rustc records no flags, but its panic strategy shows. A Cargo profile may set it too, so a manifest that does not mention it claims nothing. */
function rustPanic({ manifest: { manifest, at }, proof: { panic } }: Provable): readonly FindingDraft[] {
  const claimed = comparableFlags("rust", manifest.build_flags).find((flag) => flag.startsWith("-C panic="));
  if (!panic.known || claimed === undefined || claimed === `-C panic=${panic.value}`) return [];
  return [
    {
      subject: "build_flags",
      message: `claims ${claimed} but was built with -C panic=${panic.value}`,
      plugin: { value: claimed, from: `${at}/build_flags` },
      other: { value: `-C panic=${panic.value}`, from: panic.from },
    },
  ];
}
