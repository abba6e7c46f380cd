import type { LanguageFacts } from "../language-facts.ts";
import { rustFlags } from "./build-flags.ts";
import { rustCrates } from "./crate.ts";
import { rustProfiles } from "./profile.ts";
import { rebuildRust } from "./recipe.ts";
import { rustToolchain } from "./toolchain.ts";

/** What is known of Rust. */
export const rust: LanguageFacts = {
  name: "Rust",
  stampedBy: "rustc",
  pluginSetting: 'crate-type = ["cdylib"]',
  opener: "dlopen",
  toolchain: rustToolchain,
  flags: rustFlags,
  profiles: rustProfiles,
  dependencies: rustCrates,
  rebuild: rebuildRust,
};
