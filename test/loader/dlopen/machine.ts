import { existsSync } from "node:fs";
import { lackOf } from "../../support/need.ts";

/** A machine that files are made for: who makes them, and what elf.h and the machine's psABI number otherwise than others. */
export interface Machine {
  readonly name: "x86-64" | "arm64";
  /** What its files are kept under. */
  readonly id: string;
  /** gcc, by the C library that it links to. */
  readonly compilers: { readonly glibc: string; readonly musl?: string };
  /** e_machine of another one. */
  readonly another: number;
  readonly relocations: {
    /** R_X86_64_64, R_AARCH64_ABS64. */
    readonly absolute: number;
    /** R_X86_64_GLOB_DAT, R_AARCH64_GLOB_DAT. */
    readonly data: number;
    /** R_X86_64_RELATIVE, R_AARCH64_RELATIVE. */
    readonly relative: number;
  };
  /** Has thread-local variables found by descriptors. */
  readonly byDescriptors: string;
  /** Has relative relocations packed, with GLIBC_ABI_DT_RELR. */
  readonly packed: readonly string[];
}

const pack = "-Wl,-z,pack-relative-relocs";

export const x86: Machine = {
  name: "x86-64",
  id: "x86-64",
  compilers: { glibc: "gcc", musl: "musl-gcc" },
  another: 183,
  relocations: { absolute: 1, data: 6, relative: 8 },
  byDescriptors: "-mtls-dialect=gnu2",
  packed: [pack],
};

export const arm64: Machine = {
  name: "arm64",
  id: "arm64",
  compilers: { glibc: "aarch64-linux-gnu-gcc" },
  another: 62,
  relocations: { absolute: 257, data: 1025, relative: 1027 },
  byDescriptors: "-mtls-dialect=desc",
  // GNU ld packs for x86 alone until 2.42.
  packed: [pack, "-B@/lld"],
};

/** Where Debian lays out glibc for arm64 on other machines (libc6-arm64-cross). */
export const arm64Sysroot = "/usr/aarch64-linux-gnu";

const emulator = "/usr/bin/qemu-aarch64";

/** What arm64 needs on this machine, beside its libraries. */
export const arm64Programs = [arm64.compilers.glibc, emulator] as const;

/** Runs programs for arm64 (qemu-user). For those that crash, it would write a core file into the working folder. */
export const arm64Emulator: readonly string[] = ["/bin/sh", "-c", 'ulimit -c 0; exec "$0" "$@"', emulator];

/** The same, with the libraries of arm64 in the place of this machine's. */
export const arm64System: readonly string[] = [...arm64Emulator, "-L", arm64Sysroot];

/** What is missing of that, and of `more`. */
export function lackForArm64(...more: readonly string[]): string | undefined {
  return lackOf(...arm64Programs, ...more) ?? (existsSync(arm64Sysroot) ? undefined : `no ${arm64Sysroot}`);
}
