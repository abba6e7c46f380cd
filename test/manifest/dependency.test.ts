import { describe, expect, it } from "vitest";
import { dependenciesOf, pairDependencies } from "../../src/manifest/dependency.ts";

const one = "a".repeat(64);
const other = "b".repeat(64);

function statuses(plugin: Record<string, string>, host: Record<string, string>): readonly string[] {
  return pairDependencies(dependenciesOf(plugin), dependenciesOf(host)).map(({ status }) => status);
}

describe("dependencies", () => {
  it("match by name and hash", () => {
    expect(statuses({ "example.com/a": "h1:x=" }, { "example.com/a": "h1:x=" })).toEqual(["match"]);
    expect(statuses({ "example.com/a": "h1:x=" }, { "example.com/a": "h1:X=" })).toEqual(["mismatch"]);
  });

  it("are compared as numbers where they are hexadecimal", () => {
    expect(statuses({ syn: one.toUpperCase() }, { syn: one })).toEqual(["match"]);
  });

  it("may carry a version on one side only", () => {
    expect(statuses({ "syn@1.0.109": one }, { syn: one })).toEqual(["match"]);
    expect(statuses({ syn: one }, { "syn@1.0.109": other })).toEqual(["mismatch"]);
  });

  it("take the host's copy of the plugin's version where there are several", () => {
    expect(statuses({ "syn@2.0.1": one }, { "syn@1.0.109": other, "syn@2.0.1": one })).toEqual(["match"]);
    expect(statuses({ "syn@2.0.1": other }, { "syn@1.0.109": other, "syn@2.0.1": one })).toEqual([
      "mismatch",
    ]);
    expect(statuses({ syn: one }, { "syn@1.0.109": other, "syn@2.0.1": one })).toEqual(["match"]);
  });

  it("differ where the host links other versions only", () => {
    expect(statuses({ "syn@2.0.1": one }, { "syn@1.0.109": other })).toEqual(["mismatch"]);
  });

  it("are absent where the host has none of that name", () => {
    expect(statuses({ a: one }, { b: one })).toEqual(["absent"]);
  });

  it("cannot be compared across kinds of hash or without one", () => {
    expect(statuses({ a: "h1:x=" }, { a: one })).toEqual(["unknown"]);
    expect(statuses({ a: "" }, { a: "" })).toEqual(["unknown"]);
  });

  it("keep a scope's at sign in the name", () => {
    expect(dependenciesOf({ "@scope/pkg": "x" })[0]).toMatchObject({
      name: "@scope/pkg",
      version: undefined,
    });
  });
});
