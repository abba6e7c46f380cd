import { describe, expect, it } from "vitest";
import type { Configuration, Lowered } from "../../src/check/model/configuration.ts";
import { reportText, type FileFormat } from "../../src/report/format.ts";
import { configurationText, loweredText } from "../../src/report/model/configuration-text.ts";
import { inspectDocument } from "../../src/report/model/document.ts";
import { checkAllScreen } from "../../src/report/screen/check-all.ts";
import { inspectScreen } from "../../src/report/screen/inspect.ts";
import { listScreen } from "../../src/report/screen/list.ts";
import { validateScreen } from "../../src/report/screen/validate.ts";
import { checked, debug, everyVerdict, green, inspected, kafka, listed } from "../support/example-results.ts";
import { exampleContext, listContext } from "../support/report-context.ts";
import { lax, named } from "../support/example-configuration.ts";
import { schemaBreaches } from "../support/report-schema.ts";

const text = (format: FileFormat, configuration: Configuration | null, result = green): Promise<string> =>
  reportText(format, result, exampleContext({ exitCode: 0, failure: undefined, configuration }));

const said =
  "toolchain-mismatch: off, not error; suppressions: 1; allowUnknown: true (PLUGINS_ALLOW_UNKNOWN)";

describe("what is said of a configuration", () => {
  it.each([
    [{ file: "plugins.config.yaml", foundBy: "search" }, "plugins.config.yaml"],
    [{ file: "../plugins.config.yaml", foundBy: "search" }, "../plugins.config.yaml, found upward"],
    [{ file: "ci/gate.yaml", foundBy: "flag" }, "ci/gate.yaml, from --config"],
    [{ file: "gate.yaml", foundBy: "environment" }, "gate.yaml, from PLUGINS_CONFIG"],
    [{ file: null, foundBy: null }, undefined],
  ] as const)("of %j is %j", (configuration, expected) => {
    expect(configurationText({ ...configuration, lowered: [] })).toBe(expected);
  });

  it("is each setting that is lowered, and what would hold otherwise", () => {
    expect(loweredText(lax)).toBe(said);
    expect(loweredText(named)).toBeUndefined();
    expect(loweredText(null)).toBeUndefined();
    const origin = { kind: "environment", name: "X" } as const;
    const expected: Lowered = { setting: "expect", value: ["a"], instead: ["a", "b"], origin };
    const most: Lowered = { setting: "maxWarnings", value: 9, instead: 0, origin };
    expect(loweredText({ ...named, lowered: [expected, most] })).toBe(
      "expect: a, not a b (X); maxWarnings: 9, not 0 (X)",
    );
  });

  it("has a limit", () => {
    const [first] = lax.lowered;
    const lowered = Array.from({ length: 25 }).flatMap(() => first ?? []);
    expect(loweredText({ ...lax, lowered })).toMatch(/; toolchain-mismatch: off, not error; 5 more$/);
  });
});

/** What each format says of a file, and of what is lowered; undefined: nothing without something lowered. */
const words: Readonly<Record<FileFormat, readonly [file: string | undefined, lowered: string]>> = {
  json: ['"file": "../plugins.config.yaml"', '"rule": "toolchain-mismatch",\n        "value": "off"'],
  sarif: ["Configuration: ../plugins.config.yaml, found upward", `Lowered: ${said}`],
  junit: [
    '<property name="configuration" value="../plugins.config.yaml, found upward"/>',
    `<property name="configuration.lowered" value="${said}"/>`,
  ],
  gitlab: [undefined, "Lowered by the configuration: toolchain-mismatch: off, not error"],
  github: [undefined, `title=configuration::Lowered: ${said}`],
  markdown: ["Configuration: `../plugins.config.yaml`, found upward", "Lowered: toolchain-mismatch: off"],
  cyclonedx: [
    '"name": "otelcol-plugins:configuration",\n        "value": "../plugins.config.yaml, found upward"',
    `"name": "otelcol-plugins:configuration:lowered",\n        "value": "${said}"`,
  ],
  html: ["<code>../plugins.config.yaml</code>, found upward", `Lowered: ${said}`],
};

describe.each(Object.entries(words) as [FileFormat, (typeof words)[FileFormat]][])(
  "a report as %s",
  (format, [file, lowered]) => {
    it("names the file, and only the file if nothing is lowered", async () => {
      const report = await text(format, named);
      if (file === undefined) expect(report).toBe(await text(format, null));
      else expect(report).toContain(file);
      expect(report).not.toContain("owered: ");
      expect(report).not.toContain("configuration.lowered");
    });

    it("says what is lowered", async () => {
      const report = await text(format, lax);
      expect(report).toContain(lowered);
      if (file !== undefined) expect(report).toContain(file);
    });

    it("says what a variable lowers without a file", async () => {
      const configuration = { file: null, foundBy: null, lowered: lax.lowered.slice(2) };
      const report = await text(format, configuration);
      expect(report).toContain("allowUnknown");
      expect(report).not.toContain("plugins.config.yaml");
    });

    it("says nothing without a configuration", async () => {
      const report = await text(format, null);
      expect(report).toBe(
        await reportText(format, green, exampleContext({ exitCode: 0, failure: undefined })),
      );
      const mentions = report
        .replace('"configuration": null', "")
        .match(/configuration[":.]|Configuration:|Lowered/g);
      expect(mentions).toBeNull();
    });

    it("shows a hostile path without its control characters", async () => {
      const hostile = "../\u001b[2J\u202e<i>|`::error::x\n.yaml";
      const report = await text(format, { ...lax, file: hostile });
      for (const part of ["\u001b", "\u202e", "\n::error::x"]) expect(report).not.toContain(part);
      if (format === "html") expect(report).not.toContain("<i>");
    });
  },
);

it("a JUnit report of no plugins names the configuration too", async () => {
  const empty = { ...green, plugins: [], findings: [] };
  expect(await text("junit", lax, empty)).toContain(`value="${said}"`);
  expect(await text("junit", null, empty)).not.toContain("<testsuite ");
});

it("each setting that is lowered is an issue of its own for GitLab, at its line", async () => {
  const issues = JSON.parse(await text("gitlab", lax, { ...green, findings: [] })) as readonly {
    readonly check_name: string;
    readonly severity: string;
    readonly fingerprint: string;
    readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
  }[];
  const own = issues.filter(({ check_name: name }) => name === "configuration");
  expect(own.map(({ severity, location }) => [severity, location.path, location.lines.begin])).toEqual([
    ["info", "/plugins.config.yaml", 4],
    ["info", "/plugins.config.yaml", 6],
    ["info", "/plugins.config.yaml", 1],
  ]);
  expect(new Set(own.map(({ fingerprint }) => fingerprint)).size).toBe(3);
});

it("the JSON documents follow their schema", async () => {
  for (const configuration of [null, named, lax]) {
    expect(schemaBreaches(JSON.parse(await text("json", configuration)))).toEqual([]);
    const listing = await reportText("json", listed([debug]), { ...listContext, configuration });
    expect(schemaBreaches(JSON.parse(listing))).toEqual([]);
    const document = inspectDocument(inspected(debug), 0, listContext.tool, configuration);
    expect(document.configuration).toEqual(configuration);
    expect(schemaBreaches(JSON.parse(JSON.stringify(document)))).toEqual([]);
  }
});

describe("a screen", () => {
  const options = { width: null, color: 0, unicode: true } as const;
  const view = { quiet: false, allowUnknown: false };
  const screens = {
    "check-all": (configuration: Configuration | null) =>
      checkAllScreen(green, { ...view, configuration }, options),
    validate: (configuration: Configuration | null) =>
      validateScreen(checked([debug]), { ...view, configuration }, options),
    list: (configuration: Configuration | null) => listScreen(listed([debug]), options, { configuration }),
    "list of nothing": (configuration: Configuration | null) =>
      listScreen(listed([]), options, { configuration }),
    inspect: (configuration: Configuration | null) =>
      inspectScreen(
        inspected(kafka),
        { symbols: false, sections: false, dependencies: false, configuration },
        options,
      ),
  };

  it.each(Object.entries(screens))("of %s says it in a line or two", async (_, render) => {
    const lines = async (configuration: Configuration | null): Promise<readonly string[]> =>
      (await render(configuration)).split("\n").filter((line) => line !== "");
    const without = await lines(null);
    const isNew = (line: string): boolean => !without.includes(line);
    expect((await lines(named)).filter(isNew)).toEqual([
      "Configuration  ../plugins.config.yaml, found upward",
    ]);
    expect((await lines(lax)).filter(isNew)).toEqual([
      "Configuration  ../plugins.config.yaml, found upward",
      `Lowered        ${said}`,
    ]);
  });

  it("that is quiet says it only if something is lowered", async () => {
    const quiet = (configuration: Configuration | null): Promise<string> =>
      checkAllScreen(green, { ...view, quiet: true, configuration }, options);
    expect(await quiet(null)).toBe("");
    expect(await quiet(named)).toBe("");
    expect(await quiet(lax)).toBe(
      `Configuration  ../plugins.config.yaml, found upward\nLowered        ${said}\n`,
    );
    const one = { ...view, quiet: true };
    expect(await validateScreen(checked([debug]), { ...one, configuration: named }, options)).toBe("");
    expect(await validateScreen(checked([debug]), { ...one, configuration: lax }, options)).toContain(said);
  });

  it("for scripts has rows only", async () => {
    const bare = { ...view, bare: true, configuration: lax };
    expect(await checkAllScreen(everyVerdict, bare, options)).not.toContain("onfiguration");
    expect(await listScreen(listed([debug]), options, bare)).not.toContain("onfiguration");
  });
});
