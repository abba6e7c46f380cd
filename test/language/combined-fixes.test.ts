import { describe, expect, it } from "vitest";
import { combinedFixes } from "../../src/language/combined-fixes.ts";
import { advise, run, type Fix } from "../../src/language/fix.ts";
import { goModules } from "../../src/language/go/module.ts";
import { rustCrates } from "../../src/language/rust/crate.ts";

function moduleFix(name: string, from: string, to: string): Fix {
  const [fix] = goModules.fix({ name, version: from, hash: "h1:p=", from: "x" }, [
    { name, version: to, hash: "h1:h=", from: "x" },
  ]);
  if (fix === undefined) throw new Error("there is a fix");
  return fix;
}

function crateFix(name: string, from: string, to: string): Fix {
  const [fix] = rustCrates.fix({ name, version: from, hash: "p", from: "x" }, [
    { name, version: to, hash: "h", from: "x" },
  ]);
  if (fix === undefined) throw new Error("there is a fix");
  return fix;
}

const build = run("go build .", undefined, { kind: "build" });

function texts(fixes: readonly Fix[]): readonly string[] {
  return combinedFixes(fixes).map((fix) => (fix.kind === "command" ? fix.run : fix.text));
}

describe("the fixes of several findings", () => {
  it("are one go get, and one build after it", () => {
    const [one, other] = [moduleFix("a.com/a", "v1.0.0", "v1.1.0"), moduleFix("a.com/b", "v1.0.0", "v1.2.0")];
    expect(texts([build, one, build, other, build, one])).toEqual([
      "go get a.com/a@v1.1.0 a.com/b@v1.2.0 && go mod tidy",
      "go build .",
    ]);
  });

  it("are one edit of go.mod if one of the modules has to go down", () => {
    const [command] = texts([
      moduleFix("a.com/a", "v1.0.0", "v1.1.0"),
      moduleFix("a.com/b", "v1.2.0", "v1.0.0"),
    ]);
    expect(command).toMatch(
      /^while go mod edit -require=a.com\/a@v1.1.0 -require=a.com\/b@v1.0.0 && go mod tidy/,
    );
  });

  it("ask Cargo for all crates at once", () => {
    const [command] = texts([crateFix("alpha", "1.2.0", "1.1.0"), crateFix("beta", "1.2.0", "1.1.0")]);
    expect(command).toContain("cargo add alpha@=1.1.0 beta@=1.1.0 && cargo update --workspace");
  });

  it("set two versions of one crate one after the other", () => {
    const [command] = texts([crateFix("syn", "1.2.0", "1.1.0"), crateFix("syn", "2.2.0", "2.1.0")]);
    expect(command).toMatch(/ && cargo update -p syn@2\.2\.0 --precise 2\.1\.0$/);
  });

  it("of one module are as its own", () => {
    const fix = moduleFix("a.com/a", "v1.0.0", "v1.1.0");
    expect(combinedFixes([fix, fix])).toEqual([fix]);
    expect(combinedFixes([])).toEqual([]);
  });

  it("keep what is only said, once and last", () => {
    expect(texts([advise("Rest."), run("go work init"), advise("Rest."), build])).toEqual([
      "go work init",
      "go build .",
      "Rest.",
    ]);
  });
});
