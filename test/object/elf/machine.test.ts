import { describe, expect, test } from "vitest";
import { open } from "../../support/elf-open.ts";

describe("the architecture", () => {
  test.each([
    [62, 64, "little", "x86_64"],
    [62, 32, "little", "x86_64-x32"],
    [3, 32, "little", "i386"],
    [183, 64, "little", "aarch64"],
    [183, 64, "big", "aarch64_be"],
    [40, 32, "little", "arm"],
    [40, 32, "big", "armeb"],
    [243, 32, "little", "riscv32"],
    [243, 64, "little", "riscv64"],
    [21, 64, "little", "powerpc64le"],
    [21, 64, "big", "powerpc64"],
    [20, 32, "big", "powerpc"],
    [22, 64, "big", "s390x"],
    [22, 32, "big", "unknown-22"],
    [258, 64, "little", "loongarch64"],
    [8, 32, "big", "mips"],
    [8, 32, "little", "mipsel"],
    [8, 64, "big", "mips64"],
    [8, 64, "little", "mips64el"],
    [43, 64, "big", "sparcv9"],
    [0xbeef, 64, "little", "unknown-48879"],
  ] as const)("of machine %i in %i bits, %s endian, is %s", (machine, bits, endian, arch) => {
    expect(open({ machine, bits, endian })).toMatchObject({ machine, arch });
  });
});

describe("the kind", () => {
  const DT_DEBUG = 21n;
  const DT_FLAGS_1 = 0x6ffffffbn;
  const DF_1_PIE = 0x08000000;

  test.each([
    [1, "relocatable"],
    [2, "executable"],
    [3, "shared-library"],
    [4, "core"],
    [0, "other"],
    [0xfe00, "other"],
  ])("of e_type %i is %s", (type, kind) => {
    expect(open({ type }).kind).toBe(kind);
  });

  test("of a position-independent executable is executable by DF_1_PIE", () => {
    const file = open({ dynamic: [[DT_FLAGS_1, DF_1_PIE + 1]], interpreter: "/lib/ld.so" });
    expect(file.kind).toBe("executable");
  });

  test("of a static position-independent executable is executable without an interpreter", () => {
    expect(open({ dynamic: [[DT_FLAGS_1, DF_1_PIE]] }).kind).toBe("executable");
  });

  test("of an old position-independent executable is executable by interpreter and DT_DEBUG", () => {
    expect(open({ dynamic: [[DT_DEBUG, 0]], interpreter: "/lib/ld.so" }).kind).toBe("executable");
  });

  test("of a library that can also be started, as libc.so.6, is shared library", () => {
    expect(open({ soname: "libc.so.6", interpreter: "/lib/ld.so" }).kind).toBe("shared-library");
  });

  test("of a library with DF_1_NOW alone is shared library", () => {
    expect(open({ dynamic: [[DT_FLAGS_1, 1]] }).kind).toBe("shared-library");
  });
});
