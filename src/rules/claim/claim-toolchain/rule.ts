import { compareToolchains, isOutside, parseToolchain } from "../../../manifest/toolchain.ts";
import { speaksOf } from "../provable.ts";
import type { ClaimRule } from "../../rule.ts";

export const claimToolchain = {
  id: "claim-toolchain",
  group: "claim",
  title: "the manifest claims another compiler than the compiler's stamp",
  checkTitle: "claimed toolchain",
  severity: "error",
  loader: "checked",
  evaluate: (claim) => {
    const {
      manifest: { manifest, at },
      proof: { toolchain, releases },
    } = claim;
    if (!speaksOf(claim)) return [];
    const claimed = parseToolchain(manifest.language, manifest.toolchain_version);
    if (claimed === undefined) return [];
    const stamp = toolchain.known
      ? { value: toolchain.value, from: toolchain.from }
      : releases.known
        ? { value: `${releases.value.from} to ${releases.value.to}`, from: releases.from }
        : undefined;
    const stamped = toolchain.known ? parseToolchain(manifest.language, toolchain.value) : undefined;
    const isRefuted =
      stamped === undefined
        ? releases.known && isOutside(claimed, releases.value)
        : compareToolchains(claimed, stamped).status === "mismatch";
    if (stamp === undefined || !isRefuted) return [];
    return [
      {
        subject: "toolchain_version",
        message: `claims ${manifest.toolchain_version}, and ${stamp.value} made it`,
        plugin: { value: manifest.toolchain_version, from: `${at}/toolchain_version` },
        other: stamp,
        cause: "The manifest was not made by the build that it describes.",
      },
    ];
  },
} satisfies ClaimRule;
