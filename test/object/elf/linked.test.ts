import { writeFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { ElfFile } from "../../../src/object/elf/file.ts";
import { openBytes, sectionOf } from "../../support/elf-open.ts";
import { inFolder, linkWith } from "../../support/elf-toolchain.ts";
import { describeWith, lackOf } from "../../support/need.ts";

/** A manifest behind a pointer, one that is the bytes themselves, one behind an exported array; and an import. */
const SOURCE = `
const char json[] = "{\\"language\\":\\"rust\\"}";
const char *const direct = "{\\"direct\\":true}";
const char *const by_symbol = json;
extern int imported_data;
int *by_import = &imported_data;
extern int imported(void);
int call(void) { return imported(); }
__attribute__((section(".otel_manifest"), used)) const char in_section[] = "{\\"section\\":true}";
`;

function textAt(file: ElfFile, address: bigint): string {
  const bytes = file.readAddress(address, 64, "manifest");
  return bytes.toString("utf8", 0, bytes.indexOf(0));
}

/** What the pointer of that symbol leads to: the text, or what keeps it from being read. */
function followed(file: ElfFile, name: string): string {
  const symbol = file.findDynamicSymbol(name);
  if (symbol === undefined) return "no symbol";
  const pointer = file.pointerAt(symbol.address);
  if (pointer.kind === "address") return textAt(file, pointer.address);
  return pointer.kind === "import" ? `import of ${pointer.symbol}` : pointer.kind;
}

function checkLibrary(file: ElfFile): void {
  expect(file.kind).toBe("shared-library");
  expect(textAt(file, file.findDynamicSymbol("json")?.address ?? 0n)).toBe('{"language":"rust"}');
  expect(followed(file, "direct")).toBe('{"direct":true}');
  expect(followed(file, "by_symbol")).toBe('{"language":"rust"}');
  expect(followed(file, "by_import")).toBe("import of imported_data");
  expect(file.dynamicSymbols.find(({ name }) => name === "imported")?.defined).toBe(false);
  expect(file.findDynamicSymbol("imported")).toBeUndefined();
}

const lld = lackOf("clang-19", "ld.lld-19", "llvm-strip-19");

describeWith(lld, "a library by clang and lld", () => {
  const link = (target: string, ...flags: string[]) => {
    const common = ["-shared", "-fPIC", "-O1", "-nostdlib", "-fuse-ld=lld-19", `--target=${target}`];
    return linkWith("clang-19", { source: SOURCE, flags: [...common, ...flags] });
  };

  const targets = [
    ["x86_64-linux-gnu", "x86_64"],
    ["i386-linux-gnu", "i386"],
    ["aarch64-linux-gnu", "aarch64"],
    ["aarch64_be-linux-gnu", "aarch64_be"],
    ["armv7-linux-gnueabihf", "arm"],
    ["riscv64-linux-gnu", "riscv64"],
    ["riscv32-linux-gnu", "riscv32"],
    ["powerpc64le-linux-gnu", "powerpc64le"],
    ["powerpc-linux-gnu", "powerpc"],
    ["s390x-linux-gnu", "s390x"],
    ["loongarch64-linux-gnu", "loongarch64"],
  ] as const;

  test.each(targets)("for %s is read", (target, arch) => {
    const file = openBytes(link(target));
    expect(file.arch).toBe(arch);
    checkLibrary(file);
    expect(file.readSection(sectionOf(file, ".otel_manifest"), 100).toString()).toBe('{"section":true}\0');
  });

  test("for s390x with a SysV hash table of 32-bit words, as lld writes it, is read", () => {
    checkLibrary(openBytes(link("s390x-linux-gnu", "-Wl,--hash-style=sysv")));
  });

  test.each(["gnu", "sysv", "both"])("for x86-64 with hash style %s is read", (style) => {
    checkLibrary(openBytes(link("x86_64-linux-gnu", `-Wl,--hash-style=${style}`)));
  });

  test.each(["x86_64-linux-gnu", "i386-linux-gnu", "aarch64-linux-gnu", "armv7-linux-gnueabihf"])(
    "for %s with packed relative relocations is read",
    (target) => {
      const file = openBytes(link(target, "-Wl,-z,pack-relative-relocs"));
      expect([...file.relocations()].some(({ table }) => table === "RELR")).toBe(true);
      checkLibrary(file);
    },
  );

  test.each(["mips-linux-gnu", "mips64el-linux-gnuabi64"])(
    "for %s has symbols, and pointers that are said to be unknown",
    (target) => {
      const file = openBytes(link(target));
      expect(file.findDynamicSymbol("json")?.size).toBe(20n);
      expect(followed(file, "by_symbol")).toBe("unknown");
    },
  );

  test("for 64-bit MIPS has relocations with the right symbols, in its own order of fields", () => {
    const file = openBytes(link("mips64el-linux-gnuabi64"));
    expect([...file.relocations()].map(({ symbolName }) => symbolName)).toContain("imported_data");
  });

  test.each(targets)("for %s is read without section headers", (target) => {
    const bytes = inFolder((folder, run) => {
      writeFileSync(join(folder, "in"), link(target));
      run("llvm-strip-19", "--strip-sections", "in");
      return readFileSync(join(folder, "in"));
    });
    const file = openBytes(bytes);
    expect(file.sections).toEqual([]);
    checkLibrary(file);
  });

  test("has versions that its version script gives", () => {
    const file = inFolder((folder, run) => {
      writeFileSync(
        join(folder, "in.c"),
        'void old(void) {} __asm__(".symver old, f@V1"); void new(void) {} __asm__(".symver new, f@@V2");',
      );
      writeFileSync(join(folder, "map"), "V1 { global: f; local: *; }; V2 { global: f; } V1;");
      run(
        "clang-19",
        "-shared",
        "-fPIC",
        "-nostdlib",
        "-fuse-ld=lld-19",
        "-Wl,--version-script=map",
        "-o",
        "out",
        "in.c",
      );
      return openBytes(readFileSync(join(folder, "out")));
    });
    expect(file.versionDefinitions.map(({ name }) => name).slice(1)).toEqual(["V1", "V2"]);
    expect(
      file.dynamicSymbols.map(({ name, version, versionHidden }) => [name, version, versionHidden]),
    ).toEqual([
      ["f", "V1", true],
      ["f", "V2", false],
    ]);
    expect(file.findDynamicSymbol("f")?.version).toBe("V2");
  });
});

const gcc = lackOf("gcc", "strip", "objcopy");

describeWith(gcc, "a file by gcc and binutils", () => {
  const program = 'int puts(const char *); int main(void) { return puts("hi"); }\n';

  test.each(["gnu", "sysv", "both"])("with hash style %s is read", (style) => {
    checkLibrary(
      openBytes(
        linkWith("gcc", { source: SOURCE, flags: ["-shared", "-fPIC", "-O1", `-Wl,--hash-style=${style}`] }),
      ),
    );
  });

  test("with packed relative relocations is read", () => {
    const flags = ["-shared", "-fPIC", "-O1", "-Wl,-z,pack-relative-relocs"];
    checkLibrary(openBytes(linkWith("gcc", { source: SOURCE, flags })));
  });

  test.each([
    [["-pie", "-fPIE"], "executable"],
    [["-no-pie", "-fno-pie"], "executable"],
    [["-static"], "executable"],
    [["-static-pie", "-fPIE"], "executable"],
    [["-shared", "-fPIC"], "shared-library"],
    [["-c"], "relocatable"],
  ] as const)("linked with %s is of its kind: %s", (flags, kind) => {
    expect(openBytes(linkWith("gcc", { source: program, flags })).kind).toBe(kind);
  });

  test("that exports nothing tells its imports, without section headers too", () => {
    const whole = openBytes(
      linkWith("gcc", { source: program, flags: ["-pie", "-fPIE", "-Wl,--hash-style=gnu"] }),
    );
    const bare = inFolder((folder, run) => {
      writeFileSync(join(folder, "in.c"), program);
      run("gcc", "-pie", "-fPIE", "-Wl,--hash-style=gnu", "-o", "out", "in.c");
      const bytes = readFileSync(join(folder, "out"));
      bytes.fill(0, 40, 48); // e_shoff
      bytes.fill(0, 60, 64); // e_shnum, e_shstrndx
      return openBytes(bytes);
    });
    expect(bare.sections).toEqual([]);
    expect(bare.dynamicSymbols.map(({ name }) => name)).toContain("puts");
    expect(bare.dynamicSymbols).toEqual(whole.dynamicSymbols);
  });

  test("wants versions of libc", () => {
    const file = openBytes(linkWith("gcc", { source: program, flags: [] }));
    expect(file.neededLibraries).toEqual(["libc.so.6"]);
    expect(file.versionNeeds[0]?.file).toBe("libc.so.6");
    expect(file.dynamicSymbols.find(({ name }) => name === "puts")?.version).toMatch(/^GLIBC_/);
  });

  test("has static symbols until it is stripped", () => {
    const [whole, stripped] = inFolder((folder, run) => {
      writeFileSync(join(folder, "in.c"), program);
      run("gcc", "-o", "out", "in.c");
      const before = readFileSync(join(folder, "out"));
      run("strip", "out");
      return [openBytes(before), openBytes(readFileSync(join(folder, "out")))];
    });
    expect(whole.staticSymbols.some(({ name }) => name === "main")).toBe(true);
    expect(stripped.staticSymbols).toEqual([]);
  });

  test("has debug sections that inflate to what they were", () => {
    const [plain, packed] = inFolder((folder, run) => {
      const functions = Array.from(
        { length: 50 },
        (_, index) => `int a_function_with_a_long_name_${index}(void) { return 0; }`,
      );
      writeFileSync(join(folder, "in.c"), functions.join("\n"));
      run("gcc", "-g", "-c", "-o", "plain.o", "in.c");
      run("objcopy", "--compress-debug-sections=zlib-gabi", "plain.o", "packed.o");
      return [
        openBytes(readFileSync(join(folder, "plain.o"))),
        openBytes(readFileSync(join(folder, "packed.o"))),
      ];
    });
    const name = ".debug_str";
    expect(sectionOf(packed, name).compressed).toBe(true);
    expect(
      packed
        .readSection(sectionOf(packed, name), 2 ** 20)
        .equals(plain.readSection(sectionOf(plain, name), 2 ** 20)),
    ).toBe(true);
  });

  test("has the build ID and ABI notes that it was given", () => {
    const id = "0123456789abcdef";
    const file = openBytes(linkWith("gcc", { source: program, flags: [`-Wl,--build-id=0x${id}`] }));
    const note = file.notes.find(({ name, type }) => name === "GNU" && type === 3);
    expect(note && file.readNote(note, 64).toString("hex")).toBe(id);
  });
});

const go = lackOf("go");

describeWith(go, "a program by Go's own linker", () => {
  test.each([
    ["pie", "amd64", "x86_64"],
    ["pie", "arm64", "aarch64"],
    ["exe", "amd64", "x86_64"],
  ])("with -buildmode=%s for %s is executable", (mode, goarch, arch) => {
    const file = inFolder((folder, run) => {
      writeFileSync(join(folder, "go.mod"), "module example.com/program\n");
      writeFileSync(join(folder, "main.go"), 'package main\n\nfunc main() { println("hi") }\n');
      run(
        "env",
        "CGO_ENABLED=0",
        "GOOS=linux",
        `GOARCH=${goarch}`,
        "go",
        "build",
        `-buildmode=${mode}`,
        "-o",
        "out",
        ".",
      );
      return openBytes(readFileSync(join(folder, "out")));
    });
    expect(file).toMatchObject({ kind: "executable", arch });
  });
});
