import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { digestOfJson, type Json } from "../../../src/rules/policy/digest.ts";

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

describe("the digest of a value", () => {
  // echo -n '{"a":1}' | sha256sum
  it("is that of its JSON, in lower-case hex", () => {
    expect(digestOfJson({ a: 1 })).toBe("015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862");
  });

  it.each<[string, Json, string]>([
    ["members in order", { b: 1, a: 2, c: 3 }, '{"a":2,"b":1,"c":3}'],
    [
      "members of inner objects in order",
      { b: { d: 1, c: 2 }, a: [{ f: 1, e: 2 }] },
      '{"a":[{"e":2,"f":1}],"b":{"c":2,"d":1}}',
    ],
    ["a list as it is", ["b", "a", null], '["b","a",null]'],
    ["nothing of what is undefined", { b: undefined, a: null }, '{"a":null}'],
    ["a text", "a", '"a"'],
    ["null", null, "null"],
    ["a number", 0, "0"],
    ["an empty object", {}, "{}"],
  ])("covers %s", (_, value, text) => {
    expect(digestOfJson(value)).toBe(sha256(text));
  });

  it("tells a list in a different order from it", () => {
    expect(digestOfJson(["a", "b"])).not.toBe(digestOfJson(["b", "a"]));
  });
});
