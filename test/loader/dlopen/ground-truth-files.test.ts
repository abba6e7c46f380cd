import { lstatSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, vi } from "vitest";
import { builtFixtures } from "../../support/built-fixtures.ts";
import { testWith } from "../../support/need.ts";
import { answerOf, predictFor, readHost, reallyOpen, type Answer } from "./ground.ts";
import { loaders } from "./loaders.ts";
import { arm64Sysroot, type Machine } from "./machine.ts";
import { buildHost, Workbench } from "./workbench.ts";

/* Plugins and libraries of Go, Rust and C, and libraries that are installed here, opened by real processes. */

const folder = mkdtempSync(join(tmpdir(), "dlopen-files-"));
const arch = { "x86-64": "x86_64", arm64: "aarch64" } as const;
const libraries = { "x86-64": "/usr/lib/x86_64-linux-gnu", arm64: `${arm64Sysroot}/lib` } as const;
/**
 * Their own constructors end the process, which no loader does: sanitizers that must come first, and what iptables loads, which reads
 * variables that only iptables sets.
 */
const ends = /\/lib[a-z]+san\.so|\/xtables\//;

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Every so many of a list, so that a run stays short. */
function some<T>(list: readonly T[], most: number): readonly T[] {
  const step = Math.max(1, Math.ceil(list.length / most));
  return list.filter((_, index) => index % step === 0);
}

/** LIBRARIES=1: all libraries that are installed here, in folders below as well; otherwise some. */
const isFull = process.env["LIBRARIES"] === "1";
if (isFull) vi.setConfig({ testTimeout: 900_000 });

/** Musl calls the code of files for other machines, so only those for this one are asked about. */
function built({ name }: Machine): readonly string[] {
  const fixtures = builtFixtures().fixtures.filter(
    ({ format, arch: of, file }) =>
      format === "elf" && of === arch[name] && !file.includes("filterprocessor"),
  );
  const of = (language: string): readonly string[] =>
    fixtures.filter((each) => each.language === language).map(({ file }) => file);
  return [...some(of("go"), 30), ...some(of("rust"), 40), ...some(of("c"), 30)];
}

function installed({ name }: Machine): readonly string[] {
  const folder = libraries[name];
  return some(
    readdirSync(folder, { recursive: isFull, encoding: "utf8" })
      .filter((name) => name.includes(".so"))
      .map((file) => join(folder, file))
      .filter((path) => lstatSync(path).isFile() && !ends.test(path)),
    isFull ? Infinity : 50,
  );
}

/** The numbers below are those of all fixtures. */
const unbuilt = builtFixtures().lack(/^(elf|compat)\//);

describe.each(loaders())("$name", ({ name, flavour, machine, loader, lack, optional }) => {
  testWith(lack ?? unbuilt, "does with whole libraries what was predicted", compare, { optional });

  function compare(): void {
    if (loader === undefined) return;
    const program = buildHost(new Workbench(join(folder, flavour, machine.id), flavour, machine), "plain");
    const host = readHost(loader, program);
    const wrong: { path: string; told: Answer; real: Answer }[] = [];
    const unknown: { path: string; why: string | null }[] = [];
    let all = 0;
    for (const path of [...built(machine), ...(flavour === "glibc" ? installed(machine) : [])]) {
      const told = answerOf(predictFor(host, loader.system, path));
      const real = reallyOpen(loader, program, path);
      all++;
      if (told.outcome === "unknown") unknown.push({ path, why: told.message });
      else if (told.outcome !== real.outcome || (told.message ?? real.message) !== real.message)
        wrong.push({ path, told, real });
    }
    expect(wrong).toEqual([]);
    // Few are built for other machines than this one.
    expect(all).toBeGreaterThan(machine.name === "x86-64" ? 60 : 30);
    if (isFull)
      console.log(`${name}: ${all} files, 0 wrong, ${unknown.length} unknown ${JSON.stringify(unknown)}`);
    // 2.31 passes over DT_RELR, which two of the files have.
    const most = name === "glibc 2.31" ? 0.02 : 0.01;
    expect(unknown.length / all, JSON.stringify(unknown)).toBeLessThanOrEqual(most);
  }
});
