import { execFileSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWith, lackOf, need, testWith, notRoot } from "../support/need.ts";
import { exampleManifest } from "../support/example-manifest.ts";

import { runCli, type CliRun } from "../support/run-cli.ts";

const bin = fileURLToPath(new URL("../../bin/run.js", import.meta.url));

let root: string;
const at = (...names: readonly string[]): string => join(root, ...names);
const time = { SOURCE_DATE_EPOCH: "1700000000" };

function git(folder: string, ...args: readonly string[]): string {
  const who = ["-c", "user.name=A", "-c", "user.email=a@example.com"];
  const env = { ...process.env, GIT_COMMITTER_DATE: "2026-03-04T05:06:07Z" };
  return execFileSync("git", [...who, ...args], { cwd: folder, encoding: "utf8", env });
}

function manifest(args: readonly string[], env: Readonly<Record<string, string>> = time): Promise<CliRun> {
  return runCli(["manifest", ...args], { cwd: root, env: { GOFLAGS: "-buildvcs=false", ...env } });
}

function fieldsOf({ code, stdout, stderr }: CliRun): Record<string, unknown> {
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout) as Record<string, unknown>;
}

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "plugins-manifest-"));
  mkdirSync(at("plain"));
  writeFileSync(at("plain", "go.mod"), "module example.com/plain\n\ngo 1.20\n");
  writeFileSync(at("plain", "main.go"), "package main\n\nfunc main() {}\n");
});
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

describeWith(lackOf("go", "git"), "plugins manifest", () => {
  it("prints a manifest of the sources, and nothing else", async () => {
    const run = await manifest(["plain", "--set", "name=kafka", "--set", "team=ingest", "--", "-trimpath"]);
    expect(fieldsOf(run)).toMatchObject({
      language: "go",
      name: "kafka",
      team: "ingest",
      build_flags: ["-trimpath"],
      build_time: "2023-11-14T22:13:20Z",
      dependency_hashes: { "example.com/plain": "" },
    });
    expect(
      (await manifest(["plain/go.mod", "--set", "name=kafka", "--set", "team=ingest", "--", "-trimpath"]))
        .stdout,
    ).toBe(run.stdout);
  });

  it("takes the time of the commit, also in a copy of the history, and in a shallow one", async () => {
    cpSync(at("plain"), at("repository"), { recursive: true });
    git(at("repository"), "init", "-q");
    git(at("repository"), "add", "-A");
    git(at("repository"), "commit", "-q", "-m", "one");
    git(root, "clone", "-q", "--depth", "1", `file://${at("repository")}`, "shallow");
    const wanted = { build_time: "2026-03-04T05:06:07Z" };
    expect(fieldsOf(await manifest(["repository"], {}))).toMatchObject(wanted);
    expect(fieldsOf(await manifest(["shallow"], {}))).toMatchObject(wanted);
    // Sources that were unpacked in a repository are not of its commit.
    cpSync(at("plain"), at("repository", "unpacked"), { recursive: true });
    expect(await manifest(["repository/unpacked"], {})).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("--set build_time=") as string,
    });
    const given = await manifest(["repository/unpacked", "--set", "build_time=2026-01-01T00:00:00Z"], {});
    expect(fieldsOf(given)).toMatchObject({ build_time: "2026-01-01T00:00:00Z" });
  });

  testWith(notRoot, "reads the commit of a folder of another user", async () => {
    cpSync(at("plain"), at("foreign"), { recursive: true });
    git(at("foreign"), "init", "-q");
    git(at("foreign"), "add", "-A");
    git(at("foreign"), "commit", "-q", "-m", "one");
    for (const name of readdirSync(at("foreign"), { recursive: true, encoding: "utf8" }))
      chownSync(at("foreign", name), 65534, 65534);
    chownSync(at("foreign"), 65534, 65534);
    expect(() => git(at("foreign"), "rev-parse", "HEAD")).toThrow(/dubious ownership/);
    expect(fieldsOf(await manifest(["foreign"], {}))).toMatchObject({ build_time: "2026-03-04T05:06:07Z" });
  });

  it("writes to a file, and replaces only what is a manifest", async () => {
    expect(await manifest(["plain", "-o", "out.json"])).toMatchObject({ code: 0, stdout: "" });
    const first = readFileSync(at("out.json"), "utf8");
    expect(first).toBe((await manifest(["plain"])).stdout);
    expect((await manifest(["plain", "-o", "-"])).stdout).toBe(first);
    expect(await manifest(["plain", "-o", "out.json", "--", "-race"])).toMatchObject({ code: 0, stderr: "" });
    expect(readFileSync(at("out.json"), "utf8")).toContain('"-race"');
    expect(await manifest(["plain", "-o", "plain/main.go"])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("the manifest cannot be written to plain/main.go") as string,
    });
    expect(readFileSync(at("plain", "main.go"), "utf8")).toContain("func main");
  });

  it("leaves a folder that cannot be written to as it is", async () => {
    cpSync(at("plain"), at("read-only"), { recursive: true });
    for (const name of ["go.mod", "main.go"]) chmodSync(at("read-only", name), 0o444);
    chmodSync(at("read-only"), 0o555);
    const run = await runCli(["manifest", "read-only"], { cwd: root, env: time, withoutRoot: true });
    expect(fieldsOf(run)).toMatchObject({ language: "go" });
    chmodSync(at("read-only"), 0o755);
    expect(readdirSync(at("read-only")).sort()).toEqual(["go.mod", "main.go"]);
  });

  it("says what is missing, and what is wrong with a --set", async () => {
    expect(await manifest(["plain"], {})).toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringMatching(
        /build_time is unknown: .*\nGive what is missing: --set build_time=/,
      ) as string,
    });
    const cases = [
      [["--set", "target=linux/arm64"], /--set target: the build says what it is/],
      [["--set", "name"], /--set name is not KEY=VALUE/],
      [["--set", "a=1", "--set", "a=2"], /--set a is given twice/],
      [["--set", "__proto__=1"], /__proto__ must be a field with a different name/],
      [["--set", "build_time=yesterday"], /build_time must be an RFC 3339 time/],
      [["--set", "components={"], /--set components: the value is not JSON/],
      [["--report", "json"], /--report is only for --verify/],
    ] as const;
    for (const [flags, message] of cases) {
      expect(await manifest(["plain", ...flags])).toMatchObject({
        code: 2,
        stderr: expect.stringMatching(message) as string,
      });
    }
    const { code, stdout } = await manifest(["nowhere", "--json"]);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: "file-not-found" }, exitCode: 2 });
  });

  it("names the program that is missing", async () => {
    mkdirSync(at("no-programs"));
    const run = await manifest(["plain"], { ...time, PATH: at("no-programs") });
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toMatch(/^plugins: go was not found on the PATH\nInstall Go/);
  });

  it("--verify says whether the embedded manifest is what the sources say", async () => {
    need("objcopy", "gcc");
    const built = at("plain.so");
    const flags = ["-buildmode=plugin", "-trimpath"];
    const env = { ...process.env, GOFLAGS: "-buildvcs=false" };
    execFileSync("go", ["build", ...flags, "-o", built, "."], { cwd: at("plain"), env });
    expect(await manifest(["--verify", built, "plain", "--", ...flags])).toMatchObject({
      code: 1,
      stdout: expect.stringContaining("carries no manifest\n") as string,
      stderr: "Failing: the manifest is wrong (exit 1).\n",
    });
    await manifest(["plain", "-o", "claim.json", "--", ...flags]);
    execFileSync("objcopy", ["--add-section", `.otel_manifest=${at("claim.json")}`, built]);
    const good = await manifest(["--verify", built, "plain", "--", ...flags], {});
    expect(good).toMatchObject({ code: 0, stderr: "" });
    expect(good.stdout).toContain("its manifest is what the sources and the file say");
    const stale = await manifest(["--verify", built, "plain", "--report", "json", "--", "-buildmode=plugin"]);
    expect(stale.code).toBe(1);
    expect(JSON.parse(stale.stdout)).toMatchObject({
      command: "manifest",
      plugins: [{ findings: [{ rule: "manifest-stale", subject: "build_flags" }] }],
    });
  });
});

/** The command that a verification prints, with this build of the program. */
async function renewal(args: readonly string[]): Promise<string> {
  const { code, stdout } = await manifest(["--verify", ...args]);
  expect(code).toBe(1);
  const command = /fix +(plugins .*?)(?: +#.*)?$/m.exec(stdout)?.[1] ?? "";
  return command.replaceAll("plugins ", `${process.execPath} ${bin} `);
}

describeWith(lackOf("go", "gcc", "objcopy"), "the command that plugins manifest --verify prints", () => {
  const flags = ["--", "-buildmode=plugin", "-gcflags=all=-N -l"];
  const env = { ...process.env, ...time, GOFLAGS: "-buildvcs=false" };
  const build = (name: string): string => {
    const file = at(name);
    execFileSync("go", ["build", ...flags.slice(1), "-o", file, "."], { cwd: at("plain"), env });
    return file;
  };
  const sh = (command: string): unknown =>
    execFileSync("sh", ["-c", command], { cwd: root, env, stdio: "pipe" });

  it("leads to green, without a manifest and with an old one", async () => {
    const file = build("renewed library.so");
    const args = [file, "plain", "--set", "name=a 'quoted' name", ...flags];
    const isGreen = async (): Promise<void> => {
      sh(await renewal(args));
      expect(await manifest(["--verify", ...args])).toMatchObject({ code: 0, stderr: "" });
    };
    await isGreen();
    args.splice(3, 1, "name=another");
    await isGreen();
  });

  it("is not printed where embed might refuse, or more must be known", async () => {
    const file = build("built-in.so");
    writeFileSync(at("old.json"), JSON.stringify(exampleManifest({ language: "go" })));
    execFileSync("objcopy", ["--add-section", `.otel_manifest=${at("old.json")}`, file]);
    expect(await renewal([file, "plain", ...flags])).toBe("");
    const { stdout } = await manifest(["--verify", build("bare.so"), "plain", ...flags], {});
    expect(stdout).toContain("fix     Make the manifest again with `plugins manifest`");
  });
});

describeWith(lackOf("sleep"), "plugins manifest, interrupted", () => {
  it.each(["SIGINT", "SIGTERM"] as const)("%s ends what it started, and leaves nothing", async (signal) => {
    const programs = at(`bin-${signal}`);
    const [pids, folder] = [at(`${signal}.pids`), at(`out-${signal}`)];
    mkdirSync(programs);
    mkdirSync(folder);
    // A go command that works on and on, with a compiler that it started.
    writeFileSync(
      join(programs, "go"),
      `#!/bin/sh\nsleep 600 &\necho $$ $! > ${pids}.new\nmv ${pids}.new ${pids}\nwait\n`,
    );
    chmodSync(join(programs, "go"), 0o755);
    const run = await runCli(["manifest", at("plain"), "-o", join(folder, "manifest.json")], {
      cwd: root,
      env: { ...time, PATH: [programs, process.env["PATH"]].join(delimiter) },
      during: (child) => {
        const wait = async (): Promise<void> => {
          while (!existsSync(pids)) await setTimeout(20);
          child.kill(signal);
        };
        void wait();
      },
    });
    expect(run.code).toBe(signal === "SIGINT" ? 130 : 143);
    expect(readdirSync(folder)).toEqual([]);
    for (const pid of readFileSync(pids, "utf8").trim().split(" ")) {
      expect(await isGone(Number(pid)), pid).toBe(true);
    }
  });
});

/** A process that has ended may wait a moment for whoever collects it. */
async function isGone(pid: number): Promise<boolean> {
  for (let left = 100; left > 0; left -= 1) {
    try {
      process.kill(pid, 0);
    } catch {
      return true;
    }
    if (readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.startsWith("Z") === true) return true;
    await setTimeout(20);
  }
  return false;
}
