import { normaliseProfile } from "../../../language/profile.ts";
import { sideOf, type ComparisonRule } from "../../rule.ts";
import { shellWord } from "../../../language/shell-word.ts";
import type { Fix } from "../../../language/fix.ts";

export const buildProfileMismatch = {
  id: "build-profile-mismatch",
  group: "host",
  title: "build profiles differ",
  checkTitle: "build profile",
  severity: "error",
  loader: "ignored",
  evaluate: ({ plugin: { build: plugin }, host: { build: host } }) => {
    if (plugin === undefined || host === undefined) return { findings: [] };
    const { profile: ours } = plugin;
    const { profile: theirs } = host;
    const sides = { plugin: sideOf(ours, String), host: sideOf(theirs, String) };
    if (!ours.known || !theirs.known) {
      // Go has no profiles, so nothing is missing if nobody claims one.
      if (plugin.language === "go") return { findings: [] };
      const [reason] = [ours, theirs].flatMap((fact) => (fact.known ? [] : [fact.why]));
      return { findings: [], check: { ...sides, status: "unknown", decisive: false, reason: reason ?? "" } };
    }
    const wanted = normaliseProfile(theirs.value);
    if (normaliseProfile(ours.value) === wanted) {
      return { findings: [], check: { ...sides, status: "match", decisive: false } };
    }
    return {
      findings: [
        {
          ...sides,
          message: `was built with the ${ours.value} profile; the host with ${theirs.value}`,
          fix: plugin.language === "rust" ? cargo(wanted) : [],
        },
      ],
      check: { ...sides, status: "mismatch", decisive: false },
    };
  },
} satisfies ComparisonRule;

function cargo(profile: string): readonly Fix[] {
  if (profile === "release") return [{ kind: "command", run: "cargo build --release" }];
  return [
    {
      kind: "command",
      run: profile === "debug" ? "cargo build" : `cargo build --profile ${shellWord(profile)}`,
    },
  ];
}
