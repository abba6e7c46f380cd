import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { UsageError } from "../../src/check/model/usage-error.ts";
import { inspect } from "../../src/check/inspect.ts";
import { disk } from "../../src/files/disk.ts";
import { builtFixtures, type Fixture } from "../support/built-fixtures.ts";
import { embedInMemory } from "../support/embedding.ts";
import { exampleManifest } from "../support/example-manifest.ts";
import { describeWith, lackOf } from "../support/need.ts";

const built = builtFixtures();
const root = mkdtempSync(join(tmpdir(), "plugins-embed-fixtures-"));
afterAll(() => {
  rmSync(root, { recursive: true });
});

const other = exampleManifest({ language: "rust", toolchain_version: "1.95.0" });

/** The manifest that a fixture carries already, since two that differ are refused; or any. */
function manifestFor({ manifest }: Fixture): unknown {
  return manifest ?? other;
}

/** A copy of the fixture with the manifest in it; why not, if it is refused. */
async function embedded(fixture: Fixture): Promise<{ readonly copy: string } | { readonly refused: string }> {
  try {
    const { bytes } = await embedInMemory(readFileSync(fixture.file), JSON.stringify(manifestFor(fixture)));
    const copy = join(root, `${fixture.id.replaceAll("/", "-")}-${basename(fixture.file)}`);
    writeFileSync(copy, bytes);
    chmodSync(copy, 0o755);
    return { copy };
  } catch (error) {
    const why =
      error instanceof UsageError ? /cannot be embedded: (.*)$/s.exec(error.message)?.[1] : undefined;
    if (why === undefined) throw error;
    return { refused: why };
  }
}

async function expectManifest(copy: string, fixture: Fixture): Promise<void> {
  const { slices } = await inspect(disk, copy);
  expect(slices.length).toBeGreaterThan(0);
  for (const { manifests } of slices) {
    expect(manifests).toContainEqual(
      expect.objectContaining({ source: "section", valid: true, value: manifestFor(fixture) }),
    );
  }
}

/** What a loader is told, and what a debugger or a linker looks up. */
function loadedOf(file: string): string {
  const { stdout, stderr, status } = spawnSync(
    "readelf",
    [
      "--wide",
      "--file-header",
      "--program-headers",
      "--dynamic",
      "--dyn-syms",
      "--relocs",
      "--version-info",
      file,
    ],
    { encoding: "utf8", maxBuffer: 2 ** 28 },
  );
  const isSectionTable =
    /^ +(?:Start of section headers|Number of section headers|Section header string table index):.*$/gm;
  // The last table of the program headers names sections of segments by the section table: the same ones.
  return `${status} ${stderr}${stdout.replaceAll(isSectionTable, "").replaceAll(file, "FILE")}`;
}

/** What cannot be embedded after the build, and is meant to be so. */
const refusals: readonly RegExp[] = [
  /^it is a relocatable file/,
  /^its section \.otel_manifest (?:has room for [2-6] bytes|holds something else than a manifest|is in zero-filled memory)/,
  /^the symbol \S+ is a carrier too, and is (?:a function|a pointer to|an absolute|in zero-filled|not JSON|thread-local)/,
  /^(?:the symbol|\.go\.buildinfo) .* carries a different manifest/,
  // lld leaves 32 bytes unless it is told otherwise.
  /it has \d+ free bytes behind its load commands, and \d+ are needed$/,
  /^its section __DATA,__otel_manifest has no content in the file/,
];

/** Files that are cut off, and such with a broken manifest in their section. */
const broken = /^compat\/(?:cut-off|manifest-)/;

/** The fixtures that can be read, of a format. */
function readable(of: "elf" | "macho"): readonly Fixture[] {
  return built.fixtures.filter(({ format, id }) => format === of && !broken.test(id));
}

function refusedOf(outcomes: readonly string[]): readonly string[] {
  return outcomes.filter((outcome) => !refusals.some((form) => form.test(outcome)));
}

describeWith(lackOf("readelf") ?? built.lack(/^elf\//), "ELF files of all compilers and machines", () => {
  const refused: string[] = [];

  test.each(readable("elf"))("$id", async (fixture) => {
    const result = await embedded(fixture);
    if ("refused" in result) {
      refused.push(result.refused);
      return;
    }
    const { copy } = result;
    // Without section headers readelf finds the dynamic section by the segment, with those of the manifest alone it does not.
    if (!fixture.id.endsWith("strip-sections")) expect(loadedOf(copy)).toBe(loadedOf(fixture.file));
    await expectManifest(copy, fixture);
    rmSync(copy);
  });

  test("few are refused, each for a reason that is meant", () => {
    expect(refusedOf(refused)).toEqual([]);
    expect(refused.length).toBeLessThanOrEqual(readable("elf").length / 8);
  });
});

describeWith(built.lack(/^macho\//), "Mach-O files of all compilers and machines", () => {
  const refused: string[] = [];

  test.each(readable("macho"))("$id", async (fixture) => {
    const result = await embedded(fixture);
    if ("refused" in result) {
      refused.push(result.refused);
      return;
    }
    await expectManifest(result.copy, fixture);
    rmSync(result.copy);
  });

  test("those with room are not refused", () => {
    expect(refusedOf(refused)).toEqual([]);
    expect(refused.length).toBeLessThanOrEqual(readable("macho").length * 0.7);
  });
});

describeWith(
  built.missing("compat/otelcol") ?? built.missing("compat/dlopen"),
  "with a manifest in it",
  () => {
    const decided = built.fixtures.filter(
      ({ id, role, expect: expected }) =>
        id.startsWith("compat/") && !broken.test(id) && role === "plugin" && expected?.loader === "loads",
    );

    test.each(decided)("$id is still loaded by a host that has one too", async (plugin) => {
      const host = built.get(plugin.language === "go" ? "compat/otelcol" : "compat/dlopen");
      const copies = await Promise.all([embedded(host), embedded(plugin)]);
      const [program = "", file = ""] = copies.map((each) => ("copy" in each ? each.copy : each.refused));
      expect(spawnSync(program, [file], { encoding: "utf8" }).stdout).toMatch(/^loaded /);
    });

    test("a static host still runs", async () => {
      const result = await embedded(built.get("compat/otelcol-static"));
      const program = "copy" in result ? result.copy : result.refused;
      expect(spawnSync(program, [], { encoding: "utf8" }).status).toBe(0);
    });
  },
);
