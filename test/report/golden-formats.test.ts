import { describe, expect, it } from "vitest";
import { reportText, type FileFormat } from "../../src/report/format.ts";
import {
  everyVerdict,
  green,
  kafka,
  legacy,
  listed,
  notes,
  universal,
  debug,
} from "../support/example-results.ts";
import { exampleContext, listContext } from "../support/report-context.ts";

const endings = {
  json: "json",
  sarif: "sarif.json",
  junit: "junit.xml",
  gitlab: "gitlab.json",
  github: "github.txt",
  markdown: "md",
  cyclonedx: "cyclonedx.json",
  html: "html",
} as const satisfies Record<FileFormat, string>;

const golden = (name: string): string => new URL(`../golden/report/${name}`, import.meta.url).pathname;

describe("the report of a failing check", () => {
  it.each(Object.entries(endings))("as %s is the golden one", async (format, ending) => {
    const text = await reportText(format as FileFormat, everyVerdict, exampleContext());
    await expect(text).toMatchFileSnapshot(golden(`check-all.${ending}`));
  });
});

describe("the report of a green check", () => {
  const context = exampleContext({ exitCode: 0, failure: undefined });
  it.each(["junit", "github", "markdown", "html"] as const)("as %s is the golden one", async (format) => {
    const text = await reportText(format, green, context);
    await expect(text).toMatchFileSnapshot(golden(`check-all-green.${endings[format]}`));
  });
});

describe("the report of a listing", () => {
  const result = listed([debug, kafka, legacy, notes, universal]);
  it.each(["markdown", "cyclonedx", "html"] as const)("as %s is the golden one", async (format) => {
    const text = await reportText(format, result, listContext);
    await expect(text).toMatchFileSnapshot(golden(`list.${endings[format]}`));
  });
});

describe("every report", () => {
  it.each(Object.keys(endings) as FileFormat[])("as %s is the same each time", async (format) => {
    const context = exampleContext();
    expect(await reportText(format, everyVerdict, context)).toBe(
      await reportText(format, everyVerdict, context),
    );
  });

  it.each(Object.keys(endings) as FileFormat[])("as %s ends with one line break", async (format) => {
    expect(await reportText(format, everyVerdict, exampleContext())).toMatch(/[^\n]\n$/);
  });
});
