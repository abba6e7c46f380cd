import { describe, expect, it } from "vitest";
import { reportText, type FileFormat } from "../../src/report/format.ts";
import {
  everyVerdict,
  green,
  kafka,
  legacy,
  listed,
  notes,
  twoHosts,
  universal,
  debug,
} from "../support/example-results.ts";
import { lax } from "../support/example-configuration.ts";
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

/** A page's own style and script are the same in every page: they have a golden file each, and the pages are kept without them. */
const parts = { style: "page.css", script: "page.js" } as const;

function without(page: string): string {
  return page
    .replace(
      /<(style|script)>\n[^]*?<\/\1>/g,
      (_, part: keyof typeof parts) => `<${part}>${parts[part]}</${part}>`,
    )
    .replace(/sha256-[\w+/]{43}=/g, "sha256-…");
}

async function expectGolden(text: string, format: FileFormat, name: string): Promise<void> {
  const kept = format === "html" ? without(text) : text;
  await expect(kept).toMatchFileSnapshot(golden(`${name}.${endings[format]}`));
}

describe("the report of a failing check", () => {
  it.each(Object.keys(endings) as FileFormat[])("as %s is the golden one", async (format) => {
    await expectGolden(await reportText(format, everyVerdict, exampleContext()), format, "check-all");
  });
});

describe("the report of a check with two hosts", () => {
  it.each(Object.keys(endings) as FileFormat[])("as %s is the golden one", async (format) => {
    await expectGolden(await reportText(format, twoHosts, exampleContext()), format, "two-hosts");
  });
});

describe("the report of a check with a lax configuration", () => {
  const context = exampleContext({ exitCode: 0, failure: undefined, configuration: lax });
  it.each(Object.keys(endings) as FileFormat[])("as %s is the golden one", async (format) => {
    await expectGolden(await reportText(format, green, context), format, "configuration");
  });
});

describe("the report of a green check", () => {
  const context = exampleContext({ exitCode: 0, failure: undefined });
  it.each(["junit", "github", "markdown", "html"] as const)("as %s is the golden one", async (format) => {
    await expectGolden(await reportText(format, green, context), format, "check-all-green");
  });
});

describe("the report of a listing", () => {
  const result = listed([debug, kafka, legacy, notes, universal]);
  it.each(["markdown", "cyclonedx", "html"] as const)("as %s is the golden one", async (format) => {
    await expectGolden(await reportText(format, result, listContext), format, "list");
  });
});

describe("every page", () => {
  it.each(Object.entries(parts))("has the golden %s, whatever it reports", async (part, name) => {
    const contents = [everyVerdict, green, listed([debug])].map(async (result) => {
      const page = await reportText("html", result, exampleContext());
      return new RegExp(`<${part}>\\n([^]*?)</${part}>`).exec(page)?.[1] ?? "";
    });
    const [first = "", ...others] = await Promise.all(contents);
    for (const other of others) expect(other).toBe(first);
    await expect(first).toMatchFileSnapshot(golden(name));
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
