import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildElf } from "../support/elf-builder.ts";
import { exampleManifest } from "../support/example-manifest.ts";
import { runCli, type CliOptions, type CliRun } from "../support/run-cli.ts";

/** What every command ends with, whatever happens to it, with and without --json. */

const root = fileURLToPath(new URL("../../", import.meta.url));
const sample = join(root, "fixtures/sample-rust");
const good = join(sample, "plugins/debugexporter.so");
const bad = join(sample, "plugins/kafkaexporter.so");
const text = join(sample, "plugins/notes.so");
const host = ["--host", join(sample, "otelcol")];
const message = 'plugin.Open("a"): plugin was built with a different version of package runtime';

const folder = mkdtempSync(join(tmpdir(), "plugins-exit-codes-"));
const at = (name: string): string => join(folder, name);
const noHost = ["--host", at("nowhere")];

/** What a built file of Rust does not prove. */
const unproven = [
  "build_time=2026-01-31T12:00:00Z",
  "build_profile=release",
  "build_flags=[]",
  "dependency_hashes={}",
  "target=x86_64-unknown-linux-gnu",
].flatMap((field) => ["--set", field]);

/** How one command is brought to each of its ends; null where it cannot end so. */
interface Row {
  readonly clean: readonly string[];
  readonly findings: readonly string[] | null;
  readonly usageError: readonly string[];
  readonly readsConfig: boolean;
  readonly missingHost: readonly string[] | null;
}

const rows: Readonly<Record<string, Row>> = {
  "check-all": {
    clean: [at("clean"), ...host],
    findings: [at("all"), ...host],
    usageError: [at("clean"), ...host, "--fail-on", "nothing"],
    readsConfig: true,
    missingHost: [at("clean"), ...noHost],
  },
  completion: {
    clean: ["bash"],
    findings: null,
    usageError: ["tcsh"],
    readsConfig: false,
    missingHost: null,
  },
  config: {
    clean: [],
    findings: null,
    usageError: ["--max-warnings", "many"],
    readsConfig: true,
    missingHost: null,
  },
  diff: {
    clean: [good, good],
    findings: [good, bad],
    usageError: [good],
    readsConfig: true,
    missingHost: [good, at("nowhere")],
  },
  embed: {
    clean: [at("bare.so"), "--manifest", at("manifest.json"), "--output", at("embedded.so")],
    findings: [at("bare.so"), "--manifest", at("wrong.json"), "--output", at("embedded-wrong.so")],
    usageError: [at("bare.so")],
    readsConfig: true,
    missingHost: null,
  },
  explain: {
    clean: ["--error", message, good, ...host],
    findings: null,
    usageError: ["no-such-rule"],
    readsConfig: true,
    missingHost: ["--error", message, good, ...noHost],
  },
  inspect: {
    clean: [good],
    findings: [text],
    usageError: [good, bad],
    readsConfig: true,
    missingHost: null,
  },
  list: {
    clean: [at("all")],
    findings: null,
    usageError: [at("all"), "-o", "nothing"],
    readsConfig: true,
    missingHost: null,
  },
  lock: {
    clean: [at("clean"), ...host, "--lock-file", at("lock.json")],
    findings: [at("all"), ...host, "--lock-file", at("lock.json")],
    usageError: [at("clean"), ...host, "--host-manifest", text],
    readsConfig: true,
    missingHost: [at("clean"), ...noHost, "--lock-file", at("lock.json")],
  },
  manifest: {
    clean: [good, ...unproven],
    findings: ["--verify", bad, good, ...unproven],
    usageError: [good, "--set", "name"],
    readsConfig: false,
    missingHost: null,
  },
  merge: {
    clean: [at("clean.json")],
    findings: [at("all.json")],
    usageError: [],
    readsConfig: false,
    missingHost: null,
  },
  man: {
    clean: [],
    findings: null,
    usageError: ["plugins"],
    readsConfig: false,
    missingHost: null,
  },
  schema: {
    clean: ["manifest"],
    findings: null,
    usageError: ["nothing"],
    readsConfig: false,
    missingHost: null,
  },
  validate: {
    clean: [good, ...host],
    findings: [bad, ...host],
    usageError: [],
    readsConfig: true,
    missingHost: [good, ...noHost],
  },
};

const { commands } = JSON.parse(readFileSync(join(root, "oclif.manifest.json"), "utf8")) as {
  readonly commands: Readonly<Record<string, object>>;
};

/** What the program does while it reads the arguments of a command. */
const injected = {
  thrown: "throw new TypeError('injected');",
  late: "setImmediate(() => { throw new TypeError('injected'); });",
  interrupted: "process.kill(process.pid, 'SIGINT'); await new Promise((done) => setTimeout(done, 20_000));",
} as const;

beforeAll(async () => {
  mkdirSync(at("clean"));
  mkdirSync(at("all"));
  symlinkSync(good, at("clean/good.so"));
  for (const file of [good, bad, text]) symlinkSync(file, join(at("all"), file.replace(/.*\//, "")));
  mkdirSync(at("broken"));
  writeFileSync(at("broken/plugins.config.yaml"), "hosts: otelcol\n");
  for (const [name, body] of Object.entries(injected)) {
    writeFileSync(
      at(`${name}.mjs`),
      // A module that Node loads before the program, and that changes the program's code when Node compiles it.
      `import Module from "node:module";
       const { _compile } = Module.prototype;
       const parse = "async parse(options,argv=this.argv){";
       Module.prototype._compile = function (code, ...rest) {
         return _compile.call(this, code.replace(parse, parse + ${JSON.stringify(body)}), ...rest);
       };`,
    );
  }
  writeFileSync(at("bare.so"), buildElf({ sections: [{ name: ".rodata", content: "read-only" }] }));
  writeFileSync(at("manifest.json"), JSON.stringify(exampleManifest({ language: "rust" })));
  writeFileSync(at("wrong.json"), JSON.stringify(exampleManifest({ language: "go" })));
  for (const set of ["clean", "all"]) {
    await runCli(["check-all", at(set), ...host, "--shard", "1/1", "-o", `json=${at(`${set}.json`)}`]);
  }
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const inject = (name: keyof typeof injected): CliOptions => ({
  env: { NODE_OPTIONS: `--import=${pathToFileURL(at(`${name}.mjs`)).href}` },
});

/** As a reader that has seen enough before the first byte. */
const closedPipe: CliOptions = { during: (child) => child.stdout?.destroy() };

/** One run without and one with --json. */
async function bothWays(
  args: readonly string[],
  options: CliOptions = {},
): Promise<{ readonly plain: CliRun; readonly json: CliRun; readonly codes: readonly number[] }> {
  const [plain, json] = await Promise.all([runCli(args, options), runCli([...args, "--json"], options)]);
  return { plain, json, codes: [plain.code, json.code] };
}

interface Document {
  readonly exitCode?: number;
  readonly error?: { readonly code: string; readonly message: string };
}

/** The one JSON document of a run that did not fail. */
function documentOf({ stdout }: CliRun): Document {
  return JSON.parse(stdout) as Document;
}

/** What a run says that could not do its job: nothing on stdout, or one JSON document with the error. */
function failureOf({ plain, json }: { readonly plain: CliRun; readonly json: CliRun }): Document["error"] {
  expect(plain.stdout).toBe("");
  expect(plain.stderr).toMatch(/^plugins: \S/);
  const { exitCode, error } = documentOf(json);
  expect(exitCode).toBe(2);
  return error;
}

it("every command is in the table", () => {
  expect(Object.keys(rows).sort()).toEqual(Object.keys(commands).sort());
});

describe.each(Object.keys(commands))("plugins %s", (name) => {
  const row = rows[name];
  const command = (args: readonly string[] | null | undefined): readonly string[] => [name, ...(args ?? [])];

  it("is 0 where nothing is wrong", async () => {
    const { codes, json } = await bothWays(command(row?.clean));
    expect(codes).toEqual([0, 0]);
    expect(documentOf(json).error).toBeUndefined();
  });

  if (row?.findings !== null) {
    it("is 1 where something is found", async () => {
      const { codes, json } = await bothWays(command(row?.findings));
      expect(codes).toEqual([1, 1]);
      expect(documentOf(json)).toMatchObject({ exitCode: 1 });
      expect(documentOf(json).error).toBeUndefined();
    });
  }

  it.each([
    ["a wrong value or argument", () => command(row?.usageError)],
    ["an unknown flag", () => [...command(row?.clean), "--no-such-flag"]],
  ])("is 2 for %s", async (_, args) => {
    const runs = await bothWays(args());
    expect(runs.codes).toEqual([2, 2]);
    expect(failureOf(runs)?.code).toBe("bad-usage");
    expect(runs.plain.stderr).not.toMatch(/\bbug\b|\n\s+at /);
  });

  if (row?.readsConfig !== false) {
    it("is 2 where the configuration is broken", async () => {
      const runs = await bothWays(command(row?.clean), { cwd: at("broken") });
      expect(runs.codes).toEqual([2, 2]);
      expect(failureOf(runs)?.code).toBe("config-invalid");
    });
  }

  if (row?.missingHost !== null) {
    it("is 2 where the host is missing", async () => {
      const runs = await bothWays(command(row?.missingHost));
      expect(runs.codes).toEqual([2, 2]);
      expect(failureOf(runs)?.message).toContain("nowhere");
    });
  }

  it("is 2 for a bug, and says that it is one", async () => {
    const runs = await bothWays(command(row?.clean), inject("thrown"));
    expect(runs.codes).toEqual([2, 2]);
    expect(failureOf(runs)).toMatchObject({ code: "bug" });
    expect(runs.plain.stderr).toContain("TypeError: injected");
  });

  it("is 2 for a bug beside its work", async () => {
    const { code, stderr } = await runCli(command(row?.clean), inject("late"));
    expect(code).toBe(2);
    expect(stderr).toContain("TypeError: injected");
  });

  it("keeps its code, and is quiet, where nobody reads what it prints", async () => {
    const { codes, json } = await bothWays(command(row?.findings ?? row?.clean), closedPipe);
    const code = row?.findings === null ? 0 : 1;
    expect(codes).toEqual([code, code]);
    expect(json.stderr).toBe("");
  });

  it("is 130 where it is interrupted", async () => {
    const { codes, json } = await bothWays(command(row?.clean), inject("interrupted"));
    expect(codes).toEqual([130, 130]);
    expect(json.stdout).toBe("");
  });
});
