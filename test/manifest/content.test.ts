import { describe, expect, it } from "vitest";
import { readContent, type ManifestContent } from "../../src/manifest/content.ts";
import { exampleManifest } from "../support/example-manifest.ts";

function read(text: string | Buffer, manyAllowed = false): ManifestContent {
  return readContent(typeof text === "string" ? Buffer.from(text) : text, manyAllowed);
}

function problems(text: string, manyAllowed = false): readonly string[] {
  const content = read(text, manyAllowed);
  if (content.kind !== "json") throw new Error(content.reason);
  return content.problems.map(({ pointer, expected, found }) => `${pointer}: ${found}, expected ${expected}`);
}

const valid = JSON.stringify(exampleManifest());

describe("a manifest's bytes", () => {
  it("may have NULs and white space around the one value", () => {
    for (const text of [valid, `\0\0 \n${valid}\n\0\0\0`, `${valid}\0`]) {
      expect(read(text)).toMatchObject({
        kind: "json",
        manifests: [exampleManifest()],
        problems: [],
        next: undefined,
      });
    }
  });

  it("may have nothing else behind it", () => {
    expect(read(`${valid}\0garbage`)).toMatchObject({
      kind: "unreadable",
      reason: "is followed by 7 bytes that do not belong to it",
      offset: valid.length + 1,
    });
  });

  it("say where a second value begins", () => {
    expect(read(`${valid}\0\0${valid}`)).toMatchObject({ kind: "json", next: valid.length + 2 });
  });

  it.each([
    ["", "is empty"],
    ["\0\0\n", "contains nothing but NULs and white space"],
    ["{", "is not JSON: it ends before its last bracket or quote"],
    ['{"a": "b', "is not JSON: it ends before its last bracket or quote"],
    ["{'a': 1}", "is not JSON: \"'a': 1}\" was not expected"],
    ['{"a": 1,}', 'is not JSON: "}" was not expected'],
    ["\ufeff{}", 'is not JSON: "\ufeff{}" was not expected'],
  ])("that are %j are unreadable", (text, reason) => {
    expect(read(text)).toMatchObject({ kind: "unreadable", reason });
  });

  it("that are no UTF-8 are unreadable", () => {
    expect(read(Buffer.from('{"a":"\xff"}', "latin1"))).toMatchObject({ reason: "is not UTF-8 text" });
  });

  it("that are over 1 MiB are unreadable", () => {
    expect(read(JSON.stringify({ a: "x".repeat(1024 * 1024) }))).toMatchObject({
      kind: "unreadable",
      reason: "is longer than 1048576 bytes",
    });
  });

  it("that are nested absurdly deep are refused before they are parsed", () => {
    expect(read("[".repeat(100_000) + "]".repeat(100_000))).toMatchObject({
      kind: "unreadable",
      reason: "is nested 100000 deep, more than 64",
    });
  });
});

describe("a manifest's value", () => {
  it.each([
    ["a string", '"text"'],
    ["a number", "12"],
    ["null", "null"],
  ])("that is %s is no manifest", (_, text) => {
    expect(problems(text)).toEqual([`: ${text}, expected a JSON object`]);
  });

  it("names each field that is missing, of another type or outside its values", () => {
    const broken = {
      ...exampleManifest(),
      language: "zig",
      build_flags: ["-race", 1],
      build_time: "yesterday",
    };
    expect(problems(JSON.stringify({ ...broken, target: undefined }))).toEqual([
      "/target: nothing, expected a value, since the field is required",
      '/language: "zig", expected "go" or "rust"',
      "/build_flags/1: 1, expected a JSON string",
      '/build_time: "yesterday", expected an RFC 3339 time such as 2025-07-03T12:34:56Z',
    ]);
  });

  it("with a repeated key is refused, wherever the key stands", () => {
    expect(problems(valid.replace("{", '{"target":"linux/arm64",'))).toEqual([
      "/target: the key 2 times, expected each key only once",
    ]);
    expect(
      problems(valid.replace('"dependency_hashes":{', '"dependency_hashes":{"a/b":"1","a\\u002fb":"2",')),
    ).toEqual(["/dependency_hashes/a~1b: the key 2 times, expected each key only once"]);
  });

  it("does not mistake colons and brackets in strings for members", () => {
    expect(problems(JSON.stringify(exampleManifest({ name: 'a: "{[b]}": \\' })))).toEqual([]);
  });

  it("with __proto__ in it is refused and pollutes nothing", () => {
    const content = read(valid.replace("{", '{"__proto__":{"polluted":true},'));
    expect(content).toMatchObject({ kind: "json", manifests: [] });
    expect(content.kind === "json" && content.problems.map(({ pointer }) => pointer)).toEqual(["/__proto__"]);
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
    expect(content.kind === "json" && Reflect.get(content.value as object, "polluted")).toBeUndefined();
  });

  it("keeps fields it does not know", () => {
    const content = read(JSON.stringify(exampleManifest({ team: "edge" })));
    expect(content.kind === "json" && content.manifests[0]?.["team"]).toBe("edge");
  });

  it("may be an array, one manifest per language, in a host only", () => {
    const both = JSON.stringify([
      exampleManifest(),
      exampleManifest({ language: "rust", toolchain_version: "1.95.0" }),
    ]);
    expect(problems(both, true)).toEqual([]);
    expect(problems(both)).toEqual([
      ": an array of 2, expected one manifest, since only a host may carry several",
    ]);
    expect(problems(JSON.stringify([exampleManifest(), exampleManifest()]), true)).toEqual([
      '/1/language: a second one for "go", expected one manifest per language',
    ]);
    expect(problems("[]", true)).toEqual([": an empty array, expected at least one manifest"]);
  });

  it("says when it is written for a later schema", () => {
    expect(read(JSON.stringify(exampleManifest({ schema_version: 2 })))).toMatchObject({
      newerSchema: 2,
      problems: [],
    });
    expect(read(valid)).toMatchObject({ newerSchema: undefined });
  });
});
