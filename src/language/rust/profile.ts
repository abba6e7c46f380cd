import type { ProfileFacts } from "../profile.ts";

/** Cargo's profiles (Cargo book, "Profiles"). */
export const rustProfiles: ProfileFacts = {
  exist: true,
  whyUnknown: "rustc leaves no stamp of the profile; a manifest would tell",
};
