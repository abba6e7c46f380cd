import { describe, expect, it } from "vitest";
import { pluginsDisagree } from "../../../src/rules/set/plugins-disagree/rule.ts";

describe("plugins-disagree", () => {
  it.each([
    [["example.com/api"], "different code of the package example.com/api,"],
    [["a", "b"], "different code of the packages a, b,"],
  ])("names what the two plugins have differently: %j", (packages, says) => {
    const disagreements = [{ plugins: ["a.so", "b.so"], packages }] as const;
    expect(pluginsDisagree.evaluate({ plugins: [], expected: [], disagreements })).toEqual([
      {
        subject: "a.so and b.so",
        plugins: ["a.so", "b.so"],
        message: expect.stringContaining(says) as string,
        fix: [{ kind: "advice", text: expect.stringContaining("same module versions and flags") as string }],
      },
    ]);
  });

  it("finds each pair, and nothing in a set without any", () => {
    const pair = (one: string, other: string) => ({ plugins: [one, other], packages: ["p"] }) as const;
    const disagreements = [pair("a.so", "b.so"), pair("a.so", "c.so")];
    const found = pluginsDisagree.evaluate({ plugins: [], expected: [], disagreements });
    expect(found.map(({ subject }) => subject)).toEqual(["a.so and b.so", "a.so and c.so"]);
    expect(pluginsDisagree.evaluate({ plugins: [], expected: [] })).toEqual([]);
  });
});
