import type { LanguageFacts } from "../language-facts.ts";
import { goFlags } from "./build-flags.ts";
import { goModules } from "./module.ts";
import { rebuildGo, rebuildGoHost } from "./recipe.ts";
import { goToolchain } from "./toolchain.ts";

/** What is known of Go. */
export const go: LanguageFacts = {
  name: "Go",
  stampedBy: "Go",
  pluginSetting: "-buildmode=plugin",
  opener: "plugin.Open",
  toolchain: goToolchain,
  flags: goFlags,
  profiles: { exist: false, whyUnknown: "Go has no profiles" },
  dependencies: goModules,
  rebuild: rebuildGo,
  rebuildHost: rebuildGoHost,
};
