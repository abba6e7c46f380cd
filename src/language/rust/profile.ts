import { run } from "../fix.ts";
import type { ProfileFacts } from "../profile.ts";
import { shellWord } from "../shell-word.ts";

/** Cargo's profiles (Cargo book, "Profiles"). */
export const rustProfiles: ProfileFacts = {
  exist: true,
  whyUnknown: "rustc leaves no stamp of the profile; a manifest would tell",
  fix: (profile) => [run(buildCommand(profile))],
};

function buildCommand(profile: string): string {
  if (profile === "release") return "cargo build --release";
  return profile === "debug" ? "cargo build" : `cargo build --profile ${shellWord(profile)}`;
}
