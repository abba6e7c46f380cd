import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formats } from "../../src/report/format.ts";
import { runCli, type CliRun } from "../support/run-cli.ts";
import { reportOf } from "../support/report-schema.ts";

const sample = fileURLToPath(new URL("../../fixtures/sample-rust/", import.meta.url));
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "plugins-hosts-"));
  mkdirSync(join(folder, ".git"));
  symlinkSync(join(sample, "plugins"), join(folder, "plugins"));
  for (const release of ["1.2", "1.3"])
    symlinkSync(join(sample, "otelcol"), join(folder, `otelcol-${release}`));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const run = (...args: readonly string[]): Promise<CliRun> => runCli(args, { cwd: folder });
const both = ["--host", "otelcol-1.2", "--host", "otelcol-1.3"];

describe("--host, given twice", () => {
  it.each(formats)("names both hosts in %s", async (format) => {
    const { code, stdout, stderr } = await run("check-all", ...both, "-o", format);
    expect([code, /Failing: .*\(exit 1\)/.test(stderr)]).toEqual([1, format !== "json"]);
    for (const host of ["otelcol-1.2", "otelcol-1.3"]) expect(stdout).toContain(host);
  });

  it("is an exit code of 0 only if every plugin fits every host", async () => {
    writeFileSync(
      join(folder, "other.json"),
      JSON.stringify({
        language: "rust",
        toolchain_version: "1.80.0",
        build_profile: "release",
        dependency_hashes: {},
        build_flags: [],
        target: "x86_64-unknown-linux-gnu",
        build_time: "2026-10-02T11:20:31Z",
      }),
    );
    const good = join("plugins", "debugexporter.so");
    expect((await run("validate", good, ...both)).code).toBe(0);
    writeFileSync(join(folder, "hosts.yaml"), "hostManifest: [other.json, other.json]\n");
    expect((await run("validate", good, "--config", "hosts.yaml")).code).toBe(1);
  });

  it("counts a host once that is named twice", async () => {
    const { stdout } = await run("check-all", "--host", "otelcol-1.2", "--host", "./otelcol-1.2", "--json");
    expect(reportOf(stdout)["hosts"]).toBeUndefined();
  });

  it("comes from a configuration file as a list", async () => {
    writeFileSync(join(folder, "list.yaml"), "host:\n  - otelcol-1.2\n  - otelcol-1.3\n");
    const { stdout } = await run("check-all", "--config", "list.yaml", "--json");
    const { hosts } = reportOf(stdout) as { readonly hosts?: readonly { readonly path: string }[] };
    expect(hosts?.map(({ path }) => path)).toEqual(["otelcol-1.2", "otelcol-1.3"]);
  });

  it.each([
    [["lock"], "a lock is for one host, and 2 are given"],
    [["check-all", "--locked"], "a lock is for one host, and 2 are given"],
    [["check-all", "--shard", "1/2"], "a shard is for one host, and 2 are given"],
    [["explain", "--error", "invalid ELF header", "plugins/notes.so"], "an explanation is for one host"],
  ])("is refused by %j", async (args, message) => {
    const { code, stderr, stdout } = await run(...args, ...both);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
  });

  it("fails as a whole if one of them cannot be read", async () => {
    const { code, stderr } = await run("check-all", "--host", "otelcol-1.2", "--host", "otelcol-9");
    expect(code).toBe(2);
    expect(stderr).toContain("otelcol-9");
  });

  it("writes a fix script with a part for each host that is fixed in another way", async () => {
    await run("check-all", ...both, "--fix-script", "fix.sh");
    const script = readFileSync(join(folder, "fix.sh"), "utf8");
    expect(script).toMatch(/^# (?:\d+: )?plugins\/.*, for otelcol-1\.2, otelcol-1\.3$/m);
  });
});
