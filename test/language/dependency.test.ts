import { describe, expect, it } from "vitest";
import { dependenciesOf, pairDependencies } from "../../src/language/dependency.ts";

const one = "a".repeat(64);
const other = "b".repeat(64);

function statuses(plugin: Record<string, string>, host: Record<string, string>): readonly string[] {
  return pairDependencies(dependenciesOf(plugin, ".p#"), dependenciesOf(host, ".h#")).map(
    ({ status }) => status,
  );
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
    expect(dependenciesOf({ "@scope/pkg": "x" }, ".p#")[0]).toMatchObject({
      name: "@scope/pkg",
      version: undefined,
      from: ".p#/dependency_hashes/@scope~1pkg",
    });
  });
});

describe("dependencies without a hash", () => {
  const plain = { name: "example.com/a", version: "v1.0.0", hash: "", from: ".go.buildinfo" };

  it("match where one registry keeps a version's content for good", () => {
    const crate = { name: "syn", version: "2.0.1", hash: "", from: ".dep-v0", registry: "crates.io" };
    expect(pairDependencies([crate], [crate])).toMatchObject([{ status: "match" }]);
    expect(pairDependencies([crate], [{ ...crate, version: "2.0.2" }])).toMatchObject([
      { status: "mismatch" },
    ]);
    const { registry, ...unsure } = crate;
    expect(pairDependencies([crate], [unsure])).toMatchObject([{ status: "unknown" }]);
    expect(registry).toBe("crates.io");
  });

  it("are unknown, never a pass, where a folder was linked in their place", () => {
    const folder = { ...plain, version: undefined, replacedBy: "./fork" };
    expect(pairDependencies([folder], [{ ...plain, hash: "h1:a=" }])).toMatchObject([
      {
        status: "unknown",
        reason: "the plugin was built with ./fork in its place, for which no hash is recorded",
      },
    ]);
  });
});

describe("the module that the host was built of", () => {
  const linked = { name: "example.com/host", version: "v1.1.0", hash: "h1:a=", from: ".go.buildinfo" };
  const own = { ...linked, version: undefined, hash: "", isMain: true };
  const commit = "0123456789abcdef0123456789abcdef01234567";
  const pseudo = "v0.0.0-20260101000000-0123456789ab";

  it.each([
    ["neither has a version", {}, {}, "unknown"],
    ["the host has none", {}, { version: undefined }, "unknown"],
    ["versions are the same, but one has no hash", {}, { version: "v1.1.0" }, "unknown"],
    ["released versions differ", {}, { version: "v1.0.0" }, "mismatch"],
    ["the host's version was changed since", {}, { version: "v1.0.0+dirty" }, "unknown"],
    ["the host's version is that of a commit", {}, { version: pseudo }, "unknown"],
    ["the plugin's version is that of a commit", { version: pseudo }, { version: "v1.1.0" }, "unknown"],
    ["commits differ", { version: pseudo, revision: "fedcba987654" }, { revision: commit }, "mismatch"],
    ["commits are the same", { version: pseudo, revision: "0123456789ab" }, { revision: commit }, "unknown"],
    [
      "it has a hash, as one that is built outside of its folder",
      {},
      { version: "v1.1.0", hash: "h1:a=" },
      "match",
    ],
    ["it has a hash of another version", {}, { version: "v1.0.0", hash: "h1:b=" }, "mismatch"],
  ])("%s", (_, plugin, host, status) => {
    expect(pairDependencies([{ ...linked, ...plugin }], [{ ...own, ...host }])).toMatchObject([{ status }]);
  });

  it("says what is known of the sources", () => {
    const reasonOf = (host: object): unknown => {
      const [pair] = pairDependencies([linked], [{ ...own, ...host }]);
      return pair?.status === "unknown" ? pair.reason : pair?.status;
    };
    expect(reasonOf({})).toBe(
      "the host was built of its sources in an unknown version, for which no hash is recorded",
    );
    expect(reasonOf({ revision: commit })).toContain("(revision 0123456789ab)");
    expect(reasonOf({ version: "v1.1.0" })).toContain("(v1.1.0)");
  });
});
