import { readFileSync, realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { disk } from "../../src/files/disk.ts";
import type { Files } from "../../src/files/files.ts";
import { checkAll, defaultCarrierNames as names, diff, inspect, list, validate } from "../../src/index.ts";
import { failingFiles } from "../support/failing-files.ts";
import { testWith } from "../support/need.ts";

/* A mistake in this program that only one file brings to light. */

const sample = fileURLToPath(new URL("../../fixtures/sample-rust", import.meta.url));
const otelcol = `${sample}/otelcol`;
const bad = "kafkaexporter.so";
const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  readonly version: string;
};

const requestOf = (fileSystem: Files, sysroot?: string) => ({
  fileSystem,
  folders: [`${sample}/plugins`],
  names,
  host: { kind: "binary", path: otelcol, target: { sysroot } } as const,
  expect: [],
});

describe("a plugin on which this program fails", () => {
  const isBad = (path: string): boolean => path.endsWith(bad);

  it("is unreadable, with what a bug report needs, and the others are judged", async () => {
    const [sound, result] = [
      await checkAll(requestOf(disk)),
      await checkAll(requestOf(failingFiles(disk, isBad))),
    ];
    const of = (each: typeof result) => new Map(each.plugins.map(({ path, verdict }) => [path, verdict]));
    expect(of(result)).toEqual(new Map([...of(sound), [`${sample}/plugins/${bad}`, "unreadable"]]));
    const reason = result.plugins.find(({ path }) => isBad(path))?.unreadable?.reason;
    expect(reason).toMatch(/^cannot be judged because of a bug in otelcol-plugins /);
    expect(reason).toContain(` ${version} (TypeError: x is not a function at Object.read (`);
    expect(reason).toContain(`; Node ${process.version}, `);
    expect(reason).toMatch(/: please report it with this file$/);
  });

  it("ends no run, however much of it was read before", async () => {
    let failures = 0;
    for (let reads = 0; reads < 12; reads++) {
      const { plugins } = await checkAll(requestOf(failingFiles(disk, isBad, reads)));
      expect(plugins).toHaveLength(8);
      const { verdict, unreadable } = plugins.find(({ path }) => isBad(path)) ?? {};
      if (verdict === "unreadable") failures++;
      expect(unreadable?.reason.includes("a bug in") ?? false).toBe(verdict === "unreadable");
    }
    expect(failures).toBeGreaterThan(1);
  });

  const file = `${sample}/plugins/${bad}`;
  it.each([
    ["list", async (files: Files) => (await list(requestOf(files))).plugins.find(({ path }) => isBad(path))],
    ["inspect", (files: Files) => inspect(file, names, files)],
    ["validate", async (files: Files) => (await validate({ ...requestOf(files), files: [file] })).plugins[0]],
  ])("is unreadable for %s", async (_, ask) => {
    expect((await ask(failingFiles(disk, isBad)))?.unreadable?.reason).toContain("a bug in otelcol-plugins");
  });

  it("is no side of a difference", async () => {
    const ask = async () => diff(file, otelcol, names, failingFiles(disk, isBad));
    await expect(ask()).rejects.toThrow(
      /kafkaexporter\.so.* cannot be judged because of a bug in otelcol-plugins/,
    );
  });
});

describe("a host on which this program fails", () => {
  it("ends the run with its name", async () => {
    for (const reads of [0, 1]) {
      await expect(
        checkAll(requestOf(failingFiles(disk, (path) => path === otelcol, reads))),
      ).rejects.toThrow(/otelcol: the host cannot be judged because of a bug in otelcol-plugins/);
    }
  });
});

const libc = "/lib/x86_64-linux-gnu/libc.so.6";
const noGlibc = isThere(libc) ? undefined : "no glibc for x86-64";

function isThere(path: string): boolean {
  try {
    return realpathSync(path) !== "";
  } catch {
    return false;
  }
}

describe("a library of the target on which this program fails", () => {
  testWith(noGlibc, "makes the answer unknown, with the reason", async () => {
    const real = realpathSync(libc);
    const { plugins } = await checkAll(
      requestOf(
        failingFiles(disk, (path) => path === real),
        "/",
      ),
    );
    const answers = plugins.flatMap(({ loader }) => (loader?.outcome === "unknown" ? [loader.reason] : []));
    expect(answers.length).toBeGreaterThan(0);
    for (const reason of answers) expect(reason).toContain("a bug in otelcol-plugins");
  });
});
