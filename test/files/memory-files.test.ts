import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { disk } from "../../src/files/disk.ts";
import type { Files } from "../../src/files/files.ts";
import { checkAll, defaultCarrierNames as names, diff, inspect, list, validate } from "../../src/index.ts";
import { checkContents } from "../../src/check/check-all.ts";
import { lockOf } from "../../src/check/lock/lock.ts";
import { builtFixtures } from "../support/built-fixtures.ts";
import { countingFiles, memoryFiles } from "../support/memory-files.ts";
import { testWith } from "../support/need.ts";

const fixtures = builtFixtures();
const hostFile = fixtures.get("compat/otelcol").file;
const plugins = fixtures.fixtures.filter(({ expect: made, role }) => made !== undefined && role === "plugin");

/** The libraries of this machine that the host and its plugins need: the sysroot's. */
const libraries = [
  "/lib64/ld-linux-x86-64.so.2",
  "/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2",
  "/lib/x86_64-linux-gnu/libc.so.6",
  "/lib/x86_64-linux-gnu/libm.so.6",
  "/lib/x86_64-linux-gnu/libgcc_s.so.1",
].flatMap((path) => {
  try {
    return [[path, readFileSync(realpathSync(path))] as const];
  } catch {
    return [];
  }
});

/** A folder that exists nowhere: the memory has the set in it, and the disk has a copy of that elsewhere. */
const nowhere = "/nowhere/on/this/disk";
const copy = realpathSync(mkdtempSync(join(tmpdir(), "plugins-files-")));

afterAll(() => {
  rmSync(copy, { recursive: true });
});

function entries(): Readonly<Record<string, Buffer>> {
  const system = libraries.map(([path, bytes]): [string, Buffer] => [`root${path}`, bytes]);
  const set = plugins.map(({ file }): [string, Buffer] => [`plugins/${basename(file)}`, readFileSync(file)]);
  return Object.fromEntries([["otelcol", readFileSync(hostFile)], ...set, ...system]);
}

const content = entries();
const memory = memoryFiles(
  Object.fromEntries(Object.entries(content).map(([path, bytes]) => [`${nowhere}/${path}`, bytes])),
);
for (const [path, bytes] of Object.entries(content)) {
  mkdirSync(dirname(join(copy, path)), { recursive: true });
  writeFileSync(join(copy, path), bytes);
}

/** What both must come to, whatever the folder is called. */
function placeless(value: unknown, folder: string): unknown {
  return JSON.parse(JSON.stringify(value).replaceAll(folder, "/place"));
}

type Question = (fileSystem: Files, folder: string) => Promise<unknown>;

const host = (folder: string) =>
  ({ kind: "binary", path: `${folder}/otelcol`, target: { sysroot: `${folder}/root` } }) as const;
const named = (folder: string) =>
  ["debugexporter.so", "lokiexporter.so", "cut-off.so", "notes.so", "missing.so"].map(
    (name) => `${folder}/plugins/${name}`,
  );
const setOf = (fileSystem: Files, folder: string) => ({
  fileSystem,
  folders: [`${folder}/plugins`],
  recursive: true,
  names,
  host: host(folder),
  expect: [],
});

const questions: readonly (readonly [string, Question])[] = [
  ["list", (fileSystem, folder) => list(setOf(fileSystem, folder))],
  ["inspect", (fileSystem, folder) => inspect(`${folder}/plugins/debugexporter.so`, names, fileSystem)],
  [
    "validate",
    (fileSystem, folder) => validate({ fileSystem, files: named(folder), host: host(folder), names }),
  ],
  ["checkAll", (fileSystem, folder) => checkAll(setOf(fileSystem, folder))],
  [
    "diff",
    (fileSystem, folder) =>
      diff(`${folder}/plugins/debugexporter.so`, `${folder}/otelcol`, names, fileSystem),
  ],
];

/** The loader and the C library of this machine are copied into memory. */
const noGlibc = libraries.length >= 3 ? undefined : "no glibc for x86-64";

describe("files that exist nowhere on disk", () => {
  it.each(questions)("have the same answers of %s as files of the disk", async (_, ask) => {
    const [here, there] = [await ask(disk, copy), await ask(memory, nowhere)];
    expect(placeless(there, nowhere)).toEqual(placeless(here, copy));
  });

  testWith(noGlibc, "are loaded with the libraries of a system that exists nowhere", async () => {
    const files = [`${nowhere}/plugins/debugexporter.so`];
    const outcomeOn = async (sysroot: string): Promise<string | undefined> => {
      const target = { sysroot: `${nowhere}/${sysroot}` };
      const request = { fileSystem: memory, files, names, host: { ...host(nowhere), target } };
      return (await validate(request)).plugins[0]?.loader?.outcome;
    };
    expect(await outcomeOn("root")).toBe("loads");
    expect(await outcomeOn("plugins")).toBe("refused");
  });
});

/** How often the plugins of the folder are opened, most often first. */
function opensOf(counting: ReturnType<typeof countingFiles>): readonly number[] {
  const counts = [...counting.opened].flatMap(([path, count]) =>
    path.startsWith(`${nowhere}/plugins/`) ? [count] : [],
  );
  return [...new Set(counts)].sort((one, other) => other - one);
}

describe("a plugin", () => {
  const once: readonly (readonly [string, Question])[] = [
    ...questions.filter(([name]) => name !== "diff"),
    [
      "lock",
      async (fileSystem, folder) => {
        const { result, contents } = await checkContents(setOf(fileSystem, folder));
        const readable = { ...result, plugins: result.plugins.filter(({ size }) => size !== null) };
        const lock = { file: `${folder}/plugins.lock.json`, policySha256: "0".repeat(64) };
        return lockOf(fileSystem, readable, contents, lock, { name: "test", version: "0" });
      },
    ],
  ];

  it.each(once)("is opened once for %s, and nothing stays open", async (_, ask) => {
    const counting = countingFiles(memory);
    await ask(counting, nowhere);
    expect(opensOf(counting)).toEqual([1]);
    expect(counting.stillOpen).toEqual(new Set());
  });

  it("is opened once for a check that is compared with a lock", async () => {
    const request = setOf(memory, nowhere);
    const { result, contents } = await checkContents(request);
    const lock = { file: `${nowhere}/plugins.lock.json`, policySha256: "0".repeat(64) };
    const document = await lockOf(memory, result, contents, lock, { name: "test", version: "0" });
    const counting = countingFiles(withLock(document, lock.file));
    const { findings } = await checkAll({ ...request, fileSystem: counting, lock });
    expect(findings.filter(({ rule }) => rule === "lock-mismatch")).toEqual([]);
    expect(opensOf(counting)).toEqual([1]);
  });

  function withLock(document: unknown, file: string): Files {
    const all = Object.entries(content).map(([path, bytes]): [string, Buffer] => [
      `${nowhere}/${path}`,
      bytes,
    ]);
    return memoryFiles({ ...Object.fromEntries(all), [file]: Buffer.from(JSON.stringify(document)) });
  }
});
