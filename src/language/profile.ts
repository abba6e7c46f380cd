/** What is known of a language's build profiles: named sets of compiler settings, such as Cargo's `release` and `dev`. */
export interface ProfileFacts {
  /** Whether builds have one at all. */
  readonly exist: boolean;
  /** Why a binary does not prove which one it was. */
  readonly whyUnknown: string;
}

/**
 * One spelling of a profile. Manifests in every language use Cargo's names: its profile `dev` writes to the folder `debug`, and people
 * call it by either name (Cargo book, "Profiles").
 */
export function normaliseProfile(profile: string): string {
  const lower = profile.trim().toLowerCase();
  return lower === "dev" ? "debug" : lower;
}

/** A profile as Cargo's command line takes it: its own names in one spelling, others as they are, since their case counts. */
export function profileName(profile: string): string {
  const normal = normaliseProfile(profile);
  return normal === "debug" || normal === "release" ? normal : profile.trim();
}
