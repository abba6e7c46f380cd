import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCli } from "../support/run-cli.ts";
import { reportOf } from "../support/report-schema.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const sample = join(root, "fixtures/sample-rust");
const host = join(sample, "otelcol");
const good = join(sample, "plugins/debugexporter.so");
const bad = join(sample, "plugins/kafkaexporter.so");
const text = join(sample, "plugins/notes.so");
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "plugins-contract-"));
  mkdirSync(join(folder, "clean"));
  symlinkSync(good, join(folder, "clean/debugexporter.so"));
  mkdirSync(join(folder, "empty"));
  writeFileSync(join(folder, "host.json"), JSON.stringify({ language: "go" }));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const at = (name: string): string => join(folder, name);

describe("exit codes", () => {
  const table: readonly (readonly [string, () => readonly string[], number])[] = [
    ["check-all, all compatible", () => ["check-all", at("clean"), "--host", host], 0],
    ["check-all of an empty folder", () => ["check-all", at("empty"), "--host", host], 0],
    ["check-all with findings", () => ["check-all", join(sample, "plugins"), "--host", host], 1],
    [
      "check-all, expected plugin missing",
      () => ["check-all", at("clean"), "--host", host, "--expect", "kafka"],
      1,
    ],
    [
      "check-all, expected plugin there",
      () => ["check-all", at("clean"), "--host", host, "--expect", "debugexporter"],
      0,
    ],
    ["check-all without a host", () => ["check-all", at("clean")], 2],
    ["check-all, no such folder", () => ["check-all", at("nowhere"), "--host", host], 2],
    ["check-all, a file for a folder", () => ["check-all", good, "--host", host], 2],
    ["check-all, no such host", () => ["check-all", at("clean"), "--host", at("nowhere")], 2],
    ["check-all, host is text", () => ["check-all", at("clean"), "--host", text], 2],
    [
      "check-all, host manifest breaks the schema",
      () => ["check-all", at("clean"), "--host-manifest", at("host.json")],
      2,
    ],
    [
      "check-all, both kinds of host",
      () => ["check-all", at("clean"), "--host", host, "--host-manifest", at("host.json")],
      2,
    ],
    ["check-all, no such slice", () => ["check-all", at("clean"), "--host", host, "--arch", "s390x"], 2],
    ["check-all, unknown flag", () => ["check-all", at("clean"), "--hots", host], 2],
    ["validate, compatible", () => ["validate", good, "--host", host], 0],
    ["validate, incompatible", () => ["validate", good, bad, "--host", host], 1],
    ["validate, unreadable", () => ["validate", text, "--host", host], 1],
    ["validate, no such file", () => ["validate", at("nowhere.so"), "--host", host], 1],
    ["validate without a file", () => ["validate", "--host", host], 2],
    ["list", () => ["list", join(sample, "plugins")], 0],
    ["list, no such folder", () => ["list", at("nowhere")], 2],
    ["inspect", () => ["inspect", bad], 0],
    ["inspect, unreadable", () => ["inspect", text], 1],
    ["inspect of two files", () => ["inspect", good, bad], 2],
    ["an unknown command", () => ["chekc-all"], 2],
  ];

  it.each(table)("%s", async (_, args, code) => {
    const plain = await runCli(args());
    const json = await runCli([...args(), "--json"]);
    expect([plain.code, json.code]).toEqual([code, code]);
    const document = reportOf(json.stdout);
    expect(document["exitCode"]).toBe(code);
    expect("error" in document).toBe(code === 2);
    if (code === 2) {
      expect(plain.stdout).toBe("");
      expect(plain.stderr).toMatch(/^plugins: .+/);
    }
  });

  it("--allow-unknown lets an unknown plugin pass, and nothing else", async () => {
    const manifest = at("hosts.json");
    const { value } = reportOf((await runCli(["inspect", good, "--json"])).stdout)["manifest"] as {
      readonly value: Readonly<Record<string, unknown>>;
    };
    writeFileSync(manifest, JSON.stringify({ ...value, toolchain_version: "stable" }));
    const args = ["validate", good, "--host-manifest", manifest];
    expect((await runCli(args)).code).toBe(1);
    expect((await runCli([...args, "--allow-unknown"])).code).toBe(0);
    expect((await runCli(["validate", bad, "--host", host, "--allow-unknown"])).code).toBe(1);
  });

  it("a bug is 2, with what a report of it needs, never 1", async () => {
    // A broken installation is as good as a bug: a file that ships with the program is gone.
    const copy = at("broken");
    for (const name of ["bin", "dist", "package.json"])
      cpSync(join(root, name), join(copy, name), { recursive: true });
    rmSync(join(copy, "dist/cli/read.cjs"));
    const script = join(copy, "bin/run.js");
    const plain = await runCli(["validate", good, "--host", host], { script });
    expect(plain.code).toBe(2);
    expect(plain.stdout).toBe("");
    expect(plain.stderr).toContain("this is a bug");
    expect(plain.stderr).toContain(process.version);
    const json = await runCli(["validate", good, "--host", host, "--json"], { script });
    expect(json.code).toBe(2);
    expect(reportOf(json.stdout)).toMatchObject({ error: { code: "bug" } });
    // Even what says that there is a bug.
    rmSync(join(copy, "dist/cli/failure.cjs"));
    const noModule = await runCli(["validate", good, "--host", host], { script });
    expect([noModule.code, noModule.stdout]).toEqual([2, ""]);
    expect(noModule.stderr).toContain("this is a bug");
  });

  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("%s ends it with %d, as a shell sees it", async (signal, code) => {
    const run = await runCli(["list", join(sample, "plugins")], {
      during: (child) => setTimeout(() => child.kill(signal), 60),
    });
    expect(run.code).toBe(code);
  });
});

describe("streams", () => {
  it("the report alone is on stdout; why it fails is on stderr", async () => {
    const { stdout, stderr } = await runCli(["check-all", join(sample, "plugins"), "--host", host]);
    expect(stdout).toMatch(/^Host /);
    expect(stdout).not.toContain("Failing");
    expect(stderr).toMatch(/8 plugins: .*\nFailing: .*\(exit 1\)\.\n$/s);
  });

  it("with --json there is one document on stdout and nothing on stderr", async () => {
    const { stdout, stderr } = await runCli(["check-all", join(sample, "plugins"), "--host", host, "--json"]);
    expect(reportOf(stdout)["summary"]).toEqual({
      plugins: 8,
      compatible: 1,
      incompatible: 5,
      unknown: 1,
      unreadable: 1,
      errors: 9,
      warnings: 0,
    });
    expect(stderr).toBe("");
  });

  it("a report is the same on every run", async () => {
    const args = ["check-all", join(sample, "plugins"), "--host", host, "--json"];
    expect((await runCli(args)).stdout).toBe((await runCli(args)).stdout);
  });

  it("a closed pipe ends it quietly", () => {
    const many = at("many");
    mkdirSync(many);
    for (let index = 0; index < 400; index += 1) symlinkSync(bad, join(many, `plugin-${index}.so`));
    const shell = `"${process.execPath}" "${join(root, "bin/run.js")}" check-all "${many}" --host "${host}" --json | head -1`;
    const { stdout, stderr } = spawnSync("sh", ["-c", shell], { encoding: "utf8" });
    expect([stdout, stderr]).toEqual(["{\n", ""]);
  });

  it("a large report comes whole through a slow pipe", () => {
    const shell = `"${process.execPath}" "${join(root, "bin/run.js")}" check-all "${at("many")}" --host "${host}" --json | (sleep 1; cat)`;
    const { stdout } = spawnSync("sh", ["-c", shell], { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
    expect(stdout.length).toBeGreaterThan(300_000);
    expect((reportOf(stdout)["plugins"] as readonly unknown[]).length).toBe(400);
  });
});

describe("color", () => {
  const args = ["check-all", join(sample, "plugins"), "--host", host];
  const escape = "\u001b[";
  it.each([
    ["none in a pipe", [], {}, false],
    ["by --color", ["--color"], {}, true],
    ["by FORCE_COLOR", [], { FORCE_COLOR: "1" }, true],
    ["FORCE_COLOR goes before NO_COLOR", [], { FORCE_COLOR: "1", NO_COLOR: "1" }, true],
    ["--no-color goes before FORCE_COLOR", ["--no-color"], { FORCE_COLOR: "3" }, false],
    ["not by FORCE_COLOR=0", [], { FORCE_COLOR: "0" }, false],
  ] as const)("%s", async (_, flags, env, colored) => {
    const { stdout } = await runCli([...args, ...flags], { env });
    expect(stdout.includes(escape)).toBe(colored);
  });

  it("is the terminal's, unless NO_COLOR or TERM=dumb say otherwise", () => {
    const inTerminal = (env: Readonly<Record<string, string>>): string => {
      const command = [process.execPath, join(root, "bin/run.js"), ...args]
        .map((word) => `'${word}'`)
        .join(" ");
      const result = spawnSync("script", ["-qec", command, "/dev/null"], {
        encoding: "utf8",
        env: { PATH: process.env["PATH"], TERM: "xterm-256color", LANG: "C.UTF-8", ...env },
        stdio: ["ignore", "pipe", "pipe"],
      });
      if (result.error !== undefined) throw result.error;
      return result.stdout;
    };
    // A line of progress, on a slow machine, moves the cursor without any color.
    const colors = (text: string): number =>
      text
        .split(escape)
        .slice(1)
        .filter((part) => /^[\d;]+m/.test(part)).length;
    expect(colors(inTerminal({}))).toBeGreaterThan(0);
    expect(colors(inTerminal({ NO_COLOR: "1" }))).toBe(0);
    expect(inTerminal({ TERM: "dumb" })).not.toContain(escape);
  });
});

describe("where it runs", () => {
  it("writes nothing: a read-only folder, no home, no rights", async () => {
    const closed = at("closed");
    mkdirSync(closed);
    chmodSync(closed, 0o555);
    const { code, stderr } = await runCli(["check-all", at("clean"), "--host", host], {
      cwd: closed,
      env: { HOME: "/nonexistent", XDG_CACHE_HOME: closed, XDG_CONFIG_HOME: closed, XDG_DATA_HOME: closed },
      withoutRoot: true,
    });
    expect(code).toBe(0);
    expect(stderr).not.toMatch(/EACCES|ENOENT|EROFS/);
    expect(readdirSync(closed)).toEqual([]);
  });

  it("takes folder and host from the environment, and flags before it", async () => {
    const env = { PLUGINS_DIR: at("clean"), PLUGINS_HOST: host };
    expect((await runCli(["check-all"], { env })).code).toBe(0);
    expect((await runCli(["check-all", "--host", at("nowhere")], { env })).code).toBe(2);
    expect((await runCli(["list"], { cwd: sample })).code).toBe(0);
  });
});

describe("help", () => {
  it.each([[[]], [["--help"]], [["-h"]], [["help"]]])("plugins %j shows the commands", async (args) => {
    const { code, stdout } = await runCli(args);
    expect(code).toBe(0);
    for (const command of ["list", "inspect", "validate", "check-all"]) expect(stdout).toContain(command);
  });

  it.each(readdirSync(join(root, "src/commands")).map((file) => file.replace(/\.ts$/, "")))(
    "%s --help begins with examples; if it reads plugins, it ends with exit codes and environment",
    async (command) => {
      const { code, stdout } = await runCli([command, "--help"]);
      expect(code).toBe(0);
      const order = ["EXAMPLES", "USAGE", "FLAGS", "EXIT CODES", "ENVIRONMENT"].map((head) =>
        stdout.indexOf(`\n${head}\n`),
      );
      // A command may have no flags of its own, or groups of them only.
      const there = order.filter((at) => at > 0);
      expect(there).toEqual([...there].sort((one, other) => one - other));
      const isAboutPlugins = !["completion", "config", "explain", "man", "schema"].includes(command);
      expect(there.length).toBeGreaterThan(isAboutPlugins ? 3 : 1);
      expect(order.slice(3).map((at) => at > 0)).toEqual([isAboutPlugins, isAboutPlugins]);
      expect(order[0]).toBeGreaterThan(0);
      expect((await runCli(["help", command])).stdout).toBe(stdout);
      await expect(stdout).toMatchFileSnapshot(`../golden/help-${command}.txt`);
    },
  );

  it("--version says which it is", async () => {
    const { code, stdout } = await runCli(["--version"]);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^otelcol-plugins\/\d+\.\d+\.\d+ /)]);
  });
});

describe("inspect --field", () => {
  it.each([
    ["toolchain_version", "1.95.0\n"],
    ["manifest.value.language", "rust\n"],
    ["slices.0.arch", "x86_64\n"],
  ])("%s is printed raw", async (field, value) => {
    const { code, stdout } = await runCli(["inspect", good, "--field", field]);
    expect([code, stdout]).toEqual([0, value]);
  });

  it("that is not known is exit 2 with what may have been meant", async () => {
    const { code, stderr } = await runCli(["inspect", good, "--field", "toolchain_verison"]);
    expect(code).toBe(2);
    expect(stderr).toContain("Did you mean toolchain_version?");
  });
});

describe("the report's schema", () => {
  it.each([
    ["list", join(sample, "plugins")],
    ["inspect", join(sample, "plugins/otlpexporter.dylib")],
    ["inspect", text],
  ])("is followed by %s %s", async (...args) => {
    reportOf((await runCli([...args, "--json"])).stdout);
  });
});
