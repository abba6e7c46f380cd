import { describe, expect, it } from "vitest";
import type { DiffResult } from "../../src/check/diff/diff.ts";
import type { Difference } from "../../src/check/diff/difference.ts";
import { readFileSync } from "node:fs";
import { schemaNames, type SchemaName } from "../../src/check/model/shipped-schema.ts";
import { listSchemas } from "../../src/cli/answer/schema-text.ts";
import { checkAllScreen, type CheckView } from "../../src/report/screen/check-all.ts";
import { diffScreen } from "../../src/report/screen/diff.ts";
import { listScreen } from "../../src/report/screen/list.ts";
import { schemaListScreen } from "../../src/report/screen/schema.ts";
import type { ScreenOptions } from "../../src/report/screen/layout/style.ts";
import { checkColumnNames } from "../../src/report/screen/check-columns.ts";
import { listColumnNames } from "../../src/report/screen/list-columns.ts";
import * as example from "../support/example-results.ts";
import { expectGolden } from "../support/golden.ts";

const fact = (value: string, from = ".go.buildinfo"): Difference["one"] => ({ known: true, value, from });

const differences: readonly Difference[] = [
  {
    group: "target",
    name: "libc",
    one: fact("gnu", "PT_INTERP"),
    other: fact("musl", "PT_INTERP"),
    matters: true,
  },
  { group: "toolchain", name: "go toolchain", one: fact("go1.26.5"), other: fact("go1.26.8"), matters: true },
  {
    group: "profile",
    name: "build profile",
    one: fact("release", ".otel_manifest#/build_profile"),
    other: { known: false, why: "rustc leaves no stamp of the profile; a manifest would tell" },
    matters: true,
  },
  {
    group: "dependency",
    name: "github.com/IBM/sarama",
    one: fact("v1.46.2 h1:XkqtYJ0v5z0Sq5ixnBkZ7QbSN1JGv1Ybt3dVh5W3FqM="),
    other: fact("v1.46.3 h1:9fVYkzGgPGk6vCnBN3w0PqGOGsrVyJ3wDdvBQ2mJ0vY= replaced by ./fork"),
    matters: true,
  },
  ...Array.from({ length: 9 }, (_, at): Difference => ({
    group: "dependency",
    name: `example.com/host/${at}`,
    one: null,
    other: fact("v1.0.0"),
    matters: false,
  })),
  {
    group: "link",
    name: "build id",
    one: fact("06294cc0", "note"),
    other: fact("5907a60e", "note"),
    matters: false,
  },
];

const packages = Array.from({ length: 12 }, (_, at) => `example.com/pkg/${at}`);

const whole: DiffResult = {
  one: { path: "released/kafka.so", role: "plugin", format: "elf", size: 2_641_064, archs: ["x86_64"] },
  other: { path: "dist/kafka.so", role: "plugin", format: "elf", size: 2_641_048, archs: ["x86_64"] },
  slices: [
    {
      one: "x86_64",
      other: "x86_64",
      differences,
      packages: {
        known: true,
        inBoth: 210,
        onlyOne: 3,
        onlyOther: 500,
        different: packages.map((path) => ({ package: path, one: "aa", other: "bb" })),
        causes: [
          {
            kind: "release",
            subject: "go",
            one: { value: "go1.26.5", from: ".go.buildinfo" },
            other: { value: "go1.26.8", from: ".go.buildinfo" },
            packages,
          },
          {
            kind: "unexplained",
            subject: "example.com/pkg/0",
            one: null,
            other: null,
            packages: ["example.com/pkg/0"],
          },
        ],
      },
    },
  ],
  summary: { matter: 16, informative: 10 },
};

const same: DiffResult = {
  ...whole,
  slices: [{ one: "x86_64", other: "x86_64", differences: [], packages: null }],
  summary: { matter: 0, informative: 0 },
};

const universal: DiffResult = {
  ...same,
  slices: [
    ...same.slices,
    {
      one: "aarch64",
      other: null,
      differences: [
        {
          group: "file",
          name: "slice for aarch64",
          one: fact("there", "the universal header"),
          other: null,
          matters: true,
        },
      ],
      packages: { known: false, why: "the file exports no package hashes", matters: true },
    },
  ],
  summary: { matter: 2, informative: 0 },
};

const everything = [
  example.debug,
  example.kafka,
  example.legacy,
  example.notes,
  example.redact,
  example.universal,
];
const view: CheckView = { quiet: false, allowUnknown: false };

const schemaTexts = Object.fromEntries(
  schemaNames.map((name) => [
    name,
    readFileSync(new URL(`../../schemas/${name}.schema.json`, import.meta.url), "utf8"),
  ]),
) as Record<SchemaName, string>;

const screens: Readonly<Record<string, (options: ScreenOptions) => Promise<string>>> = {
  diff: (options) => diffScreen(whole, options),
  "diff-nothing": (options) => diffScreen(same, options),
  "diff-universal": (options) => diffScreen(universal, options),
  schema: (options) => schemaListScreen(listSchemas(schemaTexts), options),
  "check-all-verbose": (options) => checkAllScreen(example.everyVerdict, { ...view, verbose: true }, options),
  "check-all-columns": (options) =>
    checkAllScreen(
      example.everyVerdict,
      { ...view, columns: ["verdict", "plugin"], sort: "plugin" },
      options,
    ),
  "list-columns": (options) =>
    listScreen(example.listed(everything), options, { columns: ["plugin", "deps"], sort: "deps" }),
};

const places: Readonly<Record<string, ScreenOptions>> = {
  "80": { width: 80, color: 0, unicode: true },
  "200-color": { width: 200, color: 1, unicode: true },
  pipe: { width: null, color: 0, unicode: true },
  "dumb-80": { width: 80, color: 0, unicode: false },
};

describe.each(Object.entries(screens))("the screen of %s", (name, render) => {
  it.each(Object.entries(places))("at %s is the golden one", async (place, options) => {
    await expectGolden(await render(options), `${name}.${place}`);
  });

  it("has no line that ends with a space, and none that ASCII cannot show where that is asked for", async () => {
    const text = await render({ width: 80, color: 0, unicode: false });
    expect(text).toMatch(/^[\x20-\x7e\n]+$/);
    expect(text.split("\n").filter((line) => line.endsWith(" "))).toEqual([]);
  });
});

describe("the screen of diff", () => {
  it.each([80, 120, 200])("keeps to %i columns", async (width) => {
    const text = await diffScreen(whole, { width, color: 0, unicode: true });
    expect(text.split("\n").filter((line) => line.length > width)).toEqual([]);
  });

  it("never lets a text from a file act on a terminal", async () => {
    const [slice] = whole.slices;
    const hostile = "\u001b[31m\u202e";
    const difference: Difference = {
      group: "manifest",
      name: hostile,
      one: fact(hostile, hostile),
      other: { known: false, why: hostile },
      matters: true,
    };
    const result = {
      ...whole,
      one: { ...whole.one, path: hostile },
      slices: slice === undefined ? [] : [{ ...slice, differences: [difference] }],
    };
    const text = await diffScreen(result, { width: 80, color: 0, unicode: true });
    expect(text).not.toMatch(/[\u001b\u202e]/u); // eslint-disable-line no-control-regex -- they must not be there
  });
});

describe("a table's columns", () => {
  const options: ScreenOptions = { width: null, color: 0, unicode: true };
  it("of list are those that can be asked for", async () => {
    const text = await listScreen(example.listed(everything), options);
    for (const name of listColumnNames)
      expect(text).toMatch(new RegExp(`^ .*\\b${name.toUpperCase()}\\b`, "m"));
  });

  it("of check-all are those that can be asked for", async () => {
    const text = await checkAllScreen(example.everyVerdict, view, options);
    for (const name of checkColumnNames)
      expect(text).toMatch(new RegExp(`^ .*\\b${name.toUpperCase()}\\b`, "m"));
  });

  it("are never left out for want of room where they are asked for", async () => {
    const text = await listScreen(
      example.listed(everything),
      { ...options, width: 40 },
      { columns: [...listColumnNames] },
    );
    // Its headings are broken where they must be.
    expect(text).toMatch(/^PLUGIN +LANGUAGE +TOOLCHAI +TARGET +PROFILE +DEPS +MANIFEST +BUILT$/m);
    expect(text).not.toContain("Hidden columns");
  });
});
