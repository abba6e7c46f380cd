import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { markdownReport } from "../../src/report/format/markdown.ts";
import { visible } from "../../src/report/model/visible.ts";
import { markdownKinds, markdownNodes } from "../support/cmark.ts";
import { checked, debug, everyVerdict, kafka } from "../support/example-results.ts";
import { anyName, hostileNames, pluginNamed } from "../support/hostile-names.ts";
import { describeWith, lackOf } from "../support/need.ts";
import { exampleContext } from "../support/report-context.ts";

const context = exampleContext();

describe("the fix of a cause", () => {
  it("is one block with a command in each line", () => {
    const [first] = kafka.findings;
    if (first === undefined) throw new Error("the example has no finding");
    const fix = ["go mod tidy", "go build ."].map((run) => ({ kind: "command", run }) as const);
    const text = markdownReport(checked([{ ...kafka, findings: [{ ...first, fix }] }]), context);
    expect(text).toContain("```sh\ngo mod tidy\ngo build .\n```");
  });
});

describe("a Markdown report", () => {
  it("says first why the check fails", () => {
    expect(markdownReport(everyVerdict, context).split("\n")[2]).toBe(
      "**Failing: 2 incompatible, 1 unreadable and 1 unknown (exit 1).**",
    );
  });

  it("says what would fail if the gate lets everything pass", () => {
    const never = exampleContext({ exitCode: 0, failure: undefined, gate: { failOn: "never" } });
    expect(markdownReport(everyVerdict, never).split("\n")[2]).toBe(
      "**Passes only because of --fail-on never: 2 incompatible, 1 unreadable, 1 unknown and 1 error about the host or the set (exit 0).**",
    );
    expect(markdownReport(checked([debug]), never).split("\n")[2]).toBe("**Passed.**");
  });

  it("has one row a plugin, the worst first", () => {
    const rows = markdownReport(everyVerdict, context)
      .split("\n")
      .filter((line) => /^\| `\w+\.(so|dylib)`/.test(line));
    expect(rows.length).toBe(everyVerdict.plugins.length);
    expect(rows[0]).toContain("incompatible");
    expect(rows.at(-1)).toContain("compatible");
  });

  it.each([2000, 20_000])("keeps to %i bytes, and says what is left out", (room) => {
    const many = checked(Array.from({ length: 800 }, (_, at) => ({ ...kafka, path: `p/${at}.so` })));
    const text = markdownReport(many, context, room);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(room);
    expect(text).toMatch(/\d+ more plugins? not shown|\d+ sections? omitted to fit the size limit/);
    expect(text).toContain("800 plugins");
  });

  it("says once what is wrong in many plugins", () => {
    const one = markdownReport(checked([kafka]), context);
    const many = checked(Array.from({ length: 800 }, (_, at) => ({ ...kafka, path: `p/${at}.so` })));
    const lines = (text: string): number => text.split("\n").length;
    expect(lines(markdownReport(many, context))).toBeLessThan(lines(one) + 800 + 10);
  });

  it("is short where nothing is wrong", () => {
    const green = exampleContext({ exitCode: 0, failure: undefined });
    const text = markdownReport(checked([debug]), green);
    expect(text).toContain("**Passed.**");
    expect(text).not.toContain("###");
  });
});

describeWith(lackOf("cmark-gfm"), "hostile names in a Markdown report (read by cmark-gfm)", () => {
  let usual: ReadonlySet<string>;
  beforeAll(() => {
    usual = markdownKinds(markdownReport(checked([pluginNamed("a")]), context));
  });

  const holds = (name: string): void => {
    const text = markdownReport(checked([pluginNamed(name), pluginNamed("b")]), context);
    // No link, image, emphasis, heading or tag comes of a name; but for the comment that keeps `@user` from being one.
    for (const kind of markdownKinds(text)) {
      expect([...usual, "html_inline", "softbreak"], kind).toContain(kind);
    }
    const nodes = markdownNodes(text);
    const tags = nodes.filter(({ kind }) => kind.startsWith("html"));
    expect(tags.filter(({ text: tag }) => tag !== "<!-- -->")).toEqual([]);
    const shown = visible(name);
    // cmark takes the spaces from both ends of a cell.
    const codes = nodes.filter(({ kind }) => kind === "code").map((node) => node.text);
    expect(codes).toContain(shown);
    const blocks = nodes.filter(({ kind }) => kind === "code_block").map((node) => node.text);
    expect(blocks.some((block) => block.includes(`${shown}\n`))).toBe(true);
    const plain = nodes
      .filter(({ kind }) => kind === "text")
      .map((node) => node.text)
      .join("");
    expect(plain).toContain(shown.trim());
  };
  it.each(hostileNames)("%j comes back", holds);
  it("of any kind come back", () => {
    fc.assert(fc.property(anyName, holds), { numRuns: 60 });
  });
});
