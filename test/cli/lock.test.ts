import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Finding } from "../../src/rules/finding.ts";
import { reportOf } from "../support/report-schema.ts";
import { runCli, type CliRun } from "../support/run-cli.ts";

const sample = fileURLToPath(new URL("../../fixtures/sample-rust", import.meta.url));
const schema = JSON.parse(
  readFileSync(new URL("../../schemas/lock.schema.json", import.meta.url), "utf8"),
) as object;
let folder: string;

const at = (...names: readonly string[]): string => join(folder, ...names);
const run = (...args: readonly string[]): Promise<CliRun> => runCli(args, { cwd: folder });
const lockText = (): string => readFileSync(at("plugins.lock.json"), "utf8");

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "plugins-lock-"));
  mkdirSync(at(".git"));
  mkdirSync(at("plugins"));
  copyFileSync(join(sample, "otelcol"), at("otelcol"));
  for (const name of ["b.so", "a.so"])
    copyFileSync(join(sample, "plugins/debugexporter.so"), at("plugins", name));
  writeFileSync(at("plugins.config.yaml"), "host: otelcol\n");
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

async function differences(...args: readonly string[]): Promise<readonly string[]> {
  return (await mismatches(...args)).map(({ message }) => message);
}

async function mismatches(...args: readonly string[]): Promise<readonly Finding[]> {
  const { stdout, code } = await run("check-all", "--locked", "--json", ...args);
  const findings = (reportOf(stdout)["findings"] as readonly Finding[]).filter(
    ({ rule }) => rule === "lock-mismatch",
  );
  expect(code).toBe(findings.length === 0 ? 0 : 1);
  return findings;
}

describe("plugins lock", () => {
  it("writes a lock that follows its schema, sorted, without times and absolute paths", async () => {
    const { code, stderr } = await run("lock");
    expect([code, stderr]).toEqual([
      0,
      expect.stringContaining("Locked the host and 2 plugins in plugins.lock.json."),
    ]);
    const lock = JSON.parse(lockText()) as { readonly plugins: readonly { readonly path: string }[] };
    const validate = new Ajv2020({ strict: true }).compile(schema);
    expect(validate(lock), JSON.stringify(validate.errors)).toBe(true);
    expect(lock).toMatchObject({
      schemaVersion: 1,
      tool: { name: "otelcol-plugins" },
      host: { path: "otelcol", size: 14440 },
      plugins: [
        { path: "plugins/a.so", verdict: "compatible" },
        { path: "plugins/b.so", verdict: "compatible" },
      ],
    });
    expect(lockText()).not.toContain(folder);
  });

  it("writes the same lock again, from whatever folder it runs in", async () => {
    await run("lock");
    const before = lockText();
    await runCli(["lock"], { cwd: at("plugins"), env: { PLUGINS_DIR: "." } });
    expect(lockText()).toBe(before);
  });

  it("writes no lock for a set that fails, and leaves an existing lock unchanged", async () => {
    await run("lock");
    const old = lockText();
    copyFileSync(join(sample, "plugins/transformprocessor.so"), at("plugins/c.so"));
    expect((await run("lock")).code).toBe(1);
    expect(lockText()).toBe(old);
    expect((await run("lock", "--fail-on", "never")).code).toBe(0);
    expect(lockText()).toContain('"incompatible"');
  });

  it("replaces nothing but a lock, and says which file that is", async () => {
    writeFileSync(at("package-lock.json"), '{ "name": "app", "lockfileVersion": 3 }\n');
    const { code, stderr } = await run("lock", "--lock-file", "package-lock.json");
    expect([code, stderr]).toEqual([
      2,
      `plugins: the lock cannot be written to package-lock.json: a file that is not a report of plugins already exists at that path\nChoose a different name, or remove that file first.\n`,
    ]);
    expect(readFileSync(at("package-lock.json"), "utf8")).toContain("lockfileVersion");
  });

  it("reports in one JSON document", async () => {
    const { stdout, stderr } = await run("lock", "--json");
    expect(reportOf(stdout)).toMatchObject({ command: "lock", exitCode: 0 });
    expect(stderr).toBe("");
  });

  it("is exit 2 if the lock cannot be written", async () => {
    const { code, stdout } = await run("lock", "--json", "--lock-file", "nowhere/plugins.lock.json");
    expect(code).toBe(2);
    expect(reportOf(stdout)).toMatchObject({ error: { code: "output-unwritable" } });
  });
});

describe("check-all --locked", () => {
  beforeEach(async () => {
    expect((await run("lock")).code).toBe(0);
  });

  it("passes if nothing is different, in whatever order folders are given", async () => {
    expect(await differences()).toEqual([]);
    expect(await differences(at("plugins"))).toEqual([]);
  });

  it("reports a plugin that was added, removed or changed", async () => {
    copyFileSync(at("plugins/a.so"), at("plugins/c.so"));
    rmSync(at("plugins/b.so"));
    appendFileSync(at("plugins/a.so"), "\n");
    expect(await differences()).toEqual([
      "plugins/a.so differs from the lock",
      "plugins/b.so is in the lock but missing",
      "plugins/c.so is not in the lock",
    ]);
  });

  it("compares a host by its content, not by its location", async () => {
    copyFileSync(at("otelcol"), at("moved"));
    expect(await differences("--host", "moved")).toEqual([]);
    appendFileSync(at("moved"), "\n");
    expect(await differences("--host", "moved")).toEqual(["the host moved differs from the lock"]);
  });

  it.each([
    [["--policy", "loader"]],
    [["--fail-on", "warning"]],
    [["--max-warnings", "3"]],
    [["--allow-unknown"]],
    [["--expect", "a"]],
    [["--section", ".otel_manifest"]],
    [["--symbol", "manifest"]],
    [["--sysroot", "."]],
  ] as const)(
    "reports a different policy, and names the setting among those to look at: %j",
    async (flags) => {
      expect(await mismatches(...flags)).toMatchObject([
        { message: "the policy differs from the lock", cause: expect.stringContaining(flags[0]) as string },
      ]);
    },
  );

  it("can be required in the configuration, and overridden for one run", async () => {
    writeFileSync(at("plugins.config.yaml"), "host: otelcol\nlocked: true\n");
    rmSync(at("plugins/b.so"));
    expect((await run("check-all")).code).toBe(1);
    expect((await run("check-all", "--no-locked")).code).toBe(0);
  });

  it.each([
    ["is not there", undefined, "lock-unreadable"],
    ["is not JSON", "{", "lock-invalid"],
    ["breaks its schema", "{}", "lock-invalid"],
    ["is of a different version", '{"schemaVersion": 2}', "lock-invalid"],
  ])("is exit 2 if the lock %s", async (_, text, code) => {
    if (text === undefined) rmSync(at("plugins.lock.json"));
    else writeFileSync(at("plugins.lock.json"), text);
    const result = await run("check-all", "--locked", "--json");
    expect(result.code).toBe(2);
    expect(reportOf(result.stdout)).toMatchObject({ error: { code } });
  });

  it("is exit 2 if the lock lists a plugin twice", async () => {
    const lock = JSON.parse(lockText()) as { plugins: unknown[] };
    lock.plugins.push(lock.plugins[0]);
    writeFileSync(at("plugins.lock.json"), JSON.stringify(lock));
    expect((await run("check-all", "--locked")).stderr).toContain("it lists a plugin twice");
  });
});
