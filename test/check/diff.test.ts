import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { disk } from "../../src/files/disk.ts";
import { defaultCarrierNames as names } from "../../src/manifest/carrier/carrier-names.ts";
import { diff, type DiffResult } from "../../src/check/diff/diff.ts";
import { inspect } from "../../src/check/inspect.ts";
import type { Difference } from "../../src/check/diff/difference.ts";
import type { Manifest } from "../../src/manifest/generated/manifest.ts";
import { builtFixtures } from "../support/built-fixtures.ts";
import { buildElf } from "../support/elf-builder.ts";
import { exampleManifest } from "../support/example-manifest.ts";
import { testWith } from "../support/need.ts";

const fixtures = builtFixtures();
const file = (name: string): string => fixtures.get(`compat/${name}`).file;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "plugins-diff-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A library made by hand, of which nothing but a manifest is known. */
function claiming(name: string, fields: Partial<Manifest>, needed = ["libc.so.6"]): string {
  const path = join(folder, name);
  const manifest = exampleManifest({
    language: "rust",
    toolchain_version: "1.95.0",
    build_flags: [],
    ...fields,
  });
  const sections = [{ name: ".otel_manifest", content: JSON.stringify(manifest) }];
  writeFileSync(path, buildElf({ type: 3, needed, sections }));
  return path;
}

const differencesOf = ({ slices }: DiffResult): readonly Difference[] =>
  slices.flatMap(({ differences }) => differences);

/** `group name`, those that matter. */
async function mattering(one: string, other: string): Promise<readonly string[]> {
  return differencesOf(await diff(disk, one, other, names))
    .filter(({ matters }) => matters)
    .map(({ group, name }) => `${group} ${name}`);
}

describe("two plugins", () => {
  it("of one content differ in nothing", async () => {
    const copy = join(folder, "copy.so");
    copyFileSync(file("debugexporter"), copy);
    const { slices, summary } = await diff(disk, file("debugexporter"), copy, names);
    expect(summary).toEqual({ matter: 0, informative: 0 });
    expect(slices).toMatchObject([{ one: "x86_64", other: "x86_64", differences: [] }]);
  });

  it("do not differ in flags of cgo that are recorded on one side alone, but empty", async () => {
    const [one, other] = ["transformprocessor", "debugexporter"].map(
      (name) => `fixtures/sample/plugins/${name}.so`,
    );
    const { buildSettings } = (await inspect(disk, one ?? "", names)).details[0] ?? {};
    expect(buildSettings).toContainEqual({ key: "CGO_CPPFLAGS", value: "" });
    const found = await mattering(one ?? "", other ?? "");
    expect(found).toContain("flag -trimpath");
    expect(found.filter((each) => each.startsWith("setting"))).toEqual([]);
  });

  it("show a module's two versions with their sums, and that it is why packages differ", async () => {
    const result = await diff(disk, file("awss3exporter"), file("lokiexporter"), names);
    expect(differencesOf(result)).toContainEqual({
      group: "dependency",
      name: "github.com/tidwall/gjson",
      one: { known: true, value: expect.stringMatching(/^v1\.18\.0 h1:/) as string, from: ".go.buildinfo" },
      other: { known: true, value: expect.stringMatching(/^v1\.19\.0 h1:/) as string, from: ".go.buildinfo" },
      matters: true,
    });
    const [slice] = result.slices;
    expect(slice?.packages).toMatchObject({
      known: true,
      different: [{ package: "github.com/tidwall/gjson" }],
      causes: [
        { kind: "module", subject: "github.com/tidwall/gjson", packages: ["github.com/tidwall/gjson"] },
      ],
    });
  });

  it("show the same the other way around", async () => {
    const [there, back] = [
      await diff(disk, file("awss3exporter"), file("lokiexporter"), names),
      await diff(disk, file("lokiexporter"), file("awss3exporter"), names),
    ];
    const turned = differencesOf(back).map(({ one, other, ...rest }) => ({
      ...rest,
      one: other,
      other: one,
    }));
    expect(turned).toHaveLength(differencesOf(there).length);
    expect(turned).toEqual(expect.arrayContaining([...differencesOf(there)]));
    expect(back.summary).toEqual(there.summary);
  });
});

describe("what manifests alone say", () => {
  it.each<readonly [string, Partial<Manifest>, Partial<Manifest>, readonly string[]]>([
    [
      "a build time does not matter",
      { build_time: "2026-01-01T00:00:00Z" },
      { build_time: "2026-02-01T00:00:00Z" },
      [],
    ],
    [
      "a toolchain's spelling does not matter",
      { toolchain_version: "1.95.0" },
      { toolchain_version: "rustc 1.95.0 (59807616e 2026-04-14)" },
      [],
    ],
    [
      "a toolchain's release does",
      { toolchain_version: "1.95.0" },
      { toolchain_version: "1.94.0" },
      ["toolchain rust toolchain"],
    ],
    ["a profile", { build_profile: "release" }, { build_profile: "debug" }, ["profile build profile"]],
    [
      "a dependency's hash",
      { dependency_hashes: { serde: "a".repeat(64) } },
      { dependency_hashes: { serde: "b".repeat(64) } },
      ["dependency serde"],
    ],
    [
      "a dependency that one lacks",
      { dependency_hashes: { serde: "a".repeat(64), "syn@1.0.109": "b".repeat(64) } },
      { dependency_hashes: { serde: "a".repeat(64) } },
      ["dependency syn"],
    ],
    [
      "components",
      { components: [{ kind: "exporter", type: "a", symbol: "New" }] },
      { components: [{ kind: "exporter", type: "b", symbol: "New" }] },
      ["manifest components"],
    ],
    ["a flag", { build_flags: ["-C", "panic=abort"] }, { build_flags: [] }, ["flag -C panic"]],
  ])("%s", async (_, one, other, expected) => {
    const found = await mattering(claiming("one.so", one), claiming("other.so", other));
    expect(found).toEqual(expected);
  });

  it("libraries that only one links matter between two plugins", async () => {
    const found = await mattering(claiming("a.so", {}), claiming("b.so", {}, ["libc.so.6", "libssl.so.3"]));
    expect(found).toEqual(["library libssl.so.3"]);
  });
});

describe("a plugin and a host", () => {
  it("that go together differ in nothing that matters, either way around", async () => {
    const [one, other] = [file("debugexporter"), file("otelcol")];
    expect((await diff(disk, one, other, names)).summary.matter).toBe(0);
    expect((await diff(disk, other, one, names)).summary.matter).toBe(0);
  });

  it("are told apart by what they are", async () => {
    const { one, other } = await diff(disk, file("debugexporter"), file("otelcol"), names);
    expect([one.role, other.role]).toEqual(["plugin", "host"]);
  });

  it("name packages and causes with the values of the right side", async () => {
    const [plugin] = fixtures.some(
      ({ language, expect: made }) =>
        language === "go" && made?.rules.includes("toolchain-mismatch") === true,
    );
    if (plugin === undefined) throw new Error("some() has found one");
    const [there, back] = [
      await diff(disk, plugin.file, file("otelcol"), names),
      await diff(disk, file("otelcol"), plugin.file, names),
    ];
    const [ours, theirs] = [there.slices[0]?.packages, back.slices[0]?.packages];
    if (ours?.known !== true || theirs?.known !== true) throw new Error("packages are not known");
    expect(ours.different.length).toBeGreaterThan(0);
    expect(theirs.different).toEqual(
      ours.different.map(({ package: path, one, other }) => ({ package: path, one: other, other: one })),
    );
    expect(theirs.causes.map(({ one }) => one)).toEqual(ours.causes.map(({ other }) => other));
  });
});

describe("two hosts", () => {
  it("show what one can and the other cannot", async () => {
    const found = await mattering(file("otelcol"), file("otelcol-no-cgo"));
    expect(found).toEqual(expect.arrayContaining(["evidence cgo", "setting CGO_ENABLED"]));
  });

  it("whose packages are not known on one side are not called equal", async () => {
    const { slices } = await diff(disk, file("otelcol"), file("otelcol-no-cgo"), names);
    expect(slices[0]?.packages).toMatchObject({ known: false, matters: true });
  });
});

describe("a universal file", () => {
  const universal = fixtures.fixtures.find(({ kind }) => kind === "universal");
  testWith(
    universal === undefined ? fixtures.lack(/universal/) : undefined,
    "is held against another slice by slice",
    async () => {
      const { file: path, members = [] } = universal ?? { file: "" };
      const { slices, summary } = await diff(disk, path, path, names);
      expect(slices.map(({ one }) => one)).toHaveLength(members.length);
      expect(summary.matter).toBe(0);
    },
  );
});

it("a file that is no object file is refused", () => {
  const text = join(folder, "notes.so");
  writeFileSync(text, "notes");
  const host = file("otelcol");
  expect(() => diff(disk, text, host, names)).toThrow(/notes\.so: /);
});
