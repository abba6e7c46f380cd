import { compareToolchains, parseToolchain, type Comparison, type Toolchain } from "../manifest/toolchain.ts";
import type { Fix } from "./finding.ts";
import { shellWord } from "./shell-word.ts";
import { missingManifest } from "./missing-manifest.ts";
import { side, type ComparisonRule } from "./rule.ts";
import type { ManifestAt } from "../manifest/claim.ts";

export const toolchainMismatch = {
  id: "toolchain-mismatch",
  title: "compilers differ",
  severity: "error",
  evaluate: (pair) => {
    const { plugin, host } = { plugin: pair.plugin.manifest, host: pair.host.manifest };
    if (plugin === undefined || host === undefined) return { findings: [], check: missingManifest(pair) };
    const sides = { plugin: side(plugin, "toolchain_version"), host: side(host, "toolchain_version") };
    const theirs = toolchain(host);
    const result = compare(toolchain(plugin), theirs);
    if (result.status === "unknown") {
      return { findings: [], check: { ...sides, status: "unknown", decisive: true, reason: result.reason } };
    }
    const mismatch = {
      ...sides,
      message: `was built with ${sides.plugin.value}, the host with ${sides.host.value}`,
      cause: "Plugin and host must come from one compiler release.",
      fix: theirs === undefined ? [] : fix(theirs, plugin.manifest.build_profile),
    };
    return {
      findings: result.status === "mismatch" ? [mismatch] : [],
      check: { ...sides, status: result.status, decisive: true },
    };
  },
} satisfies ComparisonRule;

function toolchain({ manifest }: ManifestAt): Toolchain | undefined {
  return parseToolchain(manifest.language, manifest.toolchain_version);
}

function compare(plugin: Toolchain | undefined, host: Toolchain | undefined): Comparison {
  if (plugin === undefined || host === undefined) {
    const whose = plugin === undefined ? "the plugin's" : "the host's";
    return { status: "unknown", reason: `${whose} toolchain_version has no known form` };
  }
  return compareToolchains(plugin, host);
}

function fix(host: Toolchain, profile: string): readonly Fix[] {
  if (host.channel !== "stable") {
    return [
      {
        kind: "advice",
        text: `Build the plugin with the host's compiler, ${host.release} at its very commit.`,
      },
    ];
  }
  const release = profile === "release" ? " --release" : "";
  return [
    host.language === "go"
      ? { kind: "command", run: `GOTOOLCHAIN=${shellWord(`go${host.release}`)} go build -buildmode=plugin .` }
      : { kind: "command", run: `cargo ${shellWord(`+${host.release}`)} build${release}` },
  ];
}
