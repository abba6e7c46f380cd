import { expect, test } from "vitest";
import { linkerSetVariable } from "../../../src/evidence/go/build-info.ts";

/** What `-ldflags` of this value gives to PluginManifest. */
function given(flags: string): string | undefined {
  return linkerSetVariable({ settings: [{ key: "-ldflags", value: flags }] }, "PluginManifest")?.value;
}

test.each([
  ["-X main.PluginManifest=a", "a"],
  ["-X=main.PluginManifest=a", "a"],
  ["--X main.PluginManifest=a", "a"],
  ["-s -w -X example.com/p.PluginManifest=a=b -X main.Other=c", "a=b"],
  [`-X 'main.PluginManifest={"a": 1}'`, '{"a": 1}'],
  ['-X "main.PluginManifest=it\'s"', "it's"],
  ["-X main.PluginManifest=", ""],
  ["all=-X main.PluginManifest=a", "a"],
  ["example.com/...=-s -X main.PluginManifest=a", "a"],
])("-ldflags %s", (flags, value) => {
  expect(given(flags)).toBe(value);
});

test("of two values the last counts, as the linker has it", () => {
  expect(given("-X main.PluginManifest=a -X main.PluginManifest=b")).toBe("b");
});

test.each([
  "",
  "-s -w",
  "-X main.Other=a",
  "-X PluginManifest=a",
  "-X main.PluginManifest",
  "-X",
  "-Xmain.PluginManifest=a",
])("-ldflags %j gives none", (flags) => {
  expect(given(flags)).toBeUndefined();
});

test("the variable's package is told", () => {
  const settings = [{ key: "-ldflags", value: "-X example.com/p.PluginManifest=a" }];
  expect(linkerSetVariable({ settings }, "PluginManifest")?.name).toBe("example.com/p.PluginManifest");
});

test("a build without -ldflags gives none", () => {
  expect(
    linkerSetVariable({ settings: [{ key: "-race", value: "true" }] }, "PluginManifest"),
  ).toBeUndefined();
});
