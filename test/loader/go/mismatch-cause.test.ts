import { describe, expect, it } from "vitest";
import { known } from "../../../src/evidence/fact.ts";
import type { GoModule } from "../../../src/evidence/go/module-info.ts";
import { classifyMismatch } from "../../../src/loader/go/mismatch-cause.ts";
import { buildInfo, dep, host, noFact, plugin } from "./example.ts";

const changed = { "internal/abi": "a1", runtime: "b1", "example.com/dep/x": "c1" };
const depAlone = { "example.com/dep/x": "c1" };

function kinds(...given: Parameters<typeof classifyMismatch>): readonly string[] {
  return classifyMismatch(...given).map(({ kind, subject }) => `${kind} ${subject}`);
}

it("nothing is to blame where no package differs", () => {
  expect(classifyMismatch(plugin(), host())).toEqual([]);
});

it("another release is to blame for everything", () => {
  const release = known({ exact: "go1.26.5" }, ".go.buildinfo");
  const causes = classifyMismatch(plugin({ release, buildInfo: buildInfo("go1.26.5") }, changed), host());
  expect(causes).toMatchObject([
    {
      kind: "release",
      plugin: { value: "go1.26.5" },
      host: { value: "go1.26.8" },
      packages: ["internal/abi", "runtime", "example.com/dep/x"],
    },
  ]);
});

it("a module of another version is told beside another release", () => {
  const release = known({ exact: "go1.26.5" }, ".go.buildinfo");
  const other = buildInfo("go1.26.5", {}, [{ ...dep, version: "v1.1.0", sum: "h1:two" }]);
  expect(kinds(plugin({ release, buildInfo: other }, changed), host())).toEqual([
    "release go",
    "module example.com/dep",
  ]);
});

it.each([
  ["-trimpath", "true"],
  ["-race", "true"],
  ["-gcflags", "all=-l"],
  ["-tags", "netgo"],
  ["GOEXPERIMENT", "nodwarf5"],
])("%s on one side is to blame", (key, value) => {
  const info = buildInfo("go1.26.8", { "-compiler": "gc", [key]: value });
  expect(kinds(plugin({ buildInfo: info }, changed), host())).toEqual([`setting ${key}`]);
});

it("flags for the main package alone are not to blame", () => {
  const info = buildInfo("go1.26.8", { "-compiler": "gc", "-gcflags": "-N -l" });
  expect(kinds(plugin({ buildInfo: info }, depAlone), host())).toEqual(["directory example.com/dep"]);
});

it("a flag that reaches all packages is not to blame where the standard library is the same", () => {
  const info = buildInfo("go1.26.8", { "-compiler": "gc", "-trimpath": "true" });
  expect(kinds(plugin({ buildInfo: info }, depAlone), host())).toEqual(["directory example.com/dep"]);
});

it("the order of tags is not to blame", () => {
  const [one, other] = ["a,b", "b,a"].map((tags) => buildInfo("go1.26.8", { "-tags": tags }));
  if (one === undefined || other === undefined) throw new Error("both are given");
  expect(kinds(plugin({ buildInfo: one }, depAlone), host({ buildInfo: other }))).toEqual([
    "directory example.com/dep",
  ]);
});

it.each([
  [
    "version",
    { ...dep, version: "v1.1.0" },
    /Different versions of module example.com\/dep: the plugin has .* v1.1.0/,
  ],
  ["sum", { ...dep, sum: "h1:two" }, /module sums are different/],
  [
    "replacement",
    { ...dep, replacedBy: { path: "./near", version: "", sum: undefined } },
    /the plugin has example.com\/dep v1.0.0 => .\/near/,
  ],
])("a module of another %s is to blame", (_, module, text) => {
  const info = buildInfo("go1.26.8", { "-compiler": "gc" }, [module]);
  const causes = classifyMismatch(plugin({ buildInfo: info }, depAlone), host());
  expect(causes).toMatchObject([{ kind: "module", subject: "example.com/dep" }]);
  expect(causes[0]?.text).toMatch(text);
});

it("the folder is to blame where the module is the same and paths are not trimmed", () => {
  expect(classifyMismatch(plugin({}, depAlone), host())[0]?.text).toContain("compiled in a different folder");
});

it("nothing explains it where the module is the same and paths are trimmed", () => {
  const info = buildInfo("go1.26.8", { "-trimpath": "true" });
  expect(kinds(plugin({ buildInfo: info }, depAlone), host({ buildInfo: info }))).toEqual([
    "unexplained example.com/dep",
  ]);
});

it("the toolchain's own build is to blame for a standard library of the same release", () => {
  expect(kinds(plugin({}, { runtime: "b1" }), host())).toEqual(["toolchain-build runtime"]);
});

it("without build info nothing explains a module's package", () => {
  expect(kinds(plugin({ buildInfo: noFact }, depAlone), host())).toEqual(["unexplained example.com/dep/x"]);
});

describe("the module that the host was built of", () => {
  const packages = { "example.com/dep/x": "c1" };
  const main = (version: string, sum?: string) => ({ path: "example.com/dep", version, sum });
  const built = (version: string, sum?: string) =>
    known({ ...valueOf(buildInfo()), main: main(version, sum), deps: [] }, ".go.buildinfo");

  it.each(["(devel)", "v1.0.0", "v0.0.0-20260101000000-0123456789ab"])(
    "differs by the paths of its folder at least: %s",
    (version) => {
      const [cause] = classifyMismatch(plugin({}, packages), host({ buildInfo: built(version) }));
      expect(cause).toMatchObject({ kind: "module", subject: "example.com/dep" });
      expect(cause?.text).toContain("The host was built in the folder of module example.com/dep");
      expect(cause?.fix).toContain("go work init");
    },
  );

  it("is a module like others if it was built outside of its folder", () => {
    const [cause] = classifyMismatch(plugin({}, packages), host({ buildInfo: built("v1.1.0", "h1:two") }));
    expect(cause?.text).toContain("Different versions of module example.com/dep");
  });

  it("has other sources in one workspace", () => {
    const devel = buildInfo("go1.26.8", { "-trimpath": "true" }, [main("(devel)")]);
    const info = known({ ...valueOf(built("(devel)")), settings: valueOf(devel).settings }, ".go.buildinfo");
    expect(kinds(plugin({ buildInfo: devel }, packages), host({ buildInfo: info }))).toEqual([
      "sources example.com/dep",
    ]);
  });
});

describe("a package that imports one that differs", () => {
  const near = { path: "example.com/near", version: "(devel)", sum: undefined };
  const order = ["example.com/dep/x", "example.com/near/y"];
  const table = (paths: readonly string[], hash: string) =>
    known({ checks: paths.map((path) => ({ package: path, hash })) }, "table");
  const newer = { ...dep, version: "v1.1.0", sum: "h1:two" };
  const both = (paths: readonly string[], plugin: GoModule): ReturnType<typeof kinds> =>
    kinds(
      { table: table(paths, "a1"), buildInfo: buildInfo("go1.26.8", {}, [plugin, near]), release: noFact },
      {
        packageHashes: known(new Map(paths.map((path) => [path, "b1"])), "table"),
        buildInfo: buildInfo("go1.26.8", {}, [dep, near]),
        release: noFact,
      },
    );

  it("goes with it if nothing else is known to differ", () => {
    expect(both(order, newer)).toEqual(["module example.com/dep"]);
  });

  it("has its own cause if it comes before, since imports come first", () => {
    expect(both([...order].reverse(), newer)).toEqual(
      ["module example.com/dep", "directory example.com/near"].reverse(),
    );
  });

  it("has its own cause if no module is known to differ", () => {
    expect(both(order, dep)).toEqual(["directory example.com/dep", "directory example.com/near"]);
  });
});

function valueOf<T>(fact: { readonly known: boolean; readonly value?: T }): T {
  if (fact.value === undefined) throw new Error("it is known");
  return fact.value;
}
