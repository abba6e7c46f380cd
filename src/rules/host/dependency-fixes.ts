import { pairDependencies } from "../../language/dependency.ts";
import type { Fix } from "../../language/fix.ts";
import { languages } from "../../language/languages.ts";
import type { Pair } from "../rule.ts";

/** What makes the plugin link what the host links, of all that both have in different versions. */
export function sharedDependencyFixes({
  plugin,
  host,
}: Partial<Pick<Pair, "plugin" | "host">>): readonly Fix[] {
  const [ours, theirs] = [plugin?.build, host?.build];
  if (ours?.dependencies.known !== true || theirs?.dependencies.known !== true) return [];
  const { fix } = languages[ours.language].dependencies;
  return pairDependencies(ours.dependencies.value, theirs.dependencies.value).flatMap((each) =>
    each.status === "mismatch" ? fix(each.plugin, each.host) : [],
  );
}
