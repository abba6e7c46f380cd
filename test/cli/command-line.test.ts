import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { runCli } from "../support/run-cli.ts";
import { lackOf, notRoot, testWith } from "../support/need.ts";
import { reportOf } from "../support/report-schema.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const bin = join(root, "bin/run.js");
const plugins = join(root, "fixtures/sample-rust/plugins");
const host = join(root, "fixtures/sample-rust/otelcol");

describe("an argument that is wrong", () => {
  it.each([
    ["a flag with the name of a member of every object", ["list", "--toString"], "unknown flag --toString"],
    ["__proto__ as a flag", ["list", "--__proto__"], "unknown flag --__proto__"],
    ["a value for a flag that takes none", ["list", "--recursive=false"], "--recursive takes no value"],
    ["a flag without its value", ["check-all", "--host"], "expects a value"],
    ["a flag given twice", ["check-all", "--arch", "a", "--arch", "b"], "only be specified once"],
    ["a short flag that is not known", ["list", "-x"], "unknown flag -x"],
    ["no file", ["inspect"], "missing argument FILE"],
    ["a file too many", ["inspect", "a", "b"], "unexpected argument b"],
    ["a flag for a command", ["--bogus"], "unknown flag --bogus"],
    ["help for an unknown command", ["help", "bogus"], "unknown command bogus"],
  ])("(%s) is exit 2 and said in one line", async (_, args, problem) => {
    const { code, stdout, stderr } = await runCli(args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr.split("\n")[0]).toContain(problem);
    expect(stderr).not.toMatch(/bug|\n\s+at /);
  });

  it.each([["list", "--toString"], ["list", "--json=false"], ["inspect"], ["chekc-all"], ["--bogus"]])(
    "is one JSON document with --json: %s %s",
    async (...words) => {
      const args = words.filter((word): word is string => (word as string | undefined) !== undefined);
      const { code, stdout, stderr } = await runCli([...args, "--json"]);
      expect(code).toBe(2);
      expect(reportOf(stdout)).toMatchObject({ exitCode: 2, error: { code: "bad-usage" } });
      expect(stderr).toMatch(/^plugins: /);
    },
  );

  it.each(["frobnicate", "toString", "__proto__"])(
    "gets no suggestion if no command is similar: %s",
    async (word) => {
      const { code, stderr } = await runCli([word]);
      expect(code).toBe(2);
      expect(stderr).toMatch(/^plugins: unknown command \w+\nCommands: /);
    },
  );

  it("is not a folder among files for validate, which is reported with them", async () => {
    const { code, stdout } = await runCli(["validate", plugins, host, "--host", host]);
    expect(code).toBe(1);
    expect(stdout).toContain("this is a folder, not a file");
  });
});

describe("flags of every command", () => {
  it("can come before its name", async () => {
    const { code, stdout } = await runCli(["--json", "list", plugins]);
    expect(code).toBe(0);
    expect(reportOf(stdout)["command"]).toBe("list");
  });

  it("after -- are names of files", async () => {
    const { code, stdout } = await runCli(["validate", "--host", host, "--", "--json"]);
    expect(code).toBe(1);
    expect(stdout).toContain("--json — unreadable");
  });
});

describe("--version", () => {
  it("is one JSON document with --json", async () => {
    const { code, stdout } = await runCli(["--version", "--json"]);
    expect(code).toBe(0);
    expect(reportOf(stdout)).toMatchObject({ command: null, tool: { name: "otelcol-plugins" } });
  });
});

describe("stdin", () => {
  it("is left alone, so that a loop around the command keeps its input", () => {
    const shell = `while read -r line; do "${process.execPath}" "${bin}" list "${plugins}" >&2; echo "$line"; done`;
    const { stdout } = spawnSync("sh", ["-c", shell], { input: "one\ntwo\nthree\n", encoding: "utf8" });
    expect(stdout).toBe("one\ntwo\nthree\n");
  });

  it("is not taken for a folder", () => {
    const { status, stderr } = spawnSync(process.execPath, [bin, "list"], {
      cwd: tmpdir(),
      input: `${plugins}\n`,
      encoding: "utf8",
    });
    expect(status).toBe(2);
    expect(stderr).toContain("no plugin folder given");
  });
});

describe("a report that cannot be written whole", () => {
  testWith(
    existsSync("/dev/full") ? undefined : "no /dev/full",
    "is exit 2 and said on stderr, not a crash",
    () => {
      const shell = `"${process.execPath}" "${bin}" list "${plugins}" > /dev/full`;
      const { status, stderr } = spawnSync("sh", ["-c", shell], { encoding: "utf8" });
      expect(status).toBe(2);
      expect(stderr).toContain("the report could not be written: ENOSPC");
      expect(stderr).not.toMatch(/\n\s+at /);
    },
    { optional: process.platform !== "linux" },
  );

  it("for want of a reader keeps the exit code of the check", () => {
    const command = `"${process.execPath}" "${bin}" check-all "${plugins}" --host "${host}"`;
    const shell = `{ ${command}; echo "exit $?" >&3; } 3>&2 2>/dev/null | true`;
    const { stderr } = spawnSync("sh", ["-c", shell], { encoding: "utf8" });
    expect(stderr).toBe("exit 1\n");
  });
});

describe("a bug outside of any command", () => {
  it("is exit 2 too", () => {
    const fault = "process.stdout.write = () => { setTimeout(() => { throw new TypeError('injected') }, 0) }";
    const { status, stderr } = spawnSync(
      process.execPath,
      ["--import", `data:text/javascript,${encodeURIComponent(fault)}`, bin, "list", plugins],
      { encoding: "utf8" },
    );
    expect(status).toBe(2);
    expect(stderr).toContain("injected");
  });
});

describe("it runs", () => {
  const nobody = ["setpriv", "--reuid", "54321", "--clear-groups"];

  testWith(
    notRoot ?? lackOf("setpriv"),
    "for a user whom the system does not know, without HOME and SHELL",
    () => {
      const environment = ["-i", `PATH=${process.env["PATH"] ?? ""}`];
      const command = [...environment, ...nobody, process.execPath, bin, "list", plugins];
      const { status, stdout } = spawnSync("env", command, { encoding: "utf8" });
      expect(status).toBe(0);
      expect(stdout).toContain("kafkaexporter.so");
    },
    { optional: notRoot !== undefined },
  );

  it("in a folder that is gone", () => {
    const gone = mkdtempSync(join(tmpdir(), "plugins-gone-"));
    const shell = `cd "${gone}" && rmdir "${gone}" && exec "${process.execPath}" "${bin}" list "${plugins}"`;
    const { status, stdout } = spawnSync("sh", ["-c", shell], { encoding: "utf8" });
    if (existsSync(gone)) rmdirSync(gone);
    expect(status).toBe(0);
    expect(stdout).toContain("kafkaexporter.so");
  });
});

describe("inspect --field", () => {
  const kafka = join(plugins, "kafkaexporter.so");

  it("prints one JSON document with --json", async () => {
    const { stdout } = await runCli(["inspect", kafka, "--field", "build_flags", "--json"]);
    expect(JSON.parse(stdout)).toEqual(["-Cpanic=abort"]);
  });

  it("of a file that has none is exit 1, with the reason on stderr", async () => {
    for (const [name, reason] of [
      ["hostmetricsreceiver.so", "has no build_time"],
      ["notes.so", "not ELF or Mach-O (text)"],
    ]) {
      const run = await runCli(["inspect", join(plugins, name ?? ""), "--field", "build_time"]);
      expect([run.code, run.stdout]).toEqual([1, ""]);
      expect(run.stderr).toContain(reason);
    }
  });
});

describe("a folder without plugins", () => {
  it("passes with a warning", async () => {
    const empty = mkdtempSync(join(tmpdir(), "plugins-none-"));
    const { code, stdout, stderr } = await runCli(["check-all", empty, "--host", host]);
    rmdirSync(empty);
    expect(code).toBe(0);
    expect(stdout).toContain("No plugins found.");
    expect(stderr).toContain("Warning: no plugins found to check.");
  });
});
