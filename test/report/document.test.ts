import { describe, expect, it } from "vitest";
import { emptyDocument, inspectDocument, jsonText } from "../../src/report/model/document.ts";
import { reportDocument } from "../../src/report/model/report-document.ts";
import { ruleIds } from "../../src/rules/registry.ts";
import * as example from "../support/example-results.ts";
import { schemaBreaches } from "../support/report-schema.ts";

const tool = { name: "otelcol-plugins", version: "1.2.3" };
const context = (command: "check-all" | "list" | "validate", exitCode: number) => ({
  command,
  exitCode,
  tool,
});
const all = [example.debug, example.kafka, example.legacy, example.notes, example.redact, example.hostile];

describe("the JSON report follows its schema", () => {
  it.each([
    ["check-all", reportDocument(example.everyVerdict, context("check-all", 1))],
    ["check-all with two hosts", reportDocument(example.twoHosts, context("check-all", 1))],
    [
      "validate",
      reportDocument(
        example.checked(
          all,
          all.flatMap(({ findings }) => findings),
        ),
        context("validate", 1),
      ),
    ],
    ["list", reportDocument(example.listed(all), context("list", 0))],
    ["an empty list", reportDocument(example.listed([]), context("list", 0))],
    ["inspect", inspectDocument(example.inspected(example.kafka), 0, tool)],
    ["inspect of a universal file", inspectDocument(example.inspected(example.universal), 0, tool)],
    ["inspect of no object file", inspectDocument(example.inspected(example.notes), 1, tool)],
    ["a failure", emptyDocument(null, 2, tool, { code: "bug", message: "oh", hints: [] })],
    ["--version", emptyDocument(null, 0, tool)],
  ])("%s", (_, document) => {
    expect(schemaBreaches(JSON.parse(jsonText(document)))).toEqual([]);
  });
});

describe("the schema refuses", () => {
  const good = reportDocument(example.everyVerdict, context("check-all", 1));
  it.each([
    ["a report without a summary", { ...good, summary: undefined }],
    ["null in place of an array", { ...good, plugins: null }],
    ["a verdict it does not know", { ...good, plugins: [{ ...example.kafka, verdict: "fine" }] }],
    ["a verdict in a listing", { ...good, command: "list", host: null, exitCode: 0 }],
    ["a check without a verdict", { ...good, plugins: example.listed(all).plugins }],
    ["a check without a host", { ...good, host: null }],
    ["a failure with exit code 1", emptyDocument(null, 1, tool, { code: "bug", message: "oh", hints: [] })],
    ["a failure that has plugins", { ...good, exitCode: 2, error: { code: "bug", message: "", hints: [] } }],
  ])("%s", (_, document) => {
    expect(schemaBreaches(JSON.parse(JSON.stringify(document)))).not.toEqual([]);
  });
});

describe("the JSON report", () => {
  it("has its members in one order", () => {
    const document = emptyDocument("list", 2, tool, { code: "bad-usage", message: "", hints: [] });
    expect(Object.keys(document)).toEqual([
      "$schema",
      "schemaVersion",
      "tool",
      "command",
      "host",
      "plugins",
      "findings",
      "causes",
      "summary",
      "warnings",
      "configuration",
      "failure",
      "exitCode",
      "error",
    ]);
    expect(Object.keys(reportDocument(example.listed(all), context("list", 0)))).toEqual(
      Object.keys(document).slice(0, -1),
    );
  });

  it("ends with one line break", () => {
    expect(jsonText({ a: 1 })).toBe('{\n  "a": 1\n}\n');
  });

  it("names every rule in its schema's examples", async () => {
    const { readFile } = await import("node:fs/promises");
    const text = await readFile(new URL("../../schemas/report.schema.json", import.meta.url), "utf8");
    const schema = JSON.parse(text) as {
      readonly $defs: { readonly rule: { readonly examples: readonly string[] } };
    };
    expect(schema.$defs.rule.examples).toEqual([...ruleIds].sort());
  });
});
