/** Cargo's profile `dev` writes to the folder `debug`, and people call it by either name (Cargo book, "Profiles"). */
export function normaliseProfile(profile: string): string {
  const lower = profile.trim().toLowerCase();
  return lower === "dev" ? "debug" : lower;
}
