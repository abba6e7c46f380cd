import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { ruleIds } from "../../src/rules/registry.ts";
import { pageHeadings } from "../../src/report/model/page-heading.ts";
import { runCli } from "../support/run-cli.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const host = join(root, "fixtures/sample-rust/otelcol");
const plugin = join(root, "fixtures/sample-rust/plugins/filterprocessor.so");
const schema = JSON.parse(readFileSync(join(root, "schemas/explain.schema.json"), "utf8")) as object;
const validate = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema);

const message = 'plugin.Open("p/x"): plugin was built with a different version of package runtime';

interface Answer {
  readonly topic: string;
  readonly rules: readonly { readonly id: string }[];
  readonly rule: { readonly id: string };
  readonly explanation: Explained;
  readonly further: readonly Explained[];
}

interface Explained {
  readonly message: { readonly check: string };
  readonly count: number;
  readonly files: { readonly agreement: string; readonly findings: readonly { readonly rule: string }[] };
}

/** The one document of a run, which must follow the schema. */
function answerOf(stdout: string): Answer {
  const document: unknown = JSON.parse(stdout);
  expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
  return document as Answer;
}

describe("plugins explain", () => {
  it("lists every rule in one line", async () => {
    const { code, stdout, stderr } = await runCli(["explain"]);
    expect([code, stderr]).toEqual([0, ""]);
    for (const id of ruleIds) expect(stdout).toMatch(new RegExp(`^${id} +(error|warning|note) +\\S`, "m"));
  });

  it("lists them in one JSON document", async () => {
    const { code, stdout } = await runCli(["explain", "--json"]);
    expect(code).toBe(0);
    const ids = answerOf(stdout).rules.map(({ id }) => id);
    expect([...ids].sort()).toEqual([...ruleIds].sort());
  });

  it("explains a rule", async () => {
    const { code, stdout } = await runCli(["explain", "loader-refuses"]);
    expect(code).toBe(0);
    for (const head of Object.values(pageHeadings)) expect(stdout).toContain(`\n${head}\n`);
    expect(stdout).toContain("docs/rules/loader-refuses.md");
  });

  it("explains a rule in one JSON document", async () => {
    const { stdout } = await runCli(["explain", "loader-refuses", "--json"]);
    expect(answerOf(stdout).rule.id).toBe("loader-refuses");
  });

  it.each([
    [["explain", "loader-refuse"], "Did you mean loader-refuses?"],
    [["explain", message], "use --error"],
    [["explain", "x"], "`plugins explain` lists all rules."],
    [["explain", "loader-refuses", "--error", message], "A plugin of that name is ./loader-refuses."],
    [["explain", "--host", host], "--host can only be used with --error"],
    [["explain", "--error", message, "--host", host], "--host was given without a plugin FILE"],
    [["explain", "--error", message, plugin], "no host given"],
    [["explain", "--error", message, "/nowhere/x.so", "--host", host], "no such file"],
    [["explain", "--error", "exit status 1"], "no known loader message found"],
    [["explain", "--error", ""], "is empty"],
    [["explain", "--error"], "expects a value"],
    [["explain", "a", "b"], "unexpected argument b"],
  ] as const)("is exit 2 with what to try: %j", async (args, hint) => {
    const { code, stdout, stderr } = await runCli(args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^plugins: /);
    expect(stderr).toContain(hint);
  });

  it("prints the failure as one JSON document, too", async () => {
    const { code, stdout } = await runCli(["explain", "loader-refuse", "--json"]);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      command: "explain",
      exitCode: 2,
      error: {
        code: "bad-usage",
        hints: ["Did you mean loader-refuses? Run `plugins explain loader-refuses --json`."],
      },
    });
  });
});

describe("plugins explain --error", () => {
  it("says what a message means, what it comes from and what to do next", async () => {
    const { code, stdout, stderr } = await runCli(["explain", "--error", `panic: ${message}\n\ngoroutine 1`]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("standard library");
    expect(stdout).toMatch(/\n {2}1\. .*-race/);
    expect(stdout).toContain("$ plugins validate p/x.so --host HOST");
  });

  it("is one JSON document", async () => {
    const { stdout } = await runCli(["explain", "-e", message, "--json"]);
    expect(answerOf(stdout).explanation.message).toMatchObject({
      check: "package-hash",
      subject: { kind: "package", name: "runtime" },
    });
  });

  it("reads the text from stdin", () => {
    const { status, stdout } = spawnSync(
      process.execPath,
      [join(root, "bin/run.js"), "explain", "--error", "-", "--json"],
      { input: `${JSON.stringify({ level: "error", msg: message })}\n`, encoding: "utf8" },
    );
    expect(status).toBe(0);
    expect(answerOf(stdout).explanation.message.check).toBe("package-hash");
  });

  it("explains each message of a log once, first the one that names the file", () => {
    const other = "/p/y.so: undefined symbol: g";
    const log = [other, message, "nothing", message].join("\n");
    const args = [join(root, "bin/run.js"), "explain", "--error", "-"];
    const json = spawnSync(process.execPath, [...args, "--json"], { input: log, encoding: "utf8" });
    const { explanation, further } = answerOf(json.stdout);
    expect([explanation, ...further].map(({ message: { check }, count }) => [check, count])).toEqual([
      ["undefined-symbol", 1],
      ["package-hash", 2],
    ]);
    const screen = spawnSync(process.execPath, args, { input: log, encoding: "utf8" });
    expect(screen.stdout).toContain("2 different messages");
    expect(screen.stdout).toMatch(/^2\/2 Go .* 2 times$/m);
  });

  it("tells the actual cause with the files", async () => {
    const text = `plugin.Open("p/filterprocessor.so"): /p/filterprocessor.so: cannot open shared object file: No such file or directory`;
    const { code, stdout } = await runCli(["explain", "-e", text, plugin, "--host", host, "--json"]);
    expect(code).toBe(0);
    const { files } = answerOf(stdout).explanation;
    expect(files.findings[0]?.rule).toBe("target-mismatch");
  });
});

describe("plugins explain --help", () => {
  it("begins with examples and says what the exit codes mean", async () => {
    const { code, stdout } = await runCli(["explain", "--help"]);
    expect(code).toBe(0);
    expect((await runCli(["help", "explain"])).stdout).toBe(stdout);
    await expect(stdout).toMatchFileSnapshot("../golden/help-explain.txt");
  });
});
