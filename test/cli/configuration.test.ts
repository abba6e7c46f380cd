import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { PluginResult } from "../../src/check/model/result.ts";
import type { Finding } from "../../src/rules/finding.ts";
import { reportOf } from "../support/report-schema.ts";
import { runCli, type CliOptions, type CliRun } from "../support/run-cli.ts";

const sample = fileURLToPath(new URL("../../fixtures/sample-rust", import.meta.url));
let folder: string;

const at = (...names: readonly string[]): string => join(folder, ...names);
const run = (args: readonly string[], options: CliOptions = {}): Promise<CliRun> =>
  runCli(args, { cwd: folder, ...options });
const configured = (text: string): void => {
  writeFileSync(at("plugins.config.yaml"), text);
};

/** One plugin built with another profile than the host: an error of one rule alone. */
const plugin = "transformprocessor.so";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "plugins-configuration-"));
  mkdirSync(at(".git"));
  mkdirSync(at("dist"));
  copyFileSync(join(sample, "plugins", plugin), at("dist", plugin));
  copyFileSync(join(sample, "otelcol"), at("otelcol"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

interface Report {
  readonly plugins: readonly PluginResult[];
  readonly findings: readonly Finding[];
  readonly summary: { readonly errors: number; readonly warnings: number };
  readonly exitCode: number;
}

async function checked(...args: readonly string[]): Promise<Report> {
  const { stdout, code } = await run(["check-all", "--json", ...args]);
  const report = reportOf(stdout) as unknown as Report;
  expect(report.exitCode).toBe(code);
  return report;
}

const base = "folders: dist\nhost: otelcol\n";

describe("a configuration file", () => {
  it("gives what the flags do not, also from a subfolder", async () => {
    configured(base);
    expect((await run(["check-all"])).code).toBe(1);
    mkdirSync(at("below"));
    const { stdout } = await run(["list"], { cwd: at("below") });
    expect(stdout).toContain(plugin);
  });

  it("is overridden by the environment, which flags override", async () => {
    configured(`${base}failOn: never\n`);
    const env = { PLUGINS_FAIL_ON: "error" };
    const lenient = await run(["check-all"]);
    expect([lenient.code, lenient.stderr]).toEqual([
      0,
      expect.stringContaining("Passes only because of --fail-on never: 1 incompatible (exit 0)."),
    ]);
    expect((await run(["check-all"], { env })).code).toBe(1);
    expect((await run(["check-all", "--fail-on", "never"], { env })).code).toBe(0);
  });

  it("is the one that --config or PLUGINS_CONFIG names, and none with --no-config", async () => {
    configured("nonsense: 1\n");
    writeFileSync(at("other.json"), JSON.stringify({ folders: ["dist"], host: "otelcol", failOn: "never" }));
    expect((await run(["check-all"])).code).toBe(2);
    expect((await run(["check-all", "--config", "other.json"])).code).toBe(0);
    expect((await run(["check-all"], { env: { PLUGINS_CONFIG: "other.json" } })).code).toBe(0);
    expect((await run(["list", "dist", "--no-config"])).code).toBe(0);
    expect((await run(["list", "dist", "--no-config", "--config", "other.json"])).code).toBe(2);
  });

  it.each(["list", "check-all", "validate", "inspect", "config", "lock"])(
    "that is wrong is exit 2 for %s, with file, line and a suggestion",
    async (command) => {
      configured(`${base}faliOn: never\n`);
      const files = ["validate", "inspect"].includes(command) ? [at("dist", plugin)] : [];
      const { code, stdout, stderr } = await run([command, ...files]);
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).toContain(
        "plugins: plugins.config.yaml:3:1: unknown key faliOn\nDid you mean failOn?\n",
      );
      const json = await run([command, ...files, "--json"]);
      expect(reportOf(json.stdout)).toMatchObject({ command, error: { code: "config-invalid" } });
    },
  );

  it("runs nothing", async () => {
    for (const name of ["plugins.config.js", "plugins.config.mjs", ".pluginsrc.cjs", ".pluginsrc.js"]) {
      writeFileSync(at(name), `require("node:fs").writeFileSync(${JSON.stringify(at("ran"))}, "");`);
    }
    const script = ["--config", "plugins.config.js"];
    expect((await run(["list", "dist"])).code).toBe(0);
    expect((await run(["list", "dist", ...script])).code).toBe(2);
    expect(existsSync(at("ran"))).toBe(false);
  });

  it("is not overridden by an invalid value in the environment", async () => {
    for (const env of [
      { PLUGINS_MAX_WARNINGS: "many" },
      { PLUGINS_POLICY: "lax" },
      { PLUGINS_LOCKED: "maybe" },
    ]) {
      const { code, stderr } = await run(["check-all", "dist", "--host", "otelcol"], { env });
      expect([code, stderr]).toEqual([2, expect.stringContaining(Object.keys(env).join())]);
    }
  });
});

describe("a report", () => {
  const rule = "build-profile-mismatch";
  const lax = `${base}severities:\n  ${rule}: off\n`;
  const lowered = [
    {
      setting: "severities",
      rule,
      value: "off",
      instead: "error",
      origin: { kind: "file", path: "../plugins.config.yaml", line: 4 },
    },
  ];
  const configurationIn = ({ stdout }: CliRun): unknown => reportOf(stdout)["configuration"];

  it("names the configuration that was found above, and what it lowers", async () => {
    configured(lax);
    const cwd = at("dist");
    const { stdout, code } = await run(["check-all"], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain(
      `\nConfiguration  ../plugins.config.yaml, found upward\nLowered        ${rule}: off, not error\n`,
    );
    const found = { file: "../plugins.config.yaml", foundBy: "search" };
    for (const command of [["check-all"], ["validate", plugin], ["lock", "--lock-file", at("a.lock.json")]])
      expect(configurationIn(await run([...command, "--json"], { cwd }))).toEqual({ ...found, lowered });
    for (const command of [["list"], ["inspect", plugin]])
      expect(configurationIn(await run([...command, "--json"], { cwd }))).toEqual({ ...found, lowered: [] });
  });

  it("names the one that --config or PLUGINS_CONFIG gives, and none with --no-config", async () => {
    writeFileSync(at("other.yaml"), base);
    const file = "other.yaml";
    const given = await run(["check-all", "--json", "--config", at(file)]);
    expect(configurationIn(given)).toEqual({ file, foundBy: "flag", lowered: [] });
    const named = await run(["check-all", "--json"], { env: { PLUGINS_CONFIG: file } });
    expect(configurationIn(named)).toEqual({ file, foundBy: "environment", lowered: [] });
    configured(lax);
    const plain = ["check-all", "dist", "--host", "otelcol", "--no-config"];
    expect(configurationIn(await run([...plain, "--json"]))).toBeNull();
    expect((await run(plain)).stdout).not.toContain("onfiguration");
  });

  it("names what a variable lowers, with no file too, and none of what a flag does", async () => {
    const plain = ["check-all", "dist", "--host", "otelcol", "--severity", `${rule}=off`, "--json"];
    const env = { PLUGINS_FAIL_ON: "never" };
    expect(configurationIn(await run(plain, { env }))).toEqual({
      file: null,
      foundBy: null,
      lowered: [
        {
          setting: "failOn",
          value: "never",
          instead: "error",
          origin: { kind: "environment", name: "PLUGINS_FAIL_ON" },
        },
      ],
    });
    expect(configurationIn(await run(plain))).toBeNull();
  });

  it("of merged shards names that of the shards, wherever they are merged", async () => {
    configured(lax);
    const shard = async (index: number, env: Readonly<Record<string, string>>): Promise<string> => {
      const file = at(`shard-${index}.json`);
      await run(["check-all", "--shard", `${index}/2`, "-o", `json=${file}`], { env });
      return file;
    };
    const files = [
      await shard(1, { PLUGINS_ALLOW_UNKNOWN: "1" }),
      await shard(2, { PLUGINS_ALLOW_UNKNOWN: "true" }),
    ];
    const whole = await run(["check-all", "--json"], { env: { PLUGINS_ALLOW_UNKNOWN: "1" } });
    mkdirSync(at("elsewhere"));
    const merged = await run(["merge", ...files, "--json"], { cwd: at("elsewhere") });
    expect(merged.stdout).toBe(whole.stdout);
    expect(configurationIn(merged)).toMatchObject({ lowered: [{ setting: "allowUnknown" }, { rule }] });
  });
});

describe("the policy", () => {
  const rule = "build-profile-mismatch";

  it("is strict by default", async () => {
    configured(base);
    expect(await checked()).toMatchObject({ exitCode: 1, plugins: [{ verdict: "incompatible" }] });
  });

  it("loader turns what no loader checks into a warning", async () => {
    configured(`${base}policy: loader\n`);
    const { plugins, exitCode } = await checked();
    expect(exitCode).toBe(0);
    expect(plugins).toMatchObject([
      { verdict: "compatible", findings: [{ rule, severity: "warning", ruleSeverity: "error" }] },
    ]);
    expect((await checked("--policy", "strict")).exitCode).toBe(1);
  });

  it("changes the severity of a rule", async () => {
    configured(`${base}severities:\n  ${rule}: warning\n`);
    expect(await checked()).toMatchObject({ exitCode: 0, summary: { errors: 0, warnings: 1 } });
    expect((await checked("--max-warnings", "0")).exitCode).toBe(1);
    expect((await checked("--fail-on", "warning")).exitCode).toBe(1);
  });

  it("lets a suppressed finding pass, which stays in the report with its reason", async () => {
    configured(
      `${base}suppressions:\n  - rule: ${rule}\n    plugin: dist/transform*.so\n    reason: OPS-1\n    expires: 2999-12-31\n`,
    );
    const report = await checked();
    expect(report).toMatchObject({ exitCode: 0, findings: [], summary: { errors: 0 } });
    expect(report.plugins).toMatchObject([
      {
        verdict: "compatible",
        findings: [{ rule, severity: "error", suppressed: { reason: "OPS-1", expires: "2999-12-31" } }],
      },
    ]);
    expect((await run(["check-all"])).stdout).toContain("1 suppressed finding: --verbose shows them.");
    const shown = (await run(["validate", at("dist", plugin)])).stdout;
    expect(shown).toContain(`suppressed error ${rule}: OPS-1, until 2999-12-31`);
  });

  it("fails on a suppression that hides nothing, in check-all, where all plugins are there", async () => {
    configured(
      `${base}severities:\n  ${rule}: off\nsuppressions:\n  - rule: claim-flags\n    reason: known\n`,
    );
    expect(await checked()).toMatchObject({ exitCode: 1, findings: [{ rule: "suppression-stale" }] });
    expect((await run(["validate", at("dist", plugin)])).code).toBe(0);
  });

  it("fails on a suppression that has expired, and hides nothing by it", async () => {
    configured(`${base}suppressions:\n  - rule: ${rule}\n    reason: known\n    expires: 2020-01-01\n`);
    expect(await checked()).toMatchObject({
      exitCode: 1,
      plugins: [{ verdict: "incompatible" }],
      findings: [{ rule: "suppression-expired", severity: "error" }],
    });
  });
});

describe("plugins config", () => {
  it("shows each setting with where it comes from", async () => {
    configured(`${base}failOn: warning\n`);
    const env = { PLUGINS_POLICY: "loader" };
    const { stdout, code } = await run(["config", "--max-warnings", "3"], { env });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Configuration file plugins\.config\.yaml\n/);
    expect(stdout).toMatch(/\nhost +otelcol +plugins\.config\.yaml:2\n/);
    expect(stdout).toMatch(/\nfailOn +warning +plugins\.config\.yaml:3\n/);
    expect(stdout).toMatch(/\nmaxWarnings +3 +--max-warnings\n/);
    expect(stdout).toMatch(/\npolicy +loader +PLUGINS_POLICY\n/);
    expect(stdout).toMatch(/\nrecursive +false +default\n/);
    const json = await run(["config", "--json"], { env });
    expect(reportOf(json.stdout)).toMatchObject({ command: "config", file: "plugins.config.yaml" });
  });

  it("says that there is no file", async () => {
    expect((await run(["config"])).stdout).toMatch(/^No configuration file\.\n/);
  });

  it("warns about a misspelled variable", async () => {
    const { stderr, code } = await run(["config"], { env: { PLUGINS_FIAL_ON: "error" } });
    expect([code, stderr]).toEqual([
      0,
      "Warning: unrecognized environment variable PLUGINS_FIAL_ON. Did you mean PLUGINS_FAIL_ON?\n",
    ]);
  });
});
