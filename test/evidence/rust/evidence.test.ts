import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { known } from "../../../src/evidence/fact.ts";
import { readRustEvidence } from "../../../src/evidence/rust/evidence.ts";
import { openElf } from "../../../src/object/elf/file.ts";
import { FormatError } from "../../../src/object/format-error.ts";
import { buildElf } from "../../support/elf-builder.ts";
import { counted, open, openBytes } from "../../support/elf-open.ts";
import { open as openMacho } from "../../support/macho-open.ts";

const path = "/rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/std/src/io.rs";
const stamp = { name: ".comment", content: "rustc version 1.95.0 (59807616e 2026-04-14)\0", loaded: false };

describe("what says that there is Rust code", () => {
  test("nothing in a file without a sign of it", () => {
    expect(readRustEvidence(open({ sections: [{ name: ".rodata", content: "GCC" }] }))).toBeUndefined();
  });

  test.each([
    ["a stamp of rustc", { sections: [stamp] }, "stamp of rustc in .comment"],
    [
      "metadata of a crate",
      { sections: [{ name: ".rustc", content: "x", loaded: false }] },
      "section .rustc",
    ],
    [
      "a package list, even a broken one",
      { sections: [{ name: ".dep-v0", content: "x", loaded: false }] },
      "section .dep-v0",
    ],
    [
      "a standard library that it links",
      { needed: ["libstd-d1237ef7159db0a2.so"] },
      "linked library libstd-d1237ef7159db0a2.so",
    ],
    [
      "a path of the standard library",
      { sections: [{ name: ".rodata", content: path }] },
      "path /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/ in .rodata",
    ],
    [
      "a path of Cargo's registry",
      {
        sections: [{ name: ".rodata", content: "registry/src/index.crates.io-1949cf8c6b5b557f/slab-0.4.9/" }],
      },
      "paths of Cargo's registry in the read-only data",
    ],
    [
      "a static symbol of its runtime",
      { sections: [{ name: ".text", content: "x" }], symbols: [{ name: "rust_begin_unwind", in: ".text" }] },
      "static symbol rust_begin_unwind",
    ],
  ])("%s", (_, spec, witness) => {
    expect(readRustEvidence(open(spec))?.witnesses).toEqual([witness]);
  });

  test("in Mach-O, a standard library that it links", () => {
    const file = openMacho({ dylibs: [{ name: "@rpath/libstd-d1237ef7159db0a2.dylib" }] });
    expect(readRustEvidence(file)?.dylib.libstd).toEqual(
      known("d1237ef7159db0a2", "linked library libstd-d1237ef7159db0a2.dylib"),
    );
  });
});

describe("a file whose language is asked for", () => {
  const literals = { name: ".rodata", content: Buffer.alloc(2 ** 21) };
  const gcc = { name: ".comment", content: "GCC: (Debian 12.2.0-14) 12.2.0\0", loaded: false };

  test("is not searched if nothing unwinds", () => {
    const source = counted(buildElf({ sections: [literals, gcc] }));
    expect(readRustEvidence(openElf(source), "cheap")).toBeUndefined();
    expect(source.total).toBeLessThan(16 * 1024);
  });

  test.each([
    ["if rustc left its stamp", { sections: [stamp, { name: ".rodata", content: path }] }],
    [
      "if it has tables for unwinding",
      {
        sections: [
          { name: ".gcc_except_table", content: "x" },
          { name: ".rodata", content: path },
        ],
      },
    ],
    [
      "if it links an unwinder",
      {
        sections: [gcc, { name: ".rodata", content: path }],
        needed: ["libgcc_s.so.1"],
      },
    ],
  ])("is searched %s", (_, spec) => {
    expect(readRustEvidence(open(spec), "cheap")?.library.release).toMatchObject({ value: "1.95.0" });
  });
});

describe("the toolchain", () => {
  test("is the compiler's where it left a stamp", () => {
    const file = open({ sections: [stamp, { name: ".rodata", content: path }] });
    expect(readRustEvidence(file)?.toolchain).toEqual(known("1.95.0 (59807616e 2026-04-14)", ".comment"));
  });

  test("is the standard library's where it left none", () => {
    const file = open({ sections: [{ name: ".rodata", content: path }] });
    expect(readRustEvidence(file)?.toolchain).toEqual(known("1.95.0", "commit in .rodata"));
  });

  test("is not the standard library's where compilers differ", () => {
    const content = `${stamp.content}rustc version 1.96.0 (ac68faa20 2026-05-25)\0`;
    const file = open({
      sections: [
        { ...stamp, content },
        { name: ".rodata", content: path },
      ],
    });
    expect(readRustEvidence(file)?.toolchain.known).toBe(false);
  });
});

test("a file with any byte changed gives evidence or none, and never a crash", () => {
  const whole = buildElf({
    sections: [
      stamp,
      { name: ".rodata", content: path },
      { name: ".dep-v0", content: "x", loaded: false },
      { name: ".debug_str", content: "src/lib.rs/@/a.1-cgu.0\0", loaded: false },
    ],
    dynamicSymbols: [{ name: "_Unwind_RaiseException" }, { name: "otel_plugin", in: ".rodata" }],
    symbols: [{ name: "rust_begin_unwind", in: ".rodata" }],
    needed: ["libc.so.6"],
  });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
      (changes) => {
        const bytes = Buffer.from(whole);
        for (const [at, value] of changes) bytes[at] = value;
        try {
          readRustEvidence(openBytes(bytes));
        } catch (error) {
          // The header itself may be what was changed: then there is no file to read.
          expect(error).toBeInstanceOf(FormatError);
          expect(() => openBytes(bytes)).toThrow(FormatError);
        }
      },
    ),
    { numRuns: 1500 },
  );
});
