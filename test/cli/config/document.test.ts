import { describe, expect, it } from "vitest";
import { parseConfig, type ConfigDocument, type TextProblem } from "../../../src/cli/config/document.ts";
import { quickest } from "../../support/quickest.ts";

function problem(text: string, isJson = false): TextProblem {
  const parsed = parseConfig(text, isJson);
  if (!("message" in parsed)) throw new Error(`is taken: ${JSON.stringify(parsed.value)}`);
  return parsed;
}

function document(text: string, isJson = false): ConfigDocument {
  const parsed = parseConfig(text, isJson);
  if ("message" in parsed) throw new Error(parsed.message);
  return parsed;
}

describe("a configuration's text", () => {
  it.each([
    ["YAML", "host: otelcol\nexpect: [a, b]\n", false],
    ["JSON in a YAML file", '{ "host": "otelcol", "expect": ["a", "b"] }', false],
    [
      "JSON with tabs and a byte order mark",
      '\uFEFF{\n\t"host": "otelcol",\n\t"expect": ["a", "b"]\n}\n',
      true,
    ],
    ["YAML with an anchor", "host: &h otelcol\nexpect: [a, b]\n", false],
  ])("is read from %s", (_, text, isJson) => {
    expect(document(text, isJson).value).toEqual({ host: "otelcol", expect: ["a", "b"] });
  });

  it.each(["", "\n", "# nothing yet\n", "---\n", "null"])("says nothing where it is %j", (text) => {
    expect(document(text).value).toEqual({});
  });

  it("may be an empty JSON file", () => {
    expect(document("", true).value).toEqual({});
  });

  it("keeps a day as text", () => {
    expect(document("expires: 2027-01-31").value).toEqual({ expires: "2027-01-31" });
  });

  it.each([
    ["YAML in a JSON file", "host: otelcol", true, "is YAML, not JSON"],
    ["a JSON file with a comment", '{ "host": "a" } # b', true, "is YAML, not JSON"],
    ["a key twice", "host: a\nhost: b\n", false, "unique"],
    ["two documents", "host: a\n---\nhost: b\n", false, "documents"],
    ["a bracket that is not closed", "expect: [a", false, "flow"],
    ["a tag", "host: !!js/function 'x'", false, "tag"],
    ["an alias to nothing", "host: *nowhere", false, "alias"],
    ["a key that is no text", "[a]: b", false, "string"],
  ])("is refused for %s", (_, text, isJson, said) => {
    expect(problem(text, isJson).message).toContain(said);
  });

  it("tells line and column of what is wrong", () => {
    expect(problem("host: a\nexpect:\n  - b\nhost: c\n")).toMatchObject({ line: 4, column: 1 });
  });

  // Past some thousand levels yaml ends the whole process.
  it.each(["[", "{", "- ", "? ", "{a: ", "[{"])("is refused where it is %j for ever", (part) => {
    expect(problem(part.repeat(100_000)).message).toBe("is nested more than 64 deep");
  });

  it.each(["&a ", "!a ", "*a ", "a: ", "|\n", "#", "%YAML 1.2\n", "---\n"])(
    "is refused in good time where it is %j for ever",
    (part) => {
      const text = part.repeat(30_000);
      expect(quickest(2500, () => parseConfig(text, false))).toBeLessThan(2500);
    },
  );

  it("is refused where aliases multiply", () => {
    const rows = ["a: &a [x,x,x,x,x,x,x,x,x]"];
    for (let at = 1; at < 12; at += 1) {
      const [before, name] = [String.fromCharCode(96 + at), String.fromCharCode(97 + at)];
      rows.push(`${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(",")}]`);
    }
    expect(problem(rows.join("\n")).message).toContain("alias");
  });

  it("does not follow an alias that leads to itself", () => {
    const parsed = parseConfig("expect: &a [*a]", false);
    expect("message" in parsed || Array.isArray((parsed.value as { expect: unknown }).expect)).toBe(true);
  });

  it("makes __proto__ a key like any other", () => {
    const { value } = document('{ "__proto__": { "host": "a" } }', true);
    expect(Object.keys(value as object)).toEqual(["__proto__"]);
    expect((value as { host?: string }).host).toBeUndefined();
    expect(({} as { host?: string }).host).toBeUndefined();
  });
});

describe("a place in a configuration", () => {
  const text = "host: a\nseverities:\n  claim-flags: off\nsuppressions:\n  - rule: x\n    reason: y\n";
  it.each([
    ["", "host", 1, 1],
    ["", "suppressions", 4, 1],
    ["/severities", "claim-flags", 3, 3],
    ["/suppressions/0/rule", undefined, 5, 11],
    ["", undefined, 1, 1],
    ["/nowhere", undefined, 1, 1],
  ])("%j %s is at %d:%d", (pointer, key, line, column) => {
    expect(document(text).placeOf(pointer, key)).toEqual({ line, column });
  });
});
