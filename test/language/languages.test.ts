import { expect, it } from "vitest";
import { anyPluginSetting, anyStamp, languageOf } from "../../src/language/languages.ts";

it("only the names of languages name one", () => {
  expect(languageOf("go")).toBe("go");
  for (const value of ["Go", "toString", "", 1, undefined]) expect(languageOf(value)).toBeUndefined();
});

it("languages are listed in words", () => {
  expect(anyStamp).toBe("Go or rustc");
  expect(anyPluginSetting).toBe('-buildmode=plugin (Go) or crate-type = ["cdylib"] (Rust)');
});
