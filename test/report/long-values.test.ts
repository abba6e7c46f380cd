import { describe, expect, it } from "vitest";
import type { DiffResult } from "../../src/check/diff/diff.ts";
import type { ErrorExplanation } from "../../src/check/explain/explain.ts";
import type { CheckResult, FactResult, InspectResult } from "../../src/check/model/result.ts";
import { inspectDocument, jsonText } from "../../src/report/model/document.ts";
import { checkAllScreen } from "../../src/report/screen/check-all.ts";
import { configScreen } from "../../src/report/screen/config.ts";
import { diffScreen } from "../../src/report/screen/diff.ts";
import { explainScreen } from "../../src/report/screen/explain.ts";
import { inspectScreen } from "../../src/report/screen/inspect.ts";
import { reportText } from "../../src/report/format.ts";
import { longestText, longestValue } from "../../src/report/model/shown.ts";
import { exampleContext } from "../support/report-context.ts";
import type { ScreenOptions } from "../../src/report/screen/layout/style.ts";
import { listScreen } from "../../src/report/screen/list.ts";
import { validateScreen } from "../../src/report/screen/validate.ts";
import { checked, inspected, kafka, listed } from "../support/example-results.ts";
import { pluginNamed } from "../support/hostile-names.ts";

const length = 5000;
/** One word, a word of wide letters, and one that is broken at its spaces; nothing else on the screens has the letter. */
const texts = {
  "one word": "\u017f".repeat(length),
  "wide letters": "長".repeat(length),
  "many words": "\u017f ".repeat(length / 2),
} as const;

const gate = { quiet: false, verbose: true, allowUnknown: false } as const;
const everything = { symbols: true, sections: true, dependencies: true } as const;

function inspectedWith(text: string): InspectResult {
  const result = inspected(pluginNamed(text));
  const fact: FactResult = { known: true, value: text, from: text };
  return {
    ...result,
    details: result.details.map((details) => ({
      ...details,
      buildId: text,
      facts: { plugin_exports: fact, [text]: fact, glibc: { known: false, why: text } },
      problems: [text],
      neededLibraries: [text],
      exportedSymbols: [{ name: text, type: text, size: 1, address: text }],
      sections: [{ name: text, address: text, offset: 0, size: 1 }],
      dependencies: [{ name: text, version: text, sum: text, replacedBy: text }],
      buildSettings: [{ key: text, value: text }],
    })),
    slices: result.slices.map((slice) => ({
      ...slice,
      arch: text,
      evidence: {
        language: fact,
        build_profile: { known: false, why: text },
        arch: { known: false, why: text },
      },
    })),
  };
}

function withTwoHosts(text: string): CheckResult {
  const plugin = pluginNamed(text);
  const whole = checked([plugin], plugin.findings);
  const [one, other] = ["one", "other"].map((host) => `${host}/${text}`);
  const { host } = whole;
  if (host === null || one === undefined || other === undefined) throw new Error("no host");
  return {
    ...whole,
    hosts: [one, other].map((path) => ({ ...host, path })),
    plugins: [one, other].map((hostPath) => ({ ...plugin, hostPath })),
  };
}

function diffOf(text: string): DiffResult {
  const fact: FactResult = { known: true, value: text, from: text };
  const file = { path: text, role: "plugin", format: "elf", size: 1, archs: [text] } as const;
  const difference = {
    group: "dependency",
    name: text,
    one: fact,
    other: { known: false, why: text },
  } as const;
  const cause = {
    kind: "module",
    subject: text,
    one: { value: text, from: text },
    other: { value: text, from: text },
    packages: [text, text],
  } as const;
  const slice = {
    one: text,
    other: text,
    differences: [
      { ...difference, matters: true },
      { ...difference, matters: false },
    ],
    packages: {
      known: true,
      inBoth: 1,
      onlyOne: 1,
      onlyOther: 1,
      different: [{ package: text, one: text, other: text }],
      causes: [cause],
    },
  } as const;
  return { one: file, other: file, slices: [slice, slice], summary: { matter: 2, informative: 2 } };
}

function errorOf(text: string): ErrorExplanation {
  const { findings } = pluginNamed(text);
  return {
    message: {
      loader: "go",
      check: "package-hash",
      outcome: "refused",
      text,
      path: text,
      subject: { kind: "package", name: text },
      previousFailure: true,
    },
    count: 1,
    meaning: text,
    causes: [text],
    next: [{ kind: "advice", text }],
    files: {
      path: text,
      host: text,
      verdict: "incompatible",
      unreadable: null,
      loader: null,
      agreement: "other",
      conclusion: text,
      findings,
      others: findings,
    },
  };
}

const screens: Readonly<Record<string, (text: string, options: ScreenOptions) => Promise<string>>> = {
  list: (text, options) => listScreen(listed([pluginNamed(text)]), options),
  "check-all": (text, options) => {
    const plugin = pluginNamed(text);
    return checkAllScreen(checked([plugin], plugin.findings), gate, options);
  },
  "check-all with two hosts": (text, options) => checkAllScreen(withTwoHosts(text), gate, options),
  "validate with two hosts": (text, options) => validateScreen(withTwoHosts(text), gate, options),
  validate: (text, options) => {
    const plugin = pluginNamed(text);
    return validateScreen(checked([plugin], plugin.findings), gate, options);
  },
  inspect: (text, options) => inspectScreen(inspectedWith(text), everything, options),
  "inspect of an unreadable file": (text, options) =>
    inspectScreen(
      { ...inspectedWith(text), unreadable: { reason: text, offset: 0 }, slices: [] },
      everything,
      options,
    ),
  diff: (text, options) => diffScreen(diffOf(text), options),
  "explain --error": (text, options) =>
    explainScreen({ topic: "error", error: errorOf(text), further: [] }, options),
  config: (text, options) =>
    configScreen(
      {
        file: text,
        settings: [
          { name: "host", value: text, origin: { kind: "flag", name: text }, from: text },
          { name: "expect", value: [text, text], origin: { kind: "file", path: text, line: 1 }, from: text },
        ],
      },
      options,
    ),
};

describe.each(Object.entries(screens))("a value of 5,000 characters on the screen of %s", (_, render) => {
  it.each(Object.entries(texts))("is cut, as %s", async (_, text) => {
    const [letter = ""] = text;
    for (const width of [null, 200, 80]) {
      const screen = await render(text, { width, color: 0, unicode: true });
      expect(screen).toContain("…");
      // A value may take 200 columns, and a sentence that quotes some 2000.
      const [run, line] = letter === "長" ? [100, 1100] : [199, 2300];
      expect(screen).not.toMatch(new RegExp(`${letter}{${run + 1}}`, "u"));
      for (const each of screen.split("\n")) expect(each.length).toBeLessThan(line);
      expect(screen.split(letter).length).toBeLessThan(2000 * screen.split("…").length);
    }
  });
});

describe.each(["sarif", "github", "markdown", "gitlab"] as const)(
  "a value of 5,000 characters in %s",
  (format) => {
    it.each(Object.entries(texts))("is cut, as %s", async (_, text) => {
      const [letter = ""] = text;
      const plugin = { ...pluginNamed(text), path: "plugins/a.so" };
      for (const result of [
        checked([plugin], plugin.findings),
        checked([{ ...plugin, verdict: "unreadable" }]),
      ]) {
        const report = await reportText(format, result, exampleContext());
        expect(report).toContain(letter);
        expect(report).not.toMatch(new RegExp(`${letter}{${longestValue + 1}}`, "u"));
        // A text of ours in JSON, and a line of what is for people: one more may be joined to it, or escaped.
        const parts =
          format === "sarif" || format === "gitlab" ? report.split(/(?<!\\)"|\\n/) : report.split(/\n|%0A/);
        for (const part of parts) expect(part.length).toBeLessThan(2 * longestText + 2 * longestValue);
      }
    });
  },
);

it("is whole in JSON, and in the rows that a script reads", async () => {
  const text = texts["one word"];
  const document = jsonText(inspectDocument(inspectedWith(text), 0, { name: "plugins", version: "0" }));
  expect(document.split(text).length).toBeGreaterThan(20);
  const options = { width: 80, color: 0, unicode: true } as const;
  const { path } = pluginNamed(text);
  for (const rows of [
    await listScreen(listed([pluginNamed(text)]), options, { bare: true, columns: ["plugin"] }),
    await checkAllScreen(
      checked([pluginNamed(text)]),
      { ...gate, bare: true, columns: ["plugin"] },
      { ...options, width: null },
    ),
  ]) {
    expect(rows.replaceAll("\n", "")).toBe(path);
  }
});

it("of a library beyond the fortieth is counted", async () => {
  const result = inspected(kafka);
  const neededLibraries = Array.from({ length: 45 }, (_, at) => `lib${at}.so`);
  const details = result.details.map((each) => ({ ...each, neededLibraries }));
  const screen = await inspectScreen({ ...result, details }, everything, {
    width: 80,
    color: 0,
    unicode: true,
  });
  expect(screen.replace(/\s+/g, " ")).toContain("lib39.so and 5 more (--json lists them)");
});
