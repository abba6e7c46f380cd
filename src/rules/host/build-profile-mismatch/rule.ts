import { languages } from "../../../language/languages.ts";
import { normaliseProfile } from "../../../language/profile.ts";
import { advise } from "../../../language/fix.ts";
import { rebuildLikeHost } from "../rebuild.ts";
import { sideOf, type ComparisonRule } from "../../rule.ts";

export const buildProfileMismatch = {
  id: "build-profile-mismatch",
  group: "host",
  title: "build profiles differ",
  checkTitle: "build profile",
  severity: "error",
  loader: "ignored",
  evaluate: (pair) => {
    const {
      plugin: { build: plugin },
      host: { build: host },
    } = pair;
    if (plugin === undefined || host === undefined) return { findings: [] };
    const { profile: ours } = plugin;
    const { profile: theirs } = host;
    const { profiles } = languages[plugin.language];
    const sides = { plugin: sideOf(ours, String), host: sideOf(theirs, String) };
    if (!ours.known || !theirs.known) {
      // Without profiles in the language, nothing is missing if nobody claims one.
      if (!profiles.exist) return { findings: [] };
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
          fix: profiles.exist ? rebuildLikeHost(pair) : [advise(profileName(theirs.value))],
        },
      ],
      check: { ...sides, status: "mismatch", decisive: false },
    };
  },
} satisfies ComparisonRule;

/** The name is the manifest's own then. */
function profileName(profile: string): string {
  return `Go has no profiles: build both with the same -gcflags, and give the plugin's manifest the build_profile ${JSON.stringify(profile)}.`;
}
