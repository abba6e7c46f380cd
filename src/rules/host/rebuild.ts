import type { ArtifactSlice } from "../../artifact/artifact.ts";
import type { Build } from "../../artifact/build.ts";
import type { Fix } from "../../language/fix.ts";
import { languages } from "../../language/languages.ts";
import { profileName } from "../../language/profile.ts";
import type { Recipe } from "../../language/recipe.ts";
import type { Pair } from "../rule.ts";
import { targetOf } from "./known-target.ts";

type Sides = Partial<Pick<Pair, "plugin" | "host">>;

/** The commands that build the plugin as its host was built; none if it is unknown how either was built. */
export function rebuildLikeHost({ plugin, host }: Sides): readonly Fix[] {
  if (plugin?.build === undefined || host?.build === undefined) return [];
  return languages[plugin.build.language].rebuild(
    recipeOf(plugin.build, plugin.slice),
    recipeOf(host.build, host.slice),
  );
}

/** The command that builds the host again, so that it can load plugins of its own language. */
export function rebuildHost({ host }: Sides): readonly Fix[] {
  if (host === undefined) return [];
  for (const build of host.builds) {
    const { rebuildHost: rebuild } = languages[build.language];
    if (rebuild !== undefined) return [rebuild(recipeOf(build, host.slice))];
  }
  return [];
}

function recipeOf(build: Build, slice: ArtifactSlice | undefined): Recipe {
  const { toolchain, flags, profile, environment, mainPackage, manifest, language } = build;
  return {
    toolchain: toolchain.known ? languages[language].toolchain.parse(toolchain.value) : undefined,
    flags: flags.known ? flags.value : undefined,
    profile: profile.known ? profileName(profile.value) : undefined,
    environment,
    target: targetOf(slice, manifest).target,
    mainPackage,
  };
}
