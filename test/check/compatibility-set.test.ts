import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { disk } from "../../src/files/disk.ts";
import { defaultCarrierNames as names } from "../../src/manifest/carrier/carrier-names.ts";
import { checkAll } from "../../src/check/check-all.ts";
import type { CheckResult } from "../../src/check/model/result.ts";
import { validate } from "../../src/check/validate.ts";
import { ruleIds, type RuleId } from "../../src/rules/registry.ts";
import { builtFixtures } from "../support/built-fixtures.ts";

const fixtures = builtFixtures();
const plugins = fixtures.fixtures.filter(({ expect, role }) => expect !== undefined && role === "plugin");

/** Rules about the set name several plugins: their findings are the set's. */
const ofTheSet: ReadonlySet<RuleId> = new Set([
  "duplicate-component",
  "duplicate-plugin-path",
  "plugins-disagree",
]);
const judged: ReadonlySet<string> = new Set<RuleId>(ruleIds.filter((rule) => !ofTheSet.has(rule)));

/** One distribution: every plugin of the set in a folder, against the host it was made for. */
let folder: string;
let result: CheckResult;

beforeAll(async () => {
  fixtures.needAll(/^compat\//);
  folder = mkdtempSync(join(tmpdir(), "plugins-set-"));
  for (const { file } of plugins) {
    mkdirSync(folder, { recursive: true });
    copyFileSync(file, join(folder, basename(file)));
  }
  const host = { kind: "binary", path: fixtures.get("compat/otelcol").file } as const;
  result = await checkAll({
    fileSystem: disk,
    folders: [folder],
    recursive: false,
    names,
    host,
    arch: undefined,
    expect: [],
  });
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe("a distribution of real plugins", () => {
  it("is listed whole", () => {
    expect(result.plugins.map(({ path }) => basename(path)).sort()).toEqual(
      plugins.map(({ file }) => basename(file)).sort(),
    );
  });

  it.each(plugins)("$id is found to be what it was made for", ({ file, expect: expected, format }) => {
    const plugin = result.plugins.find(({ path }) => basename(path) === basename(file));
    const seen = new Set(plugin?.findings.map(({ rule }) => rule).filter((rule) => judged.has(rule)));
    expect([...seen].sort()).toEqual((expected?.rules ?? []).filter((rule) => judged.has(rule)).sort());
    if (format === "none") expect(plugin?.verdict).toBe("unreadable");
    // What the real loader answered is written beside each fixture.
    if (typeof expected?.loader === "string") expect(plugin?.loader?.outcome).toBe(expected.loader);
    const hasError = plugin?.findings.some(({ severity }) => severity === "error");
    if (hasError === true && plugin?.verdict !== "unreadable") expect(plugin?.verdict).toBe("incompatible");
  });

  it("names the two plugins that offer one component", () => {
    const duplicate = result.findings.find(({ plugins = [] }) =>
      plugins.some((path) => path.includes("otlphttpexporter-next")),
    );
    expect(duplicate).toMatchObject({ rule: "duplicate-component", severity: "warning" });
  });

  it("names two plugins that fit the host but not one another, and two with one plugin path", () => {
    const about = (rule: RuleId) => result.findings.filter((finding) => finding.rule === rule);
    expect(about("plugins-disagree")).toMatchObject([
      {
        severity: "error",
        message: expect.stringMatching(/awss3exporter.so and .*lokiexporter.so/) as string,
      },
    ]);
    expect(about("duplicate-plugin-path")).toMatchObject([
      {
        severity: "error",
        plugins: [
          expect.stringContaining("zipkinexporter.so") as string,
          expect.stringContaining("zipkinreceiver.so") as string,
        ],
      },
    ]);
  });

  it.each(["compat/otelcol-no-plugin", "compat/otelcol-no-cgo", "compat/otelcol-static"])(
    "finds that %s cannot load plugins, whatever they are",
    async (id) => {
      const { plugins: checked } = await validate({
        fileSystem: disk,
        files: [fixtures.get("compat/debugexporter").file],
        host: { kind: "binary", path: fixtures.get(id).file },
        names,
        arch: undefined,
      });
      expect(checked[0]?.findings.map(({ rule }) => rule)).toContain("host-cannot-load-plugins");
      expect(checked[0]?.verdict).toBe("incompatible");
    },
  );

  it("judges the matching Go and Rust plugins compatible, and no plugin that the loader refuses", () => {
    const compatible = result.plugins
      .filter(({ verdict }) => verdict === "compatible")
      .map(({ path }) => basename(path));
    const refused = plugins.filter(({ expect: e }) => e?.loader === "refused" && e.rules.length > 1);
    expect(compatible).toContain("debugexporter.so");
    expect(compatible).toContain("redactionprocessor.so");
    for (const { file } of refused) expect(compatible).not.toContain(basename(file));
  });
});
