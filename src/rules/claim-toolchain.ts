import { compareToolchains, parseToolchain } from "../manifest/toolchain.ts";
import { provable, speaksOf } from "./provable.ts";
import type { ManifestRule } from "./rule.ts";

export const claimToolchain = {
  id: "claim-toolchain",
  title: "the manifest claims another compiler than the compiler's stamp",
  severity: "error",
  evaluate: (file) =>
    provable(file)
      .filter(speaksOf)
      .flatMap(({ manifest: { manifest, at }, proof: { toolchain }, inSlice }) => {
        if (!toolchain.known) return [];
        const claimed = parseToolchain(manifest.language, manifest.toolchain_version);
        const stamped = parseToolchain(manifest.language, toolchain.value);
        if (claimed === undefined || stamped === undefined) return [];
        if (compareToolchains(claimed, stamped).status !== "mismatch") return [];
        return [
          {
            ...inSlice,
            subject: "toolchain_version",
            message: `claims ${manifest.toolchain_version}, and ${toolchain.value} made it`,
            plugin: { value: manifest.toolchain_version, from: `${at}/toolchain_version` },
            other: { value: toolchain.value, from: toolchain.from },
            cause: "The manifest was not made by the build that it describes.",
          },
        ];
      }),
} satisfies ManifestRule;
