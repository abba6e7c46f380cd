import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectGolden } from "../support/golden.ts";
import { runCli } from "../support/run-cli.ts";
import { reportOf } from "../support/report-schema.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const sample = join(root, "fixtures/sample-rust");
const host = join(sample, "otelcol");
const plugins = join(sample, "plugins");
const good = join(plugins, "debugexporter.so");
const bad = join(plugins, "kafkaexporter.so");
const text = join(plugins, "notes.so");
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "plugins-desk-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const at = (name: string): string => join(folder, name);

describe("help", () => {
  it.each(["diff", "merge", "schema"])("of %s is the golden one", async (command) => {
    const { code, stdout } = await runCli([command, "--help"]);
    expect(code).toBe(0);
    await expectGolden(stdout, `help-${command}`);
  });
});

describe("plugins diff", () => {
  const schema = JSON.parse(readFileSync(join(root, "schemas/diff.schema.json"), "utf8")) as object;
  const validate = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema);

  it.each([
    ["the same file", [good, good], 0],
    ["two plugins", [good, bad], 1],
    ["a plugin and a host", [bad, host], 1],
  ] as const)("%s ends as diff(1) would, and follows its schema", async (_, files, code) => {
    const plain = await runCli(["diff", ...files]);
    const json = await runCli(["diff", ...files, "--json"]);
    expect([plain.code, json.code, plain.stderr, json.stderr]).toEqual([code, code, "", ""]);
    const document: unknown = JSON.parse(json.stdout);
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
    expect(document).toMatchObject({ command: "diff", exitCode: code });
  });

  it.each([
    ["a file that is text", [good, text]],
    ["a file that is not there", ["nowhere.so", good]],
    ["one file", [good]],
  ])("%s is exit 2 with one document", async (_, files) => {
    const { code, stdout, stderr } = await runCli(["diff", ...files, "--json"]);
    expect(code).toBe(2);
    expect(reportOf(stdout)).toMatchObject({ command: "diff", exitCode: 2 });
    expect(stderr).toMatch(/^plugins: /);
  });
});

describe("plugins schema", () => {
  const names = readdirSync(join(root, "schemas")).map((name) => name.replace(".schema.json", ""));

  it("lists every schema that ships", async () => {
    const [plain, json] = [await runCli(["schema"]), await runCli(["schema", "--json"])];
    for (const name of names) expect(plain.stdout).toMatch(new RegExp(`^${name} `, "m"));
    const { schemas } = reportOf(json.stdout) as { readonly schemas: readonly { readonly name: string }[] };
    expect(schemas.map(({ name }) => name).sort()).toEqual([...names].sort());
  });

  it.each(names)("prints %s as it ships", async (name) => {
    const file = readFileSync(join(root, "schemas", `${name}.schema.json`), "utf8");
    expect(await runCli(["schema", name, "--json"])).toEqual({ code: 0, stdout: file, stderr: "" });
  });

  it("asks whether another was meant", async () => {
    const { code, stdout, stderr } = await runCli(["schema", "manifset"]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("Did you mean manifest?");
  });
});

/** The paths of a report's plugins. */
const pathsOf = (stdout: string): readonly string[] =>
  (reportOf(stdout)["plugins"] as readonly { readonly path: string }[]).map(({ path }) => path);

describe("--files-from", () => {
  it.each([
    ["validate", "lines", `${good}\n\n${bad}\r\n`, []],
    ["check-all", "lines without a last line break", `${good}\n${bad}`, []],
    ["list", "lines", `${good}\n${bad}\n`, []],
    ["validate", "NULs", `${good}\0${bad}\0`, ["-0"]],
    ["list", "NULs", `${good}\0${bad}`, ["--null"]],
  ] as const)("of %s takes %s, in their order", async (command, _, content, flags) => {
    writeFileSync(at("list"), content);
    const against = command === "list" ? [] : ["--host", host];
    const { stdout } = await runCli([command, "--files-from", at("list"), ...flags, ...against, "--json"]);
    expect(pathsOf(stdout)).toEqual([good, bad]);
  });

  it("may begin with a byte order mark", async () => {
    writeFileSync(at("list"), `\ufeff${good}\n`);
    const { stdout } = await runCli(["list", "--files-from", at("list"), "--json"]);
    expect(pathsOf(stdout)).toEqual([good]);
  });

  it("- is stdin", () => {
    const args = [join(root, "bin/run.js"), "list", "--files-from", "-", "--json"];
    const stdout = execFileSync(process.execPath, args, { input: `${bad}\n`, encoding: "utf8" });
    expect(pathsOf(stdout)).toEqual([bad]);
  });

  it("comes behind the files that are named", async () => {
    writeFileSync(at("list"), bad);
    const { stdout } = await runCli(["validate", good, "--files-from", at("list"), "--host", host, "--json"]);
    expect(pathsOf(stdout)).toEqual([good, bad]);
  });

  it("of nothing is no failure", async () => {
    writeFileSync(at("list"), "\n");
    const { code, stderr } = await runCli(["validate", "--files-from", at("list"), "--host", host]);
    expect(code).toBe(0);
    expect(stderr).toContain("no plugins found to check");
  });

  it.each([
    ["a list that is not there", ["--files-from", "nowhere"], "nowhere: the list does not exist"],
    ["-0 without a list", ["-0"], "--files-from"],
    ["NULs that nobody spoke of", ["--files-from", "nuls"], "With --null (-0)"],
  ])("%s is exit 2", async (_, flags, reason) => {
    writeFileSync(at("nuls"), `${good}\0${bad}\0`);
    const { code, stderr } = await runCli(["validate", ...flags, "--host", host], { cwd: folder });
    expect(code).toBe(2);
    expect(stderr).toContain(reason);
  });

  it.each([
    ["/dev/zero", ["--files-from", "/dev/zero"], "", "/dev/zero: a path cannot contain a NUL"],
    ["NULs without end", ["--files-from", "/dev/zero", "-0"], "", "more than 1000000 entries"],
    ["too many paths", ["--files-from", "-"], "a.so\n".repeat(1_000_001), "more than 1000000 entries"],
    ["a path without end", ["--files-from", "-"], "a".repeat(100_000), "a path is longer than 4096 bytes"],
    ["binary data", ["--files-from", host], "", "a path cannot contain a NUL"],
    ["a folder", ["--files-from", "."], "", "is a folder, not a file"],
  ])("%s is exit 2, soon and with the limit", (_, flags, input, reason) => {
    const words = ["--max-old-space-size=200", join(root, "bin/run.js"), "list", ...flags];
    const { status, stdout, stderr } = spawnSync(process.execPath, words, { input, encoding: "utf8" });
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(reason);
  });

  it.each([
    ["closed", "<&-"],
    ["the null device", "</dev/null"],
  ])("- is exit 2 if stdin is %s", (_, redirection) => {
    const words = [process.execPath, join(root, "bin/run.js"), "list", "--files-from", "-"];
    const line = `${words.map((word) => `'${word}'`).join(" ")} ${redirection}`;
    const { status, stdout, stderr } = spawnSync("sh", ["-c", line], { encoding: "utf8" });
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("reads the list from stdin, which is closed or /dev/null");
  });

  it("may be a pipe with a name", async () => {
    execFileSync("mkfifo", [at("fifo")]);
    const reading = runCli(["list", "--files-from", at("fifo"), "--json"]);
    await writeFile(at("fifo"), `${bad}\n`);
    expect(pathsOf((await reading).stdout)).toEqual([bad]);
  });

  it("and folders together are exit 2", async () => {
    writeFileSync(at("list"), good);
    for (const args of [["list"], ["check-all", "--host", host]]) {
      const { code, stderr } = await runCli([...args, plugins, "--files-from", at("list")]);
      expect([code, stderr]).toEqual([2, expect.stringContaining("--files-from")]);
    }
  });
});

describe("--columns and --sort", () => {
  it("show these columns of list, in this order", async () => {
    const { stdout } = await runCli([
      "list",
      plugins,
      "--columns",
      "toolchain,plugin",
      "--sort",
      "toolchain",
    ]);
    const lines = stdout.split("\n");
    const head = lines.findIndex((line) => line.startsWith("TOOLCHAIN"));
    expect(lines[head]).toMatch(/^TOOLCHAIN +PLUGIN$/);
    const toolchains = lines
      .slice(head + 1, lines.indexOf("", head))
      .map((line) => line.split(/ {2,}/)[0] ?? "");
    const said = toolchains.filter((toolchain) => toolchain !== "–");
    expect(said.length).toBeGreaterThan(3);
    expect(toolchains).toEqual([
      ...[...said].sort((one, other) => one.localeCompare(other, "en", { numeric: true })),
      ...toolchains.filter((toolchain) => toolchain === "–"),
    ]);
  });

  it("show those of check-all", async () => {
    const { code, stdout } = await runCli([
      "check-all",
      plugins,
      "--host",
      host,
      "--columns",
      "plugin,verdict",
    ]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^PLUGIN +VERDICT$/m);
  });

  it.each([
    [["list", plugins, "--columns", "plugin,toolchian"], "Did you mean toolchain?"],
    [["list", plugins, "--sort", "verdict"], "unknown column verdict"],
    [["check-all", plugins, "--host", host, "--sort", "verdit"], "Did you mean verdict?"],
    [["check-all", plugins, "--host", host, "--columns", ""], "the value of --columns is empty"],
  ])("%j is exit 2", async (args, reason) => {
    const { code, stderr } = await runCli(args);
    expect(code).toBe(2);
    expect(stderr).toContain(reason);
  });
});

describe("--no-headers", () => {
  const scripted = ["--no-headers", "--columns", "plugin,language"];

  it("leaves only the rows of list, with whole paths", async () => {
    const { code, stdout } = await runCli(["list", plugins, ...scripted]);
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split("\n");
    expect(lines.filter((line) => !/^\S+\/\S+\.(so|dylib)(?: \(\w+\))? +(rust|go|–)$/.test(line))).toEqual(
      [],
    );
    expect(lines).toHaveLength(9);
    expect(lines[0]?.startsWith(join(plugins, "debugexporter.so"))).toBe(true);
  });

  it("leaves only the rows of check-all, and its exit code", async () => {
    const { code, stdout } = await runCli([
      "check-all",
      plugins,
      "--host",
      host,
      "--no-headers",
      "--columns",
      "verdict",
    ]);
    expect(code).toBe(1);
    expect(stdout).toBe(
      [...Array.from({ length: 5 }, () => "incompatible"), "unreadable", "unknown", "compatible", ""].join(
        "\n",
      ),
    );
  });

  it("leaves nothing of an empty folder", async () => {
    mkdirSync(at("none"));
    expect((await runCli(["list", at("none"), "--no-headers"])).stdout).toBe("");
    expect((await runCli(["check-all", at("none"), "--host", host, "--no-headers"])).stdout).toBe("");
  });
});

describe("--verbose of check-all", () => {
  it("shows both values, where each was read, and why", async () => {
    const args = ["check-all", plugins, "--host", host];
    const [plain, verbose] = [await runCli(args), await runCli([...args, "--verbose"])];
    expect(verbose.code).toBe(plain.code);
    expect(plain.stdout).not.toMatch(/^ +cause /m);
    expect(verbose.stdout).toMatch(/^ +cause /m);
    expect(verbose.stdout).toMatch(/^ +plugin +1\.94\.0 +\.otel_manifest#\/toolchain_version$/m);
  });

  it("excludes --quiet", async () => {
    const { code } = await runCli(["check-all", plugins, "--host", host, "--verbose", "--quiet"]);
    expect(code).toBe(2);
  });
});
