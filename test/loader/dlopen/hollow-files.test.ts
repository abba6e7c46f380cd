import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { llvm } from "../../fixtures/oracle.ts";
import { describeWith } from "../../support/need.ts";
import { PT } from "./elf-patch.ts";
import { answerOf, predictLoad, reallyOpen } from "./ground.ts";
import { loaders } from "./loaders.ts";
import { buildHost, Workbench } from "./workbench.ts";

/* Files whose tables have no content: what glibc checks musl takes on trust, and the other way round. */

const folder = mkdtempSync(join(tmpdir(), "dlopen-hollow-"));

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface HollowCase {
  readonly name: string;
  readonly make: (bench: Workbench) => string;
  /** Loaders of which the answer is unknown. */
  readonly unknown?: readonly ("glibc" | "musl")[];
}

const GNU_HASH = 0x6ffffef5n;
const SYSV_HASH = 4n;
const OTHER = 0x6ffffe00n;
const source = "int n = 3; int *p = &n; int answer(void) { return *p; }";
const variables = "__thread int v[100] = {1}; int *answer(void) { return v; }";

function hashed(
  name: string,
  style: string,
  change: Parameters<Workbench["patched"]>[2],
  code = source,
): HollowCase {
  const make = (bench: Workbench): string => {
    const whole = bench.library(
      `hash-${style}-${code.length}.so`,
      code,
      `-Wl,--hash-style=${style}`,
      "-nostdlib",
    );
    return bench.patched(`${name.replace(/\W+/g, "-")}.so`, whole, change);
  };
  return { name, make };
}

function threaded(
  name: string,
  field: "p_memsz" | "p_filesz" | "p_align" | "p_vaddr",
  value: bigint,
  unknown: HollowCase["unknown"] = [],
): HollowCase {
  const make = (bench: Workbench): string =>
    bench.patched(`${name.replace(/\W+/g, "-")}.so`, bench.library("variables.so", variables), (patch) =>
      patch.program(PT.TLS, field, value),
    );
  return { name, make, unknown };
}

/** The debugging half of a library that was split. */
function half(name: string, tool: string, code: string): HollowCase {
  const make = (bench: Workbench): string => {
    const stem = name.replace(/\W+/g, "-");
    const whole = bench.library(`${stem}-whole.so`, code, "-g");
    const path = bench.path(`${stem}.so`);
    execFileSync(tool, ["--only-keep-debug", whole, path]);
    return path;
  };
  return { name, make };
}

const llvmObjcopy = llvm("llvm-objcopy");

const hollowCases: readonly HollowCase[] = [
  half("debug information alone", "objcopy", source),
  half("debug information alone, with thread-local variables", "objcopy", variables),
  ...(llvmObjcopy === undefined ? [] : [half("debug information alone, by LLVM", llvmObjcopy, source)]),
  {
    name: "a library that is debug information alone",
    make: (bench) => {
      const whole = bench.library("split/whole/libsplit.so", source, "-g", "-Wl,-soname,libsplit.so");
      const plugin = bench.library(
        "split/plugin.so",
        "int q;",
        whole,
        "-Wl,--no-as-needed,-rpath,$ORIGIN",
        whole,
      );
      execFileSync("objcopy", ["--only-keep-debug", whole, bench.path("split/libsplit.so")]);
      return plugin;
    },
  },
  hashed("no buckets in DT_GNU_HASH", "gnu", (patch) => patch.put(patch.target(GNU_HASH), 4, 0)),
  hashed("no buckets in DT_HASH", "sysv", (patch) => patch.put(patch.target(SYSV_HASH), 4, 0)),
  hashed("no buckets in the DT_HASH beside DT_GNU_HASH", "both", (patch) =>
    patch.put(patch.target(SYSV_HASH), 4, 0),
  ),
  hashed("no buckets in the DT_GNU_HASH beside DT_HASH", "both", (patch) =>
    patch.put(patch.target(GNU_HASH), 4, 0),
  ),
  hashed(
    "no buckets, and nothing to look for",
    "sysv",
    (patch) => patch.put(patch.target(SYSV_HASH), 4, 0),
    "int n;",
  ),
  hashed("no hash table", "gnu", (patch) => patch.retag(GNU_HASH, OTHER)),
  hashed("no hash table, and nothing to look for", "gnu", (patch) => patch.retag(GNU_HASH, OTHER), "int n;"),
  hashed("only DT_HASH left", "both", (patch) => patch.retag(GNU_HASH, OTHER)),
  hashed("only DT_GNU_HASH left", "both", (patch) => patch.retag(SYSV_HASH, OTHER)),
  threaded("a petabyte of thread-local data", "p_memsz", 1n << 50n),
  threaded("thread-local data that wrap around", "p_memsz", (1n << 64n) - 64n),
  threaded("thread-local data aligned to a petabyte", "p_align", 1n << 50n),
  threaded("thread-local data aligned to nothing", "p_align", 0n, ["musl"]),
  threaded("thread-local data aligned to three", "p_align", 3n, ["musl"]),
  threaded("thread-local data that begin outside", "p_vaddr", 1n << 30n, ["glibc", "musl"]),
  threaded("thread-local data longer than their memory", "p_filesz", 500n, ["glibc", "musl"]),
  threaded("a megabyte of thread-local data", "p_memsz", 1n << 20n),
];

for (const { name, flavour, machine, linking, loader, lack, optional } of loaders()) {
  if (linking === "static") continue;
  describeWith(
    lack,
    `hollow files, ${name}`,
    () => {
      const bench = new Workbench(join(folder, `${flavour}-${machine.id}`), flavour, machine);
      const own = hollowCases.filter(
        (each) => machine.name === "x86-64" || !each.name.includes("debug information"),
      );
      it.each(own)("$name", (each) => {
        if (loader === undefined) return;
        const [host, path] = [buildHost(bench, "plain"), each.make(bench)];
        const told = answerOf(predictLoad(loader, host, path));
        if (each.unknown?.includes(flavour) === true) expect(told.outcome).toBe("unknown");
        else expect(told).toEqual(reallyOpen(loader, host, path));
      });
    },
    { optional },
  );
}
