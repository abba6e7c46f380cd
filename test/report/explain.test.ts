import { describe, expect, it } from "vitest";
import { explainRule, explainRules, type ErrorExplanation } from "../../src/check/explain/explain.ts";
import type { Explanation } from "../../src/report/model/explain-document.ts";
import { explainScreen } from "../../src/report/screen/explain.ts";
import type { ScreenOptions } from "../../src/report/screen/layout/style.ts";
import { expectGolden } from "../support/golden.ts";

const rule = explainRule("toolchain-mismatch");
if (rule === undefined) throw new Error("no such rule");

const error: ErrorExplanation = {
  message: {
    loader: "go",
    check: "package-hash",
    outcome: "refused",
    text: 'plugin.Open("plugins/kafka"): plugin was built with a different version of package runtime (previous failure)',
    path: "plugins/kafka",
    subject: { kind: "package", name: "runtime" },
    previousFailure: true,
  },
  count: 3,
  meaning: "The package runtime was compiled otherwise for the plugin than for the host.",
  causes: ["One side was built with -race, -msan, -asan or -cover.", "Another Go release."],
  next: [
    { kind: "command", run: "plugins validate plugins/kafka.so --host otelcol" },
    { kind: "advice", text: "Build the plugin with the Go release and the flags of the host's build info." },
  ],
  files: {
    path: "plugins/kafka.so",
    host: "otelcol",
    verdict: "incompatible",
    unreadable: null,
    loader: {
      outcome: "refused",
      opener: "plugin.Open",
      message: "…",
      reason: null,
      check: "package-hash",
      further: [],
      needs: [],
    },
    agreement: "same",
    conclusion: "These files reproduce the message: the loader is predicted to give the same error.",
    findings: [
      {
        rule: "build-flags-mismatch",
        severity: "error",
        message: "was built with -race, the host was not",
        plugin: { value: "-race=true", from: ".go.buildinfo" },
        host: { value: "none", from: ".go.buildinfo" },
        fix: [{ kind: "advice", text: "Build the plugin without -race." }],
      },
    ],
    others: [
      {
        rule: "manifest-missing",
        severity: "note",
        message: "has no embedded manifest",
        fix: [],
      },
    ],
  },
};

const screens: Readonly<Record<string, Explanation>> = {
  "explain-rules": { topic: "rules", rules: explainRules() },
  "explain-rule": { topic: "rule", rule },
  "explain-error": { topic: "error", error: { ...error, count: 1, files: null }, further: [] },
  "explain-error-files": { topic: "error", error, further: [] },
  "explain-errors": {
    topic: "error",
    error: { ...error, files: null },
    further: [
      {
        ...error,
        message: {
          loader: "glibc",
          check: "undefined-symbol",
          outcome: "crash",
          text: "./host: symbol lookup error: ./p.so: undefined symbol: g",
          path: "./p.so",
          subject: { kind: "symbol", name: "g" },
          previousFailure: false,
        },
        count: 1,
        files: null,
      },
    ],
  },
};

const places: Readonly<Record<string, ScreenOptions>> = {
  "80": { width: 80, color: 0, unicode: true },
  "200-color": { width: 200, color: 1, unicode: true },
  pipe: { width: null, color: 0, unicode: true },
  "dumb-80": { width: 80, color: 0, unicode: false },
};

describe.each(Object.entries(screens))("the screen of %s", (name, explanation) => {
  it.each(Object.entries(places))("at %s is the golden one", async (place, options) => {
    await expectGolden(await explainScreen(explanation, options), `${name}.${place}`);
  });

  it.each([60, 80, 120])("keeps to %i columns, but for commands", async (width) => {
    const text = await explainScreen(explanation, { width, color: 0, unicode: true });
    const tooLong = text.split("\n").filter((line) => line.length > width && !/^ +\$ /.test(line));
    expect(tooLong).toEqual([]);
  });

  it("has no line that ends with a space, and none that ASCII cannot show where that is asked for", async () => {
    const text = await explainScreen(explanation, { width: 80, color: 0, unicode: false });
    expect(text).toMatch(/^[\x20-\x7e\n]+$/);
    expect(text.split("\n").filter((line) => line.endsWith(" "))).toEqual([]);
  });
});

describe("every rule's page", () => {
  it.each(explainRules())("of $id is shown in ASCII and in 80 columns", async ({ id }) => {
    const each = explainRule(id);
    if (each === undefined) throw new Error(`no rule ${id}`);
    const options = { width: 80, color: 0, unicode: false } as const;
    const text = await explainScreen({ topic: "rule", rule: each }, options);
    expect(text).toMatch(/^[\x20-\x7e\n]+$/);
    expect(text.split("\n").filter((line) => line.length > 80 && !/^ +\$ /.test(line))).toEqual([]);
  });
});

describe("the list of rules", () => {
  it("has one line each in a pipe", async () => {
    const text = await explainScreen(
      { topic: "rules", rules: explainRules() },
      { width: null, color: 0, unicode: true },
    );
    expect(text.trimEnd().split("\n")).toHaveLength(explainRules().length + 1);
  });
});

describe("what a message names", () => {
  it("is never acted on by a terminal", async () => {
    const text = await explainScreen(
      {
        topic: "error",
        error: {
          ...error,
          meaning: "a\u001b[31mb",
          causes: ["\u202ec"],
          message: { ...error.message, text: "\u001b]0;x\u0007" },
          files: null,
        },
        further: [],
      },
      { width: 80, color: 0, unicode: true },
    );
    expect(text).not.toMatch(/[\u001b\u202e\u0007]/u); // eslint-disable-line no-control-regex -- they must not be there
  });
});
