import type { Manifest } from "../manifest/generated/manifest.ts";
import type { FlagFacts } from "./build-flags.ts";
import type { DependencyFacts } from "./dependency.ts";
import type { Fix } from "./fix.ts";
import type { ProfileFacts } from "./profile.ts";
import type { Recipe } from "./recipe.ts";
import type { ToolchainFacts } from "./toolchain.ts";

/** A language that plugins and hosts are written in, as manifests name it (schemas/manifest.schema.json). */
export type Language = Manifest["language"];

/** What is known of one language, whatever file it is read from. */
export interface LanguageFacts {
  /** As people write it: "Go", "Rust". */
  readonly name: string;
  /** What leaves its stamp in a binary: "Go", "rustc". */
  readonly stampedBy: string;
  /** What makes a build a plugin: `-buildmode=plugin`, `crate-type = ["cdylib"]`. */
  readonly pluginSetting: string;
  /** What a host that is written in Go opens such a plugin with. */
  readonly opener: "plugin.Open" | "dlopen";
  readonly toolchain: ToolchainFacts;
  readonly flags: FlagFacts;
  readonly profiles: ProfileFacts;
  readonly dependencies: DependencyFacts;
  /** What builds a plugin as its host was built. The dependencies are set before. */
  readonly rebuild: (plugin: Recipe, host: Recipe) => readonly Fix[];
  /** What builds a host of the language again so that it can load plugins, if its build can be the reason that it cannot. */
  readonly rebuildHost?: (host: Recipe) => Fix;
}
