import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formats, listFormats } from "../../src/report/format.ts";
import { runCli, type CliOptions, type CliRun } from "../support/run-cli.ts";
import { reportOf } from "../support/report-schema.ts";
import { sarifLog } from "../support/sarif-schema.ts";
import { junitBreaches } from "../support/xml-reader.ts";

const sample = fileURLToPath(new URL("../../fixtures/sample-rust/", import.meta.url));
const host = join(sample, "otelcol");
const bin = fileURLToPath(new URL("../../bin/run.js", import.meta.url));
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "plugins-formats-"));
  mkdirSync(join(folder, "repository/.git"), { recursive: true });
  mkdirSync(join(folder, "repository/build"));
  symlinkSync(join(sample, "plugins"), join(folder, "repository/build/plugins"));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const at = (name: string): string => join(folder, name);
const checkAll = (flags: readonly string[], options: CliOptions = {}): Promise<CliRun> =>
  runCli(["check-all", join(sample, "plugins"), "--host", host, ...flags], { cwd: folder, ...options });

describe("-o", () => {
  it.each(formats)("%s goes to stdout, and the same to a file", async (format) => {
    const file = at(`same.${format}`);
    const [onStdout, inFile] = [await checkAll(["-o", format]), await checkAll(["-o", `${format}=${file}`])];
    expect(onStdout.stdout).not.toBe("");
    expect(readFileSync(file, "utf8")).toBe(onStdout.stdout);
    expect([onStdout.code, inFile.code]).toEqual([1, 1]);
    expect(inFile.stdout).toBe("");
    expect(inFile.stderr).toContain(`wrote ${file}\n`);
  });

  it("writes several reports at once", async () => {
    const { code, stdout } = await checkAll([
      "-o",
      `json=${at("all.json")}`,
      "-o",
      `sarif=${at("all.sarif")}`,
      `--output=junit=${at("all.xml")}`,
      "-o",
      "table",
    ]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^Host /);
    expect(reportOf(readFileSync(at("all.json"), "utf8"))["exitCode"]).toBe(1);
    expect(sarifLog(readFileSync(at("all.sarif"), "utf8")).runs[0]?.invocations?.[0]?.exitCode).toBe(1);
    expect(await junitBreaches(readFileSync(at("all.xml"), "utf8"))).toEqual([]);
  });

  it("json is what --json prints, and nothing is on stderr", async () => {
    const [flag, format, both] = [
      await checkAll(["--json"]),
      await checkAll(["-o", "json"]),
      await checkAll(["--json", "-o", "json"]),
    ];
    expect(format).toEqual(flag);
    expect(both).toEqual(flag);
    expect(format.stderr).toBe("");
  });

  it("names files from the repository's root, wherever the command runs", async () => {
    const { stdout } = await runCli(["check-all", "plugins", "--host", host, "-o", "gitlab"], {
      cwd: at("repository/build"),
    });
    const issues = JSON.parse(stdout) as readonly { readonly location: { readonly path: string } }[];
    expect(issues.map(({ location }) => location.path)).toContain("build/plugins/kafkaexporter.so");
  });

  it("is there for validate", async () => {
    const { code, stdout } = await runCli([
      "validate",
      join(sample, "plugins/debugexporter.so"),
      "--host",
      host,
      "-o",
      "sarif",
    ]);
    expect(code).toBe(0);
    expect(sarifLog(stdout).runs[0]?.results).toEqual([]);
  });
});

describe("-o of list", () => {
  it.each(listFormats)("%s goes to stdout", async (format) => {
    const { code, stdout } = await runCli(["list", join(sample, "plugins"), "-o", format]);
    expect(code).toBe(0);
    expect(stdout).toContain("kafkaexporter.so");
  });

  it("refuses the formats for findings", async () => {
    const { code, stderr } = await runCli(["list", join(sample, "plugins"), "-o", "sarif"]);
    expect(code).toBe(2);
    expect(stderr).toContain("only supports findings");
    expect(stderr).toContain("cyclonedx");
  });
});

describe("what cannot be carried out is exit 2:", () => {
  it.each([
    ["two reports on stdout", ["-o", "table", "-o", "sarif"], "cannot both go to stdout"],
    ["--json and another report on stdout", ["--json", "-o", "junit"], "cannot both go to stdout"],
    [
      "a report and the fix script in one file",
      ["-o", "json=a.json", "--fix-script", "./a.json"],
      "json and the fix script cannot both go to",
    ],
    ["the fix script on stdout", ["--fix-script", "-"], "--fix-script needs a file"],
    ["two reports in one file", ["-o", "sarif=a.json", "-o", "gitlab=./a.json"], "cannot both go to"],
    ["an unknown format", ["-o", "sarrif"], "Did you mean sarif?"],
    ["no file after the sign", ["-o", "sarif="], "names no file"],
    ["no format", ["-o", "=a.json"], "unknown format"],
  ])("%s", async (_, flags, reason) => {
    const { code, stdout, stderr } = await checkAll(flags);
    expect(code).toBe(2);
    expect(stderr).toContain(reason);
    if (!flags.includes("--json")) expect(stdout).toBe("");
    expect(existsSync(at("a.json"))).toBe(false);
  });

  it.each([
    ["a folder that is not there", "nowhere/report.sarif", "ENOENT"],
    ["a folder in its place", "repository", "EISDIR"],
  ])("%s", async (_, file, reason) => {
    const { code, stdout, stderr } = await checkAll(["-o", `sarif=${file}`, "-o", "table"]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(new RegExp(`cannot be written to ${file}: E[A-Z]+: [a-z ]+\n`));
    expect(stderr).toContain(reason);
    expect(readdirSync(folder).filter((name) => name.startsWith("."))).toEqual([]);
  });

  it("a folder without permission", async () => {
    mkdirSync(at("closed"));
    chmodSync(at("closed"), 0o555);
    const { code, stderr } = await checkAll(["-o", "sarif=closed/a.sarif"], { withoutRoot: true });
    expect(code).toBe(2);
    expect(stderr).toContain("EACCES");
  });

  it.each([[["-o", "json"]], [["-ojson"]], [["--output", "json"]], [["--output=json"]], [["-o", "json=-"]]])(
    "with JSON on stdout by %j the error is the document",
    async (flags) => {
      const { code, stdout } = await runCli(["check-all", at("no-such-folder"), "--host", host, ...flags]);
      expect(code).toBe(2);
      expect(reportOf(stdout)).toMatchObject({ exitCode: 2, error: { code: "folder-not-found" } });
    },
  );

  it("a report that cannot be written leaves the error on stdout, not the report", async () => {
    const { code, stdout } = await checkAll(["-o", "json", "-o", "sarif=nowhere/a.sarif"]);
    expect(code).toBe(2);
    expect(reportOf(stdout)).toMatchObject({ error: { code: "output-unwritable" } });
  });
});

describe("files", () => {
  it("are replaced whole, keep their mode, and leave nothing beside them", async () => {
    const place = at("replaced");
    mkdirSync(place);
    writeFileSync(join(place, "a.md"), "## Plugins\n\nold", { mode: 0o640 });
    await checkAll(["-o", `markdown=${join(place, "a.md")}`]);
    expect(readFileSync(join(place, "a.md"), "utf8")).toMatch(/^## Plugin compatibility/);
    expect(statSync(join(place, "a.md")).mode & 0o777).toBe(0o640);
    expect(readdirSync(place)).toEqual(["a.md"]);
  });

  it.each([
    ["-o", "SIGINT", 130, "json="],
    ["-o", "SIGTERM", 143, "json="],
    ["--fix-script", "SIGINT", 130, ""],
  ])(
    "are whole, with nothing beside them, if a signal comes while they are written: %s, %s",
    async (...row) => {
      const [flag, signal, expected, format] = row;
      mkdirSync(at("interrupted"), { recursive: true });
      // The signal comes once half of the work is done: the text is in a file that is to be renamed.
      const fault = `import fs from "node:fs"; import { syncBuiltinESMExports } from "node:module";
      const { writeFileSync } = fs;
      fs.writeFileSync = (...words) => { writeFileSync(...words); process.kill(process.pid, "${signal}"); };
      syncBuiltinESMExports();`;
      const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(fault)}` };
      rmSync(at("interrupted/report"), { force: true });
      await checkAll([flag, `${format}${at("interrupted/report")}`]);
      const { code } = await checkAll([flag, `${format}${at("interrupted/report")}`], { env });
      expect(code).toBe(expected);
      expect(readdirSync(at("interrupted"))).toEqual(["report"]);
      const written = readFileSync(at("interrupted/report"), "utf8");
      if (flag === "-o") expect(reportOf(written)["exitCode"]).toBe(1);
      else expect(written).toMatch(/^#!\/usr\/bin\/env bash\n[^]*\n$/);
    },
  );

  it("that are links stay links", async () => {
    writeFileSync(at("target.md"), "");
    symlinkSync("target.md", at("link.md"));
    await checkAll(["-o", "markdown=link.md"]);
    expect(readFileSync(at("target.md"), "utf8")).toMatch(/^## /);
    expect(lstatSync(at("link.md")).isSymbolicLink()).toBe(true);
  });

  it("that are links out of their folder are not followed", async () => {
    mkdirSync(at("trap"));
    writeFileSync(at("victim.md"), "");
    symlinkSync("../victim.md", at("trap/report.md"));
    const { code, stdout, stderr } = await checkAll(["-o", "markdown=trap/report.md"]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(
      "the report cannot be written to trap/report.md: it is a link that leads out of its folder, to ",
    );
    expect(readFileSync(at("victim.md"), "utf8")).toBe("");
  });

  it("that lead nowhere are replaced, and what they name is not made", async () => {
    symlinkSync("../outside.md", at("repository/dangling.md"));
    await checkAll(["-o", "markdown=repository/dangling.md"]);
    expect(readFileSync(at("repository/dangling.md"), "utf8")).toMatch(/^## /);
    expect(existsSync(at("outside.md"))).toBe(false);
  });

  it.each([
    ["-o", "json=notes.txt", "report"],
    ["-o", "table=notes.txt", "report"],
    ["--fix-script", "notes.txt", "fix script"],
  ])(
    "that are none of ours are kept, and the plugins are not even read: %s %s",
    async (flag, value, what) => {
      writeFileSync(at("notes.txt"), "what a person wrote about otelcol-plugins\n");
      const { code, stdout, stderr } = await checkAll([flag, value]);
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).toBe(
        `plugins: the ${what} cannot be written to notes.txt: a file that is not a report of plugins already exists at that path\nChoose a different name, or remove that file first.\n`,
      );
      expect(readFileSync(at("notes.txt"), "utf8")).toBe("what a person wrote about otelcol-plugins\n");
    },
  );

  it.each([...formats, "fix script"])("of every kind are replaced by every other: %s", async (format) => {
    const file = at("again.txt");
    rmSync(file, { force: true });
    const first = format === "fix script" ? ["--fix-script", file] : ["-o", `${format}=${file}`];
    for (const words of [first, first, ["-o", `json=${file}`]]) expect((await checkAll(words)).code).toBe(1);
    expect(reportOf(readFileSync(file, "utf8"))["exitCode"]).toBe(1);
  });

  it("of stdout go where the shell has opened it", () => {
    const words = [process.execPath, bin, "check-all", join(sample, "plugins"), "--host", host];
    const line = `${words.map((word) => `'${word}'`).join(" ")} -q -o json=/dev/stdout > stdout.json`;
    const { status } = spawnSync("sh", ["-c", line], { cwd: folder, stdio: "ignore" });
    expect(status).toBe(1);
    expect(reportOf(readFileSync(at("stdout.json"), "utf8"))["exitCode"]).toBe(1);
  });

  it("that are devices are written to, not replaced", async () => {
    const { code } = await checkAll(["-o", "sarif=/dev/null"]);
    expect(code).toBe(1);
    expect(statSync("/dev/null").isCharacterDevice()).toBe(true);
  });

  it("are the only thing that is written", async () => {
    const place = at("only");
    mkdirSync(place);
    await checkAll(["-o", "html=a.html", "-o", "cyclonedx=b.json"], { cwd: place });
    expect(readdirSync(place).sort()).toEqual(["a.html", "b.json"]);
  });

  it("are not spoken of with --quiet", async () => {
    const { stderr } = await checkAll(["-q", "-o", "sarif=quiet.sarif"]);
    expect(stderr).not.toContain("wrote");
  });
});

describe("the summary of a GitHub step", () => {
  it("is added with -o github", async () => {
    const file = at("summary.md");
    writeFileSync(file, "before\n");
    const { stdout } = await checkAll(["-o", "github"], { env: { GITHUB_STEP_SUMMARY: file } });
    expect(stdout).toMatch(/^::error file=/);
    expect(readFileSync(file, "utf8")).toMatch(/^before\n## Plugin compatibility\n/);
  });

  it("is left alone with any other format", async () => {
    const file = at("untouched.md");
    await checkAll(["-o", "markdown"], { env: { GITHUB_STEP_SUMMARY: file } });
    expect(existsSync(file)).toBe(false);
  });
});
