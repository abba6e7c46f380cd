import { expect, it } from "vitest";
import { known } from "../../../src/evidence/fact.ts";
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
