import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { openElf } from "../../../src/object/elf/file.ts";
import type { ElfFile } from "../../../src/object/elf/file.ts";
import { FormatError } from "../../../src/object/format-error.ts";
import { buildElf } from "../../support/elf-builder.ts";
import { ENCODINGS } from "../../support/elf-open.ts";
import { linkWith } from "../../support/elf-toolchain.ts";
import { describeWith, lackOf } from "../../support/need.ts";
import { memorySource } from "../../support/macho-source.ts";

/** More than any of these files takes undamaged, a hundred times over. */
const MOST_MILLISECONDS = 5000;

const LIMIT = 2 ** 20;

/** Every member of an opened file, each on its own: one that fails must not keep the others from being tried. */
const members: readonly ((file: ElfFile) => unknown)[] = [
  (file) => [file.arch, file.kind, file.entry, file.osAbi, file.flags, file.flags1],
  (file) =>
    file.sections.map((section) => {
      attempt(() => file.readSection(section, LIMIT));
    }),
  (file) =>
    file.segments.map(({ address }) => {
      attempt(() => file.readAddress(address, 64, "segment"));
    }),
  (file) =>
    file.dynamicSymbols.slice(0, 50).map(({ address }) => {
      attempt(() => file.pointerAt(address));
    }),
  (file) => file.staticSymbols,
  (file) => file.neededLibraries,
  (file) => [file.soname, file.runpath, file.rpath],
  (file) => file.interpreter,
  (file) =>
    file.notes.map((note) => {
      attempt(() => file.readNote(note, LIMIT));
    }),
  (file) => file.versionNeeds,
  (file) => file.versionDefinitions,
  (file) => [...file.relocations()],
  (file) => file.findDynamicSymbol("otel_plugin_manifest"),
  (file) => file.findDynamicSymbol("no_such_symbol"),
  (file) => file.dynamicStringsContain(".PluginManifest\0"),
  (file) => file.staticStringsContain(".PluginManifest\0"),
];

/** Runs, and lets nothing but a FormatError pass for an answer. */
function attempt(act: () => unknown): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    expect(Number.isSafeInteger(error.offset) && error.offset >= 0).toBe(true);
  }
}

function tryAll(bytes: Buffer): void {
  const start = performance.now();
  attempt(() => {
    const file = openElf(memorySource(bytes));
    for (const member of members) attempt(() => member(file));
  });
  expect(performance.now() - start).toBeLessThan(MOST_MILLISECONDS);
}

/** A byte of the file's tables, or of anywhere, set to any value. */
function damage(bytes: Buffer): fc.Arbitrary<Buffer> {
  const anywhere = fc.nat({ max: bytes.length - 1 });
  const head = fc.nat({ max: Math.min(4096, bytes.length) - 1 });
  const change = fc.record({
    at: fc.oneof(head, anywhere),
    value: fc.oneof(fc.constantFrom(0, 1, 0x7f, 0x80, 0xff), fc.nat({ max: 255 })),
  });
  return fc.array(change, { minLength: 1, maxLength: 8 }).map((changes) => {
    const out = Buffer.from(bytes);
    for (const { at, value } of changes) out.writeUInt8(value, at);
    return out;
  });
}

/** A file with every table this reader knows. */
function everything(encoding: (typeof ENCODINGS)[number]): Buffer {
  return buildElf({
    ...encoding,
    sections: [
      { name: ".rodata", content: '{"language":"go"}\0' },
      { name: ".data", content: Buffer.alloc(64), writable: true },
      { name: ".bss", size: 64 },
      { name: ".debug", content: Buffer.alloc(40), flags: 0x800, loaded: false },
    ],
    interpreter: "/lib/ld.so",
    needed: ["libc.so.6"],
    soname: "libplugin.so",
    runpath: "$ORIGIN",
    hash: "both",
    dynamicSymbols: [
      { name: "open", version: "GLIBC_2.34" },
      { name: "otel_plugin_manifest", in: ".data", size: 8, version: "PLUGIN_1" },
      { name: "other", in: ".rodata", size: 8 },
    ],
    symbols: [{ name: "main.PluginManifest", in: ".data", binding: 0, sectionIndex: 0xffff }],
    pointers: [
      { in: ".data", at: 0, to: { in: ".rodata" }, via: "rela" },
      { in: ".data", at: 8, to: { in: ".rodata" }, via: "rel" },
      { in: ".data", at: 16, to: { in: ".rodata" }, via: "relr" },
    ],
    relocations: { jmprel: [{ place: { in: ".data", at: 24 }, type: 7, symbol: "open" }], relr: [5n] },
    notes: [{ name: "GNU", type: 3, content: "0123456789" }],
    versionNeeds: [{ file: "libc.so.6", versions: [{ name: "GLIBC_2.34" }] }],
    versionDefinitions: [{ name: "PLUGIN_1" }],
  });
}

describe.each(ENCODINGS)("a built file of $bits bits, $endian endian", (encoding) => {
  const bytes = everything(encoding);

  test("has every member readable while it is whole", () => {
    const file = openElf(memorySource(bytes));
    for (const [index, member] of members.entries())
      if (index !== 1) expect(() => member(file)).not.toThrow();
  });

  test("fails with a FormatError and in time, wherever it is cut off", () => {
    for (let length = 0; length < bytes.length; length++) tryAll(bytes.subarray(0, length));
  });

  test("fails with a FormatError and in time, whichever byte is all ones", () => {
    for (let at = 0; at < bytes.length; at++) {
      const damaged = Buffer.from(bytes);
      damaged.writeUInt8(0xff, at);
      tryAll(damaged);
    }
  });

  test("fails with a FormatError and in time, whatever bytes are changed", () => {
    fc.assert(fc.property(damage(bytes), tryAll), { numRuns: 500 });
  });
});

const gcc = lackOf("gcc");

describeWith(gcc, "a library by gcc", () => {
  let bytes: Buffer = Buffer.alloc(0);
  beforeAll(() => {
    const source =
      'const char *otel_plugin_manifest = "{}"; int puts(const char *); int f(void) { return puts("x"); }\n';
    bytes = linkWith("gcc", { source, flags: ["-shared", "-fPIC", "-O1", "-Wl,--hash-style=both"] });
  });

  test("fails with a FormatError and in time, wherever it is cut off", () => {
    fc.assert(
      fc.property(fc.nat({ max: bytes.length }), (length) => {
        tryAll(bytes.subarray(0, length));
      }),
      { numRuns: 300 },
    );
  });

  test("fails with a FormatError and in time, whatever bytes are changed", () => {
    fc.assert(
      fc.property(
        fc.constant(null).chain(() => damage(bytes)),
        tryAll,
      ),
      { numRuns: 1000 },
    );
  });
});
