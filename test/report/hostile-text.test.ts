import { describe, expect, it } from "vitest";
import { checkAllScreen } from "../../src/report/screen/check-all.ts";
import { emptyDocument, inspectDocument, jsonText } from "../../src/report/model/document.ts";
import { reportDocument } from "../../src/report/model/report-document.ts";
import { inspectScreen } from "../../src/report/screen/inspect.ts";
import { listScreen } from "../../src/report/screen/list.ts";
import type { ScreenOptions } from "../../src/report/screen/layout/style.ts";
import { validateScreen } from "../../src/report/screen/validate.ts";
import { visible } from "../../src/report/model/visible.ts";
import { checked, hostile, hostileText, inspected, listed } from "../support/example-results.ts";

// eslint-disable-next-line no-control-regex -- what a terminal acts on
const dangerous = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/;
const tool = { name: "otelcol-plugins", version: "0.0.0" };
const whole = { quiet: false, allowUnknown: false };
const all = { symbols: true, sections: true, dependencies: true };

const evil = {
  ...inspected(hostile),
  details: inspected(hostile).details.map((details) => ({
    ...details,
    problems: [hostileText],
    neededLibraries: [hostileText],
    exportedSymbols: [{ name: hostileText, type: hostileText, size: null, address: "0x0" }],
    sections: [{ name: hostileText, address: "0x0", offset: 0, size: 0 }],
    buildId: hostileText,
  })),
};

describe("text that would take over a terminal", () => {
  const screens = {
    list: (options: ScreenOptions) => listScreen(listed([hostile]), options),
    "check-all": (options: ScreenOptions) =>
      checkAllScreen(checked([hostile], hostile.findings), whole, options),
    validate: (options: ScreenOptions) =>
      validateScreen(checked([hostile], hostile.findings), whole, options),
    inspect: (options: ScreenOptions) => inspectScreen(evil, all, options),
  };
  it.each(Object.entries(screens))("is spelled out on the screen of %s", async (_, render) => {
    for (const width of [40, 80, 200, null]) {
      const text = await render({ width, color: 0, unicode: true });
      expect(text).not.toMatch(dangerous);
      if (width === null) expect(text).toContain("\\x1b]0;owned\\x07\\x1b[2J\\u202egnp.so");
    }
  });

  it("stays as it is in the values of JSON", () => {
    const document = reportDocument(checked([hostile]), { command: "check-all", exitCode: 1, tool });
    expect(JSON.parse(jsonText(document))).toEqual(JSON.parse(JSON.stringify(document)));
  });

  it("does not reach the terminal raw in JSON either", () => {
    for (const document of [
      reportDocument(checked([hostile], hostile.findings), { command: "check-all", exitCode: 1, tool }),
      inspectDocument(evil, 0, tool),
      emptyDocument(null, 2, tool, { code: "bad-usage", message: hostileText, hints: [hostileText] }),
    ]) {
      expect(jsonText(document)).not.toMatch(dangerous);
    }
  });
});

describe("visible", () => {
  it.each([
    ["\x1b[31m", "\\x1b[31m"],
    ["\x9b31m", "\\x9b31m"],
    ["a\nb\tc\r", "a\\x0ab\\x09c\\x0d"],
    ["\x7f\x00", "\\x7f\\x00"],
    ["\u202a\u202e\u2066\u2069\u200e\u200f\u061c", "\\u202a\\u202e\\u2066\\u2069\\u200e\\u200f\\u061c"],
    ["\u2028\u2029", "\\u2028\\u2029"],
    ["\u{e0041}", "\\u{e0041}"],
    ["a\ud800b", "a\\ud800b"],
    ["plain ASCII, ünïcode, 日本語, 🚀", "plain ASCII, ünïcode, 日本語, 🚀"],
  ])("shows %j as %j", (raw, shown) => {
    expect(visible(raw)).toBe(shown);
  });
});
