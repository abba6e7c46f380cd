import { readFileSync } from "node:fs";
import { folder, link, plain, type Case } from "./case.ts";
import { PT } from "./elf-patch.ts";
import type { ElfPatch } from "./elf-patch.ts";
import type { Workbench } from "./workbench.ts";

function patched(name: string, change: (patch: ElfPatch) => unknown): Case {
  const file = `${name.replaceAll(/\W+/g, "-")}.so`;
  return { name, make: (bench) => bench.patched(file, plain(bench), change) };
}

function cut(name: string, length: (whole: number, bench: Workbench) => number): Case {
  const file = `${name.replaceAll(/\W+/g, "-")}.so`;
  return {
    name,
    make: (bench) => bench.cut(file, plain(bench), length(readFileSync(plain(bench)).length, bench)),
  };
}

/** End of the last PT_LOAD in the file, which the linker put there. */
function loadEnd(bench: Workbench): number {
  let end = 0;
  bench.patched("measured.so", plain(bench), (patch) => {
    for (const at of patch.programs(PT.LOAD))
      end = Math.max(end, Number(patch.read(at, "p_offset") + patch.read(at, "p_filesz")));
  });
  return end;
}

const levels = { machine: "x86-64", because: "only its processors have levels" } as const;

/** What is wrong with one file by itself. */
export const fileCases: readonly Case[] = [
  { name: "a plain library", make: plain },
  patched("other magic", (patch) => patch.put(0, 1, 0x7e)),
  patched("ELFCLASS32", (patch) => patch.header("EI_CLASS", 1)),
  patched("class 9", (patch) => patch.header("EI_CLASS", 9)),
  patched("big endian", (patch) => patch.header("EI_DATA", 2)),
  patched("EI_VERSION 2", (patch) => patch.header("EI_VERSION", 2)),
  patched("OSABI GNU", (patch) => patch.header("EI_OSABI", 3)),
  patched("OSABI FreeBSD", (patch) => patch.header("EI_OSABI", 9)),
  patched("ABIVERSION 1 of System V", (patch) => patch.header("EI_ABIVERSION", 1)),
  patched("ABIVERSION 1 of GNU", (patch) => patch.header("EI_OSABI", 3).header("EI_ABIVERSION", 1)),
  patched("ABIVERSION 200 of GNU", (patch) => patch.header("EI_OSABI", 3).header("EI_ABIVERSION", 200)),
  patched("padding not zero", (patch) => patch.header("EI_PAD", 1)),
  patched("e_version 2", (patch) => patch.header("e_version", 2)),
  {
    ...patched("two faults: class and machine", (patch) =>
      patch.header("EI_CLASS", 1).header("e_machine", 3),
    ),
    only: "glibc",
  },
  {
    ...patched("two faults: byte order and machine", (patch) =>
      patch.header("EI_DATA", 2).header("e_machine", 3),
    ),
    only: "glibc",
  },
  {
    name: "another machine",
    only: "glibc",
    make: (bench) =>
      bench.patched("another-machine.so", plain(bench), (patch) =>
        patch.header("e_machine", bench.machine.another),
      ),
  },
  patched("ET_REL by its header", (patch) => patch.header("e_type", 1)),
  patched("ET_CORE by its header", (patch) => patch.header("e_type", 4)),
  patched("ET_EXEC by its header", (patch) => patch.header("e_type", 2)),
  { name: "an object file", make: (bench) => bench.compile("object.o", "int answer;", "-c") },
  {
    name: "a position-independent executable",
    make: (bench) => bench.compile("pie", "int main(void) { return 0; }", "-pie", "-fPIE"),
  },
  {
    name: "an executable at a fixed address, in a host at a fixed address",
    host: "not PIE",
    make: (bench) => bench.compile("fixed", "int main(void) { return 0; }", "-no-pie", "-fno-pie"),
  },
  patched("e_phentsize 57", (patch) => patch.header("e_phentsize", 57)),
  patched("program headers beyond the end", (patch) => patch.header("e_phoff", 1_000_000)),
  patched("program headers at 2^63", (patch) => patch.header("e_phoff", 2n ** 63n)),
  patched("1,000 program headers", (patch) => patch.header("e_phnum", 1000)),
  patched("no program headers", (patch) => patch.header("e_phnum", 0)),
  patched("no PT_LOAD", (patch) => patch.program(PT.LOAD, "p_type", 0)),
  patched("no PT_DYNAMIC", (patch) => patch.program(PT.DYNAMIC, "p_type", 0)),
  patched("a PT_DYNAMIC without content", (patch) => patch.program(PT.DYNAMIC, "p_filesz", 0)),
  {
    ...patched("a segment whose address and offset do not agree", (patch) =>
      patch.program(PT.LOAD, "p_vaddr", (was) => (was === 0n ? was : was + 16n)),
    ),
    only: "glibc",
  },
  {
    ...patched("a segment that wants more memory than there can be", (patch) =>
      patch.put((patch.programs(PT.LOAD).at(-1) ?? 0) + 40, 8, 2n ** 50n),
    ),
    only: "glibc",
  },
  patched("no section headers", (patch) => patch.header("e_shoff", 0)),
  patched("section headers beyond the end", (patch) => patch.header("e_shoff", 10_000_000)),
  { name: "an empty file", make: (bench) => bench.write("empty.so", "") },
  { name: "10 bytes", make: (bench) => bench.write("ten.so", "0123456789") },
  { name: "a text", make: (bench) => bench.write("text.so", "This is no library.\n".repeat(20)) },
  cut("cut after 63 bytes", () => 63),
  cut("cut after the ELF header", () => 64),
  cut("cut in the program headers", () => 200),
  cut("cut after 1,000 bytes", () => 1000),
  cut("cut after 4,096 bytes", () => 4096),
  cut("cut after 8,192 bytes", () => 8192),
  cut("cut after 12,000 bytes", () => 12_000),
  cut("cut after 12,288 bytes", () => 12_288),
  cut("cut behind the last PT_LOAD", (_, bench) => loadEnd(bench)),
  cut("cut in the section headers", (whole) => whole - 100),
  { name: "a folder", make: (bench) => folder(bench, "folder.so") },
  { name: "a missing file", make: (bench) => bench.path("missing.so") },
  { name: "a file in a missing folder", make: (bench) => `${bench.folder}/nowhere/missing.so` },
  { name: "a link to a library", make: (bench) => link(bench, "link.so", plain(bench)) },
  { name: "a link to nothing", make: (bench) => link(bench, "dangling.so", "nothing.so") },
  patched("executable stack wanted", (patch) => patch.program(PT.GNU_STACK, "p_flags", 7)),
  patched("no PT_GNU_STACK", (patch) => patch.program(PT.GNU_STACK, "p_type", 0)),
  {
    name: "executable stack, in a host that has one",
    host: "executable stack",
    make: (bench) =>
      bench.patched("stack-too.so", plain(bench), (patch) => patch.program(PT.GNU_STACK, "p_flags", 7)),
  },
  patched("a segment writable and executable", (patch) => patch.program(PT.LOAD, "p_flags", 7)),
  {
    name: "nodlopen",
    make: (bench) => bench.library("nodlopen.so", "int answer;", "-Wl,-z,nodlopen"),
  },
  {
    name: "nodlopen and an executable stack",
    make: (bench) => bench.library("nodlopen-stack.so", "int answer;", "-Wl,-z,nodlopen,-z,execstack"),
  },
  {
    name: "text relocations",
    make: (bench) =>
      bench.library(
        "textrel.so",
        'int number = 5; __asm__(".text\\n.globl place\\nplace: .quad number\\n"); int answer(void) { return number; }',
        "-Wl,-z,notext",
      ),
  },
  patched("a relocation in memory that is read-only", (patch) => patch.put(patch.target(7n), 8, 16)),
  patched("data called as a constructor", (patch) =>
    patch.dynamic(12n, patch.bytes.readBigUInt64LE(patch.entry(25n) + 8)),
  ),
  ...[2, 3, 4].map((level) => ({
    name: `built for x86-64-v${level}`,
    belongsTo: levels,
    processor: true as const,
    mayBeUnknown: "glibc 2.31" as const,
    make: (bench: Workbench) => bench.library(`level-${level}.so`, "int answer;", `-Wl,-z,x86-64-v${level}`),
  })),
  {
    name: "built for a level that there is not",
    belongsTo: levels,
    mayBeUnknown: "glibc 2.31",
    make: (bench) =>
      bench.patched(
        "level-none.so",
        bench.library("level-4.so", "int answer;", "-Wl,-z,x86-64-v4"),
        (patch) => {
          const property = Buffer.from([0x02, 0x80, 0x00, 0xc0, 4, 0, 0, 0]);
          patch.put(patch.bytes.indexOf(property) + 8, 4, 0x4000);
        },
      ),
  },
  {
    name: "constructors",
    make: (bench) =>
      bench.library(
        "constructed.so",
        "int ready; __attribute__((constructor)) static void begin(void) { ready = 1; }",
      ),
  },
];
