import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { formats, listFormats } from "../../src/report/format.ts";

describe("docs/reports.md", () => {
  it("has a row for every format, in their order, and says which are for list", () => {
    const page = readFileSync(new URL("../../docs/reports.md", import.meta.url), "utf8");
    const rows = [...page.matchAll(/^\| `([a-z]+)` .*\| (yes|no) +\|$/gm)].map(([, name, list]) => [
      name,
      list,
    ]);
    expect(rows).toEqual(formats.map((name) => [name, listFormats.includes(name) ? "yes" : "no"]));
  });
});
