import { go } from "./go/go.ts";
import type { Language, LanguageFacts } from "./language-facts.ts";
import { rust } from "./rust/rust.ts";

/**
 * Every language, and what is known of it: the one list. It has the type of the whole union, so that the compiler points here if one is
 * missing, and not at everyone who looks a fact up.
 */
export const languages: Readonly<Record<Language, LanguageFacts>> = { go, rust };

/** The language that a value names; undefined if it names none. */
export function languageOf(value: unknown): Language | undefined {
  return typeof value === "string" && Object.hasOwn(languages, value) ? (value as Language) : undefined;
}

/** What stamps a binary, in words: "Go or rustc". */
export const anyStamp = Object.values(languages)
  .map(({ stampedBy }) => stampedBy)
  .join(" or ");

/** What makes a build a plugin, in words: `-buildmode=plugin (Go) or crate-type = ["cdylib"] (Rust)`. */
export const anyPluginSetting = Object.values(languages)
  .map(({ name, pluginSetting }) => `${pluginSetting} (${name})`)
  .join(" or ");
