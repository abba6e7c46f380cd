import { describe, expect, it } from "vitest";
import { parseGoModuleInfo } from "../../../src/evidence/go/module-info.ts";

const read = (text: string) => parseGoModuleInfo(text, ".go.buildinfo");

const sum = "h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

/** The setting of one `build` line. */
function setting(line: string): unknown {
  const info = read(`build\t${line}\n`);
  return info.known ? info.value.settings[0] : info.why;
}

describe("module info", () => {
  it("of an empty text has nothing", () => {
    expect(read("")).toEqual({
      known: true,
      value: { path: undefined, main: undefined, deps: [], settings: [] },
      from: ".go.buildinfo",
    });
  });

  it("keeps dependencies in their order", () => {
    const info = read(`dep\tb\tv1\t${sum}\ndep\ta\tv2\t${sum}\n`);
    expect(info).toMatchObject({
      value: {
        deps: [
          { path: "b", version: "v1", sum },
          { path: "a", version: "v2", sum },
        ],
      },
    });
  });

  it("has no sum where its column is empty or missing", () => {
    const info = read("dep\ta\tv1\t\ndep\tb\tv1\n");
    expect(info).toMatchObject({ value: { deps: [{ sum: undefined }, { sum: undefined }] } });
  });

  it("tells what a dependency is replaced by", () => {
    const info = read(`dep\ta\tv1\n=>\tfork.example/a\tv3\t${sum}\n\ndep\tb\tv1\t${sum}\n`);
    expect(info).toMatchObject({
      value: {
        deps: [
          {
            path: "a",
            version: "v1",
            sum: undefined,
            replacedBy: { path: "fork.example/a", version: "v3", sum },
          },
          { path: "b", version: "v1", sum },
        ],
      },
    });
  });

  it("tells what the main module is replaced by", () => {
    const info = read("mod\ta\tv1\n=>\t../a\t(devel)\t\n");
    expect(info).toMatchObject({
      value: { main: { path: "a", replacedBy: { path: "../a", version: "(devel)" } } },
    });
  });

  it("leaves out lines that it does not know, and a last one that does not end", () => {
    const info = read("path\tp\nfuture\tx\ty\n\nbuild\t-race=true\nbuild\t-msan=true");
    expect(info).toMatchObject({
      value: { path: "p", main: undefined, deps: [], settings: [{ key: "-race", value: "true" }] },
    });
  });

  it.each([
    ["a module without a version", "dep\ta\n", /^line 1 .*: a module has 1 columns, not 2 or 3$/],
    ["a module with four columns", "mod\ta\tb\tc\td\n", /^line 1 .*: a module has 4 columns/],
    [
      "a replacement without a sum",
      "dep\ta\tv1\n=>\tb\tv2\n",
      /^line 2 .*: a replacement has 2 columns, not 3$/,
    ],
    ["a replacement of nothing", "=>\tb\tv2\t\n", /^line 1 .*: a replacement follows no module$/],
    [
      "two replacements of one module",
      "dep\ta\tv1\n=>\tb\tv2\t\n=>\tc\tv3\t\n",
      /^line 3 .*: a replacement follows no/,
    ],
    ["a setting without a key", "build\t=x\n", /: a build setting has no key$/],
    ["a setting without a value", "build\t-race\n", /: a build setting has no value$/],
    ["a quoted key without a value", 'build\t"-race"\n', /: a build setting has no value$/],
    ["a key that should be quoted", "build\ta b=c\n", /: a build setting has no key$/],
    ["a value that should be quoted", "build\ta=b c\n", /: the value of "a" is not quoted as it must be$/],
    ["text behind a quoted value", 'build\ta="b"c\n', /: the value of "a" is not quoted/],
    ["a quoted value that does not end", 'build\ta="b\n', /: the value of "a" is not quoted/],
  ])("with %s is unknown", (_, text, why) => {
    const info = read(text);
    expect(info.known ? "known" : info.why).toMatch(why);
  });

  it.each([
    ["-tags=a,b", { key: "-tags", value: "a,b" }],
    ["CGO_CFLAGS=", { key: "CGO_CFLAGS", value: "" }],
    ["DefaultGODEBUG=a=1,b=2", { key: "DefaultGODEBUG", value: "a=1,b=2" }],
    ['-ldflags="-s -w"', { key: "-ldflags", value: "-s -w" }],
    ['-ldflags=`-s "x"`', { key: "-ldflags", value: '-s "x"' }],
    ['"a=b"=c', { key: "a=b", value: "c" }],
    ['a=""', { key: "a", value: "" }],
  ])("reads the setting %s", (line, expected) => {
    expect(setting(line)).toEqual(expected);
  });
});
