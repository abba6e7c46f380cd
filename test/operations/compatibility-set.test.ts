import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defaultCarrierNames as names } from "../../src/manifest/carrier-names.ts";
import { checkAll } from "../../src/operations/check-all.ts";
import type { CheckResult } from "../../src/operations/result.ts";
import { ruleIds, type RuleId } from "../../src/rules/finding.ts";
import { builtFixtures } from "../support/built-fixtures.ts";

const fixtures = builtFixtures();
const plugins = fixtures.fixtures.filter(({ expect, role }) => expect !== undefined && role === "plugin");

/** Rules about one plugin. The set also shows what the loader says, which is foretold for file types only. */
const judged: ReadonlySet<string> = new Set<RuleId>(
  ruleIds.filter((rule) => rule !== "loader-refuses" && rule !== "duplicate-component"),
);

/** One distribution: every plugin of the set in a folder, against the host it was made for. */
let folder: string;
let result: CheckResult;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "plugins-set-"));
  for (const { file } of plugins) {
    mkdirSync(folder, { recursive: true });
    copyFileSync(file, join(folder, basename(file)));
  }
  const host = { kind: "binary", path: fixtures.get("compat/otelcol").file } as const;
  result = await checkAll({ folders: [folder], recursive: false, names, host, arch: undefined, expect: [] });
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
    if (seen.size > 0) expect(plugin?.verdict).not.toBe("unreadable");
    if (plugin?.findings.some(({ severity }) => severity === "error") === true) {
      expect(plugin.verdict).toBe("incompatible");
    }
  });

  it("names the two plugins that offer one component", () => {
    const duplicate = result.findings.find(({ message }) => message.includes("otlphttpexporter-next"));
    expect(duplicate).toMatchObject({ rule: "duplicate-component", severity: "warning" });
  });

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
