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
    ["\0\0\n", "contains nothing but NULs and white space, 3 bytes of them"],
    ["{", "is not JSON: it ends before its last bracket or quote"],
    ['{"a": "b', "is not JSON: it ends before its last bracket or quote"],
    ["{'a': 1}", "is not JSON: \"'a': 1}\" was not expected"],
    ['{"a": 1,}', 'is not JSON: "}" was not expected'],
    ["\ufeff{}", 'is not JSON: "\ufeff{}" was not expected'],
  ])("that are %j are unreadable", (text, reason) => {
    expect(read(text)).toMatchObject({ kind: "unreadable", reason });
  });

  it.each([
    ["{", "ends before", 1],
    ["\0\0{", "ends before", 3],
    [" {'a': 1}", "was not expected", 2],
    ['{"é": x}', "was not expected", 7],
    ["\0\0[[[[[[[[", "ends before", 10],
    ["{}x", "is followed by 1 bytes", 2],
    ["{} \0xyz", "is followed by 3 bytes", 4],
    ["[1] 2", "is followed by 1 bytes", 4],
    [`  ${"[".repeat(65)}${"]".repeat(65)}`, "is nested 65 deep", 2],
  ])("that are %j are unreadable at their first wrong byte", (text, reason, offset) => {
    expect(read(text)).toMatchObject({
      kind: "unreadable",
      reason: expect.stringContaining(reason) as string,
      offset,
    });
  });

  it("may be as long and as deep as the limits say", () => {
    const limit = 1024 * 1024;
    expect(read(`"${"x".repeat(limit - 2)}"`)).toMatchObject({ kind: "json" });
    expect(read(`"${"x".repeat(limit - 1)}"`)).toMatchObject({ kind: "unreadable", offset: 0 });
    expect(read("[".repeat(64) + "]".repeat(64))).toMatchObject({ kind: "json" });
  });

  it("say where the value begins", () => {
    expect(read(`\0 ${valid}`)).toMatchObject({ kind: "json", start: 2, next: undefined });
    expect(read(`${valid}[`)).toMatchObject({ kind: "json", start: 0, next: valid.length });
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
      "/target: there 2 times, expected unique",
    ]);
    expect(
      problems(valid.replace('"dependency_hashes":{', '"dependency_hashes":{"a/b":"1","a\\u002fb":"2",')),
    ).toEqual(["/dependency_hashes/a~1b: there 2 times, expected unique"]);
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

  it("with several keys that are repeated names each, with how often it stands there", () => {
    const twice = '[{"a":1,"b":{"c":[0,{"d":1,"d":2,"d":3}]},"a":2}]';
    expect(problems(twice).filter((each) => each.endsWith("unique"))).toEqual([
      "/0/a: there 2 times, expected unique",
      "/0/b/c/1/d: there 3 times, expected unique",
    ]);
  });

  it("with __proto__ in an inner object or array names its place", () => {
    const inner = '{"dependency_hashes":{"a/b":[1,{"__proto__":1}]}}';
    expect(problems(inner).filter((each) => each.includes("__proto__"))).toEqual([
      "/dependency_hashes/a~1b/1/__proto__: __proto__, which is not allowed in a manifest, expected a field with a different name",
    ]);
  });

  it("names the manifest of an array that breaks the schema, and believes none of them", () => {
    const content = read(
      JSON.stringify([exampleManifest(), { ...exampleManifest(), language: "zig" }]),
      true,
    );
    expect(content).toMatchObject({
      manifests: [],
      problems: [{ pointer: "/1/language", found: '"zig"', expected: '"go" or "rust"' }],
    });
  });

  it("believes no manifest of an array with two of one language", () => {
    const [go, rust] = [exampleManifest(), exampleManifest({ language: "rust" })];
    expect(read(JSON.stringify([go, rust, go]), true)).toMatchObject({
      manifests: [],
      problems: [{ pointer: "/2/language", found: 'a second one for "go"' }],
    });
    expect(read(JSON.stringify([go, rust]), true)).toMatchObject({ manifests: [go, rust], problems: [] });
  });

  it.each([
    ["a later one", 2, 2],
    ["this one", 1, undefined],
    ["none", undefined, undefined],
    ["no whole number", 2.5, undefined],
    ["no number", "2", undefined],
  ])("with %s as its schema is later than this program, or not", (_, schema_version, newerSchema) => {
    const text = JSON.stringify({ ...exampleManifest(), schema_version });
    expect(read(text)).toMatchObject({ newerSchema });
  });

  it("says the latest schema of several", () => {
    const versions = [2, 7, 3].map((schema_version) => exampleManifest({ schema_version }));
    expect(read(JSON.stringify(versions), true)).toMatchObject({ newerSchema: 7 });
    expect(read("[null, 12]", true)).toMatchObject({ newerSchema: undefined });
  });

  it("says when it is written for a later schema", () => {
    expect(read(JSON.stringify(exampleManifest({ schema_version: 2 })))).toMatchObject({
      newerSchema: 2,
      problems: [],
    });
    expect(read(valid)).toMatchObject({ newerSchema: undefined });
  });
});
