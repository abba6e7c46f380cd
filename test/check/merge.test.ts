import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Shard } from "../../src/check/model/shard-record.ts";
import { formats } from "../../src/report/format.ts";
import { builtFixtures } from "../support/built-fixtures.ts";
import { runCli, type CliRun } from "../support/run-cli.ts";
import { reportOf } from "../support/report-schema.ts";

const fixtures = builtFixtures();
const hostFile = fixtures.get("compat/otelcol").file;

/** A distribution with everything that only the whole set shows, its host, a configuration and a lock. */
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "plugins-shards-"));
  mkdirSync(join(folder, "plugins"));
  for (const { file, role, expect: made } of fixtures.fixtures) {
    if (role === "plugin" && made !== undefined) copyFileSync(file, join(folder, "plugins", basename(file)));
  }
  copyFileSync(hostFile, join(folder, "otelcol"));
  mkdirSync(join(folder, "empty"));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const at = (name: string): string => join(folder, name);
const run = (...args: readonly string[]): Promise<CliRun> => runCli(args, { cwd: folder });

const made = new Map<string, Promise<readonly string[]>>();

/** The reports of all shards, in files; those of one request are made once. */
function shards(count: number, args: readonly string[]): Promise<readonly string[]> {
  const key = JSON.stringify([count, args]);
  const files = made.get(key) ?? makeShards(count, args, `set-${made.size}`);
  made.set(key, files);
  return files;
}

async function makeShards(count: number, args: readonly string[], name: string): Promise<readonly string[]> {
  const indices = Array.from({ length: count }, (_, at) => at + 1);
  const files: string[] = [];
  for (const index of indices) {
    const file = at(`${name}-${index}.json`);
    const { code, stderr } = await run(
      "check-all",
      ...args,
      "--shard",
      `${index}/${count}`,
      "-o",
      `json=${file}`,
    );
    if (code === 2) throw new Error(stderr);
    files.push(file);
  }
  return files;
}

interface ShardDocument {
  readonly shard: Shard;
  readonly findings: readonly { readonly rule: string }[];
  readonly plugins: readonly { readonly path: string }[];
}

const documentIn = (file: string): ShardDocument =>
  reportOf(readFileSync(file, "utf8")) as unknown as ShardDocument;

/** A shard's report with something else in it. */
function changed(file: string, name: string, change: (document: Record<string, unknown>) => object): string {
  const document = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
  const place = at(name);
  writeFileSync(place, JSON.stringify({ ...document, ...change(document) }));
  return place;
}

const usual = ["plugins", "--host", "otelcol", "--expect", "debugexporter,kafak"];

describe("shards merged", () => {
  it.each([
    [3, "usual", usual],
    [3, "loader", [...usual, "--policy", "loader", "--max-warnings", "3"]],
    [2, "host-manifest", ["plugins", "--host-manifest", "host.json"]],
  ] as const)("of %i are the whole run byte for byte: %s", async (count, name, args) => {
    if (name === "host-manifest") {
      const { stdout } = await run("inspect", "otelcol", "--field", "slices.0.manifests.0.value");
      writeFileSync(at("host.json"), stdout);
    }
    const whole = await run("check-all", ...args, "--json");
    const merged = await run("merge", ...(await shards(count, args)), "--json");
    expect(merged.stdout).toBe(whole.stdout);
    expect([merged.code, merged.stderr]).toEqual([whole.code, whole.stderr]);
  });

  it("hold what only the set shows, and each shard holds none of it", async () => {
    const files = await shards(3, usual);
    const rules = [
      "expected-plugin-missing",
      "duplicate-plugin-path",
      "plugins-disagree",
      "duplicate-component",
    ];
    const { stdout } = await run("merge", ...files, "--json");
    const merged = JSON.parse(stdout) as ShardDocument;
    expect([...new Set(merged.findings.map(({ rule }) => rule))]).toEqual(rules);
    for (const file of files) expect(documentIn(file).findings).toEqual([]);
    const paths = files.map((file) => documentIn(file).plugins.map(({ path }) => path));
    expect(paths.every(({ length }) => length > 0)).toBe(true);
    expect(paths.flat().sort()).toEqual(merged.plugins.map(({ path }) => path).sort());
  });

  it("are the same under a policy with suppressions in use, stale and expired", async () => {
    const config = at("policy.json");
    const suppression = (rule: string, rest: object = {}): object => ({ rule, reason: "known", ...rest });
    writeFileSync(
      config,
      JSON.stringify({
        suppressions: [
          suppression("toolchain-mismatch", { plugin: "plugins/*.so" }),
          suppression("plugins-disagree"),
          suppression("toolchain-mismatch", { plugin: "nowhere.so" }),
          suppression("duplicate-component", { expires: "2020-01-31" }),
        ],
        severities: { "duplicate-plugin-path": "warning" },
      }),
    );
    const args = [...usual, "--config", config];
    const whole = await run("check-all", ...args, "--json");
    const files = await shards(3, args);
    const { findings } = JSON.parse(whole.stdout) as ShardDocument;
    expect(findings.filter(({ rule }) => rule === "suppression-stale")).toHaveLength(1);
    expect(findings.filter(({ rule }) => rule === "suppression-expired")).toHaveLength(1);
    // Wherever it is merged: what suppressions are about is said by the shards.
    const merged = await runCli(["merge", ...files, "--json"], { cwd: tmpdir() });
    expect(merged.stdout).toBe(whole.stdout);
  });

  it("are the same against a lock", async () => {
    const lock = ["--lock-file", at("set.lock.json")];
    const locked = await run("lock", "plugins", "--host", "otelcol", "--fail-on", "never", ...lock);
    expect(locked.code).toBe(0);
    const document = JSON.parse(readFileSync(at("set.lock.json"), "utf8")) as {
      readonly plugins: readonly { readonly path: string; readonly sha256: string }[];
    };
    const [first, second, ...rest] = document.plugins;
    const plugins = [
      { ...first, sha256: "0".repeat(64) },
      ...rest,
      { ...second, path: "plugins/zz-gone.so" },
    ];
    writeFileSync(at("set.lock.json"), JSON.stringify({ ...document, plugins }));
    const args = [...usual, "--locked", ...lock];
    const whole = await run("check-all", ...args, "--json");
    const rules = (JSON.parse(whole.stdout) as ShardDocument).findings.map(({ rule }) => rule);
    // Changed, added, removed, and the policy, because --fail-on is different.
    expect(rules.filter((rule) => rule === "lock-mismatch")).toHaveLength(4);
    const merged = await run("merge", ...(await shards(3, args)), "--json");
    expect(merged.stdout).toBe(whole.stdout);
  });

  it("make the same reports of every form", async () => {
    const files = await shards(3, usual);
    const forms = formats.filter((format) => format !== "json");
    const outputs = (name: string): readonly string[] =>
      forms.flatMap((form) => ["-o", `${form}=${at(`${name}.${form}`)}`]);
    const whole = await run("check-all", ...usual, ...outputs("whole"));
    const merged = await run("merge", ...files.toReversed(), ...outputs("merged"));
    expect([whole.code, merged.code]).toEqual([1, 1]);
    for (const form of forms) {
      expect(readFileSync(at(`merged.${form}`), "utf8")).toBe(readFileSync(at(`whole.${form}`), "utf8"));
    }
  });

  it("without a plugin are no failure", async () => {
    const { code, stdout, stderr } = await run("check-all", "empty", "--host", "otelcol", "--shard", "2/9");
    expect([code, stdout]).toEqual([0, expect.stringContaining("No plugins found.")]);
    expect(stderr).not.toContain("Warning");
    const merged = await run("merge", ...(await shards(2, ["empty", "--host", "otelcol"])), "--json");
    expect(merged.code).toBe(0);
  });
});

describe("a plugin's shard", () => {
  it("depends on its name in its folder alone", async () => {
    mkdirSync(at("elsewhere/deep"), { recursive: true });
    for (const name of ["debugexporter.so", "redactionprocessor.so"]) {
      copyFileSync(at(`plugins/${name}`), at(`elsewhere/deep/${name}`));
    }
    const names = async (dir: string): Promise<readonly string[]> => {
      const files = await shards(3, [dir, "--host", "otelcol"]);
      return files.flatMap((file, index) =>
        documentIn(file)
          .plugins.map(({ path }) => `${index} ${basename(path)}`)
          .filter((name) => /debugexporter|redactionprocessor/.test(name)),
      );
    };
    expect(await names("elsewhere/deep")).toEqual(await names("plugins"));
  });
});

describe("merge refuses", () => {
  let files: readonly string[];
  beforeAll(async () => {
    files = await shards(3, usual);
  });

  const [first, second, third] = [0, 1, 2].map((index) => (): string => files[index] ?? "") as [
    () => string,
    () => string,
    () => string,
  ];
  const other = (name: string, change: (shard: Shard) => object) => (): readonly string[] => [
    first(),
    third(),
    changed(second(), `${name}.json`, (document) => {
      const shard = document["shard"] as Shard;
      return { shard: { ...shard, ...change(shard) } };
    }),
  ];

  const cases: readonly (readonly [string, () => readonly string[], string])[] = [
    ["missing shards", () => [first()], "shard 2/3, 3/3 is missing"],
    ["a shard twice", () => [first(), first(), second()], "are both shard 1/3"],
    ["a different count", other("count", () => ({ count: 4 })), "a different number of shards"],
    ["a different host", other("host", () => ({ hostSha256: "0".repeat(64) })), "a different host than"],
    [
      "different settings",
      other("settings", () => ({ settingsSha256: "0".repeat(64) })),
      "different settings than",
    ],
    [
      "a different set",
      other("set", ({ listing }) => ({ listing: { ...listing, sha256: "0".repeat(64) } })),
      "a different set of plugins",
    ],
    [
      "plugins in one place",
      other("place", ({ members }) => ({ members: members.map((each) => ({ ...each, position: 0 })) })),
      "do not cover every plugin exactly once",
    ],
    [
      "a different program version",
      () => [
        first(),
        changed(second(), "tool.json", () => ({ tool: { name: "otelcol-plugins", version: "9.9.9" } })),
      ],
      "a different program version",
    ],
    [
      "shards of a version that is not this one",
      () =>
        files.map((file, index) =>
          changed(file, `tool-${index}.json`, () => ({
            tool: { name: "otelcol-plugins", version: "9.9.9" },
          })),
        ),
      "was made by otelcol-plugins 9.9.9",
    ],
    [
      "a report that is not a shard's",
      () => [first(), changed(second(), "whole.json", () => ({ shard: undefined }))],
      "it is not a shard report",
    ],
    [
      "a report that breaks the schema",
      other("broken", () => ({ members: "none" })),
      "/shard/members must be array",
    ],
    ["what is no JSON", () => [first(), hostFile], "it is not JSON"],
    ["what never ends", () => [first(), "/dev/zero"], "/dev/zero: cannot be merged: it is not JSON"],
    ["a file that is not there", () => [first(), at("nowhere.json")], "does not exist"],
  ];

  it.each(cases)("%s", async (_, named, reason) => {
    const { code, stdout, stderr } = await run("merge", ...named());
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(reason);
  });

  it("the report of a shard that failed, with why it did", async () => {
    const failed = await run("check-all", "plugins", "--host", "nowhere", "--shard", "2/2", "--json");
    writeFileSync(at("failed.json"), failed.stdout);
    const { code, stdout } = await run("merge", first(), at("failed.json"), "--json");
    expect(code).toBe(2);
    expect(reportOf(stdout)).toMatchObject({
      command: "merge",
      error: { code: "report-invalid", message: expect.stringContaining("nowhere") as string },
    });
  });
});

describe("--shard", () => {
  it.each(["0/2", "3/2", "2", "1/0", "a/b", "1/20000", "-1/2"])("%s is exit 2", async (shard) => {
    const { code, stderr } = await run("check-all", ...usual, `--shard=${shard}`);
    expect(code).toBe(2);
    expect(stderr).toContain("there is no such shard");
  });
});
