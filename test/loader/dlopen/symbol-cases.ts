import { type Case } from "./case.ts";
import { sysvHash } from "./elf-patch.ts";
import type { ElfPatch } from "./elf-patch.ts";
import type { Machine } from "./machine.ts";
import type { Workbench } from "./workbench.ts";

function library(name: string, source: string, ...flags: readonly string[]): Case {
  return { name, make: (bench) => bench.library(`${name.replaceAll(/\W+/g, "-")}.so`, source, ...flags) };
}

/** A plugin linked to a library with versions, and what stands in that library's place. */
function versioned(
  name: string,
  now: { readonly source: string; readonly script?: string; readonly flags?: readonly string[] },
  change?: (patch: ElfPatch) => unknown,
): Case {
  const at = name.replaceAll(/\W+/g, "-");
  return {
    name,
    make: (bench) => {
      bench.write(`${at}/then.map`, "V1 { global: one; }; V2 { global: two; local: *; } V1;");
      const then = bench.library(
        `${at}/then/libversioned.so`,
        "int one(void) { return 1; } int two(void) { return 2; }",
        `-Wl,--version-script=@/${at}/then.map`,
        "-Wl,-soname,libversioned.so",
      );
      if (now.script !== undefined) bench.write(`${at}/now.map`, now.script);
      bench.library(
        `${at}/libversioned.so`,
        now.source,
        "-Wl,-soname,libversioned.so",
        ...(now.script === undefined ? [] : [`-Wl,--version-script=@/${at}/now.map`]),
        ...(now.flags ?? []),
      );
      const plugin = bench.library(
        `${at}/plugin.so`,
        "int one(void), two(void); int answer(void) { return one() + two(); }",
        then,
        "-Wl,-rpath,$ORIGIN",
      );
      return change === undefined ? plugin : bench.patched(`${at}/changed.so`, plugin, change);
    },
  };
}

const both = "int one(void) { return 1; } int two(void) { return 2; }";

/** Elf64_Verneed and Elf64_Vernaux: marks the needs of one version as weak. */
function weaken(version: string): (patch: ElfPatch) => void {
  return (patch) => {
    const at = patch.bytes.indexOf(hashBytes(version), patch.target(0x6ffffffen));
    patch.put(at + 4, 2, 2);
  };
}

function hashBytes(version: string): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(sysvHash(version));
  return bytes;
}

function tls(size: number, model: "initial-exec" | "global-dynamic", align = 1): Case {
  const aligned = align === 1 ? "" : `__attribute__((aligned(${align}))) `;
  return library(
    `${size} bytes of thread-local data, ${model}${align === 1 ? "" : `, aligned to ${align}`}`,
    `${aligned}__thread char data[${size}] = {1}; char *answer(void) { return data; }`,
    `-ftls-model=${model}`,
  );
}

/** Thread-local data at fixed places, in a plugin whose library has some that is found by descriptors and loaded first. */
function afterDescriptors(size: number, before: number): Case {
  const at = `descriptors-${before}-${size}`;
  return {
    name: `${size} bytes of thread-local data, initial-exec, after a library's ${before} by descriptors`,
    make: (bench) => {
      const described = bench.library(
        `${at}/libdescribed.so`,
        `__thread char data[${before}] = {1}; char *described(void) { return data; }`,
        bench.machine.byDescriptors,
      );
      return bench.library(
        `${at}/plugin.so`,
        `char *described(void); __thread char own[${size}] = {1}; char *answer(void) { return own + (described() != 0); }`,
        "-ftls-model=initial-exec",
        described,
      );
    },
  };
}

/** Changes the type of the first relocation of one kind in DT_RELA. */
function retype(from: keyof Machine["relocations"], to: number): Change {
  return (patch, { relocations }) => {
    for (let at = patch.target(7n); ; at += 24) {
      if (patch.bytes.readUInt32LE(at + 8) !== relocations[from]) continue;
      patch.put(at + 8, 4, to);
      return;
    }
  };
}

type Change = (patch: ElfPatch, machine: Machine) => unknown;

function relocated(name: string, change: Change): Case {
  const make = (bench: Workbench): string =>
    bench.patched(
      `${name.replaceAll(/\W+/g, "-")}.so`,
      bench.library("relocated.so", "int number; int *place = &number; int answer(void) { return *place; }"),
      (patch) => change(patch, bench.machine),
    );
  return { name, make };
}

/** Which symbols it wants, who has them, and what is done to the places that name them. */
export const symbolCases: readonly Case[] = [
  library("an undefined function", "int nowhere(void); int answer(void) { return nowhere(); }"),
  library(
    "an undefined function, bound at once",
    "int nowhere(void); int answer(void) { return nowhere(); }",
    "-Wl,-z,now",
  ),
  library(
    "an undefined function, bound lazily",
    "int nowhere(void); int answer(void) { return nowhere(); }",
    "-Wl,-z,lazy",
  ),
  library("an undefined variable", "extern int nothing; int answer(void) { return nothing; }"),
  library("an undefined pointer", "extern int nothing; int *answer = &nothing;"),
  library(
    "several undefined symbols",
    "int f(void), g(void); extern int v, w; int *p = &w; int answer(void) { return f() + g() + v; }",
  ),
  library(
    "several undefined symbols, bound at once",
    "int f(void), g(void); extern int v, w; int *p = &w; int answer(void) { return g() + f() + v; }",
    "-Wl,-z,now",
  ),
  library(
    "a weak undefined function",
    "__attribute__((weak)) int perhaps(void); int answer(void) { return perhaps ? perhaps() : 0; }",
  ),
  library(
    "a weak and a strong undefined function",
    "__attribute__((weak)) int perhaps(void); int surely(void); int answer(void) { return perhaps() + surely(); }",
  ),
  ...(["plain", "exporting"] as const).flatMap((host): Case[] => [
    {
      ...library(
        `a function of a host that is ${host}`,
        "int host_answer(void); int answer(void) { return host_answer(); }",
      ),
      host,
    },
    {
      ...library(
        `a variable of a host that is ${host}`,
        "extern int host_number; int *answer = &host_number;",
      ),
      host,
    },
  ]),
  library("a function of the C library", 'int puts(const char *); int answer(void) { return puts(""); }'),
  library(
    "a function of the C library, without naming it",
    'int puts(const char *); int answer(void) { return puts(""); }',
    "-nostdlib",
  ),
  library("no C library at all", "int answer(void) { return 1; }", "-nostdlib"),
  library(
    "its own functions, protected",
    '__attribute__((visibility("protected"))) int inner(void) { return 1; } int answer(void) { return inner(); }',
  ),
  library(
    "its own functions, hidden",
    '__attribute__((visibility("hidden"))) int inner(void) { return 1; } int (*answer)(void) = inner;',
  ),
  library(
    "its own functions, -Bsymbolic",
    "int inner(void) { return 1; } int answer(void) { return inner(); }",
    "-Wl,-Bsymbolic",
  ),
  library(
    "only DT_HASH",
    "int inner(void) { return 1; } int answer(void) { return inner(); }",
    "-Wl,--hash-style=sysv",
  ),
  library(
    "only DT_GNU_HASH",
    "int inner(void) { return 1; } int answer(void) { return inner(); }",
    "-Wl,--hash-style=gnu",
  ),
  library(
    "an undefined function and DT_HASH",
    "int nowhere(void); int answer(void) { return nowhere(); }",
    "-Wl,--hash-style=sysv",
  ),
  library(
    "an indirect function",
    'static int real(void) { return 1; } static void *choose(void) { return real; } int inner(void) __attribute__((ifunc("choose"))); int answer(void) { return inner(); }',
  ),
  library(
    "an indirect function of its own",
    'static int real(void) { return 1; } static void *choose(void) { return real; } static int inner(void) __attribute__((ifunc("choose"))); int answer(void) { return inner(); }',
  ),
  versioned("versions as they were", {
    source: both,
    script: "V1 { global: one; }; V2 { global: two; local: *; } V1;",
  }),
  versioned("a version is gone", { source: both, script: "V1 { global: one; two; };" }),
  versioned("both versions are gone", { source: both, script: "V3 { global: one; two; };" }),
  versioned(
    "a version is gone, which is weak",
    { source: both, script: "V1 { global: one; two; };" },
    weaken("V2"),
  ),
  versioned("a symbol has moved to a later version", {
    source: both,
    script: "V1 { }; V2 { global: one; two; local: *; } V1;",
  }),
  versioned("a symbol is gone, its version is there", {
    source: "int one(void) { return 1; }",
    script: "V1 { global: one; }; V2 { } V1;",
  }),
  versioned("the versions are lost, the library needs some itself", {
    source: `int puts(const char *); int call(void) { return puts(""); } ${both}`,
  }),
  versioned("the versions are lost, the library needs none", { source: both, flags: ["-nostdlib"] }),
  versioned("the versions and the symbols are lost", { source: "int three;", flags: ["-nostdlib"] }),
  versioned(
    "a version under another hash",
    { source: both, script: "V1 { global: one; }; V2 { global: two; local: *; } V1;" },
    (patch) => patch.put(patch.bytes.indexOf(hashBytes("V2"), patch.target(0x6ffffffen)), 4, 1),
  ),
  versioned(
    "needed versions of an unknown revision",
    { source: both, script: "V1 { global: one; }; V2 { global: two; local: *; } V1;" },
    (patch) => patch.put(patch.target(0x6ffffffen), 2, 7),
  ),
  {
    name: "needed versions of an unknown revision, of the second library",
    // Musl has no versions that a library could need.
    only: "glibc",
    make: (bench) =>
      bench.patched(
        "second-revision.so",
        bench.library(
          "two-needs.so",
          'int puts(const char *); double cos(double); double answer(double x) { return puts("") + cos(x); }',
          "-lm",
        ),
        (patch) => {
          const first = patch.target(0x6ffffffen);
          patch.put(first + patch.bytes.readUInt32LE(first + 12), 2, 7);
        },
      ),
  },
  {
    name: "a version of a library that it does not link",
    make: (bench) =>
      bench.patched(
        "unlinked-version.so",
        bench.library("named-version.so", 'int puts(const char *); int answer(void) { return puts(""); }'),
        (patch) => patch.retag(1n, 0x6ffffef0n),
      ),
  },
  tls(16, "global-dynamic"),
  tls(100_000, "global-dynamic"),
  tls(16, "initial-exec"),
  tls(1000, "initial-exec"),
  tls(1600, "initial-exec"),
  tls(1800, "initial-exec"),
  tls(20_000, "initial-exec"),
  tls(1000, "initial-exec", 64),
  tls(1000, "initial-exec", 32),
  tls(16, "initial-exec", 4096),
  afterDescriptors(1100, 480),
  afterDescriptors(1400, 480),
  // Debian took what limits it from 2.32 into its 2.31.
  { ...afterDescriptors(1400, 600), mayBeUnknown: "glibc 2.31" },
  library(
    "thread-local data of nobody",
    "extern __thread int nothing; int answer(void) { return nothing; }",
    "-ftls-model=initial-exec",
  ),
  {
    // Musl reads a name there that was never set.
    only: "glibc",
    ...library(
      "local thread-local data, initial-exec",
      "static __thread int data = 1; int *answer(void) { return &data; }",
      "-ftls-model=initial-exec",
    ),
  },
  library(
    "local thread-local data after an import, initial-exec",
    "extern int optind; int *there = &optind; static __thread int data = 1; int *answer(void) { return &data + optind; }",
    "-ftls-model=initial-exec",
    "-Wl,-z,nocombreloc",
  ),
  {
    name: "100000 bytes of thread-local data by descriptors",
    make: (bench) =>
      bench.library(
        "100000-bytes-by-descriptors.so",
        "__thread char data[100000] = {1}; char *answer(void) { return data; }",
        bench.machine.byDescriptors,
      ),
  },
  {
    name: "thread-local data by descriptors",
    make: (bench) =>
      bench.library(
        "thread-local-data-by-descriptors.so",
        "__thread int data = 1; int *answer(void) { return &data; }",
        bench.machine.byDescriptors,
      ),
  },
  relocated("relocation type 0x63", retype("absolute", 0x63)),
  relocated("relocation type 0x1234", retype("absolute", 0x1234)),
  relocated("relocation type 0x63, counted among the relative ones", retype("relative", 0x63)),
  relocated("relocation type 0, which is none", retype("data", 0)),
  {
    name: "an unknown relocation of an undefined symbol",
    make: (bench) =>
      bench.patched(
        "unknown-undefined.so",
        bench.library("an-undefined-pointer.so", "extern int nothing; int *answer = &nothing;"),
        (patch) => retype("absolute", 0x63)(patch, bench.machine),
      ),
  },
  {
    name: "relative relocations packed, with the marker",
    make: (bench) =>
      bench.library(
        "relative-relocations-packed-with-the-marker.so",
        'int puts(const char *); int n; int *places[64] = { [0 ... 63] = &n }; static int *own[64]; int answer(void) { own[0] = 0; return puts(""); }',
        "-Wl,-Bsymbolic",
        ...bench.machine.packed,
      ),
  },
  {
    ...library(
      "relative relocations packed, without the marker",
      'int puts(const char *); int n; int *places[64] = { [0 ... 63] = &n }; int answer(void) { return puts(""); }',
      "-Wl,-Bsymbolic",
      "-B@/lld",
      "-Wl,--pack-dyn-relocs=relr",
    ),
    mayBeUnknown: "glibc 2.31",
  },
  {
    ...library(
      "relative relocations packed, without the C library",
      "static int n; int *places[64] = { [0 ... 63] = &n }; int answer(void) { return n; }",
      "-nostdlib",
      "-B@/lld",
      "-Wl,--pack-dyn-relocs=relr",
    ),
    mayBeUnknown: "everywhere",
  },
];
