import type { Fix } from "./finding.ts";
import { side, type ComparisonRule } from "./rule.ts";
import { shellWord } from "./shell-word.ts";

export const buildProfileMismatch = {
  id: "build-profile-mismatch",
  title: "build profiles differ",
  severity: "error",
  evaluate: ({ plugin: { manifest: plugin }, host: { manifest: host } }) => {
    if (plugin === undefined || host === undefined) return { findings: [] };
    const sides = { plugin: side(plugin, "build_profile"), host: side(host, "build_profile") };
    const ours = normalise(sides.plugin.value);
    const theirs = normalise(sides.host.value);
    if (ours === theirs) return { findings: [], check: { ...sides, status: "match", decisive: false } };
    return {
      findings: [
        {
          ...sides,
          message: `was built with profile ${sides.plugin.value}, the host with ${sides.host.value}`,
          fix: plugin.manifest.language === "rust" ? cargo(theirs) : [],
        },
      ],
      check: { ...sides, status: "mismatch", decisive: false },
    };
  },
} satisfies ComparisonRule;

/** Cargo's profile `dev` writes to the folder `debug`, and people call it by either name (Cargo book, "Profiles"). */
function normalise(profile: string): string {
  const lower = profile.trim().toLowerCase();
  return lower === "dev" ? "debug" : lower;
}

function cargo(profile: string): readonly Fix[] {
  if (profile === "release") return [{ kind: "command", run: "cargo build --release" }];
  return [
    {
      kind: "command",
      run: profile === "debug" ? "cargo build" : `cargo build --profile ${shellWord(profile)}`,
    },
  ];
}
