import { memo } from "./memo.ts";

/** What a binary is made for. A part that the text does not say is undefined: unknown, not different. */
export interface Target {
  /** As LLVM spells it: x86_64, aarch64, i386, arm, riscv64, powerpc64le, s390x, … */
  readonly arch: string;
  /** linux, darwin, freebsd, … */
  readonly os: string;
  /** gnu, musl, android, …; darwin has one C library only. */
  readonly libc: string | undefined;
}

/** Parts in the order in which a difference matters. */
export const targetParts = ["arch", "os", "libc"] as const;

/** GOARCH and the architectures of Rust's triples that LLVM spells otherwise (rustc: compiler/rustc_target/src/spec). */
const archAliases: Readonly<Record<string, string>> = {
  amd64: "x86_64",
  x64: "x86_64",
  "386": "i386",
  i486: "i386",
  i586: "i386",
  i686: "i386",
  arm64: "aarch64",
  riscv64gc: "riscv64",
  riscv64a23: "riscv64",
  riscv32gc: "riscv32",
  ppc64le: "powerpc64le",
  ppc64: "powerpc64",
  loong64: "loongarch64",
  mips64le: "mips64el",
  mipsle: "mipsel",
};

const osAliases: Readonly<Record<string, string>> = { macos: "darwin", macosx: "darwin" };

/** The C library that an OS's programs use where the text says none and there is but one. */
const onlyLibc: Readonly<Record<string, string>> = {
  darwin: "libSystem",
  ios: "libSystem",
  android: "bionic",
};

/** Takes a Rust target triple or Go's GOOS/GOARCH apart; undefined where the text is neither. */
export const parseTarget: (text: string) => Target | undefined = memo(targetOf);

function targetOf(text: string): Target | undefined {
  const go = /^([a-z0-9]+)\/([a-z0-9_]+)$/.exec(text.trim());
  if (go !== null) {
    const [, os = "", arch = ""] = go;
    return { arch: normaliseArch(arch), os: normaliseOs(os), libc: onlyLibc[normaliseOs(os)] };
  }
  const parts = text.trim().split("-");
  if (parts.length < 2 || parts.length > 4 || parts.some((part) => !/^[a-z0-9_.]+$/i.test(part)))
    return undefined;
  const [arch = "", ...rest] = parts;
  // The vendor may be left out: x86_64-linux-gnu, as Debian and Zig write it.
  const system = rest.length === 1 || isOs(rest[0] ?? "") ? rest : rest.slice(1);
  const [osText = "", environment] = system;
  const os = normaliseOs(osText.replace(/[\d.]+$/, ""));
  if (environment?.startsWith("android") === true)
    return { arch: normaliseArch(arch), os: "android", libc: "bionic" };
  return {
    arch: normaliseArch(arch),
    os,
    libc: environment === undefined ? onlyLibc[os] : normaliseLibc(environment),
  };
}

export type PartComparison = "match" | "mismatch" | "unknown";

/** Each part on its own. */
export function compareTargets(
  plugin: Partial<Target>,
  host: Partial<Target>,
): Readonly<Record<(typeof targetParts)[number], PartComparison>> {
  return {
    arch: comparePart(plugin.arch, host.arch),
    os: comparePart(plugin.os, host.os),
    libc: comparePart(plugin.libc, host.libc),
  };
}

function comparePart(plugin: string | undefined, host: string | undefined): PartComparison {
  if (plugin === undefined || host === undefined) return "unknown";
  return plugin === host ? "match" : "mismatch";
}

function normaliseArch(text: string): string {
  const lower = text.toLowerCase();
  if (/^(armv[4-8]|thumbv)/.test(lower)) return "arm";
  return archAliases[lower] ?? lower;
}

function normaliseOs(text: string): string {
  const lower = text.toLowerCase();
  return osAliases[lower] ?? lower;
}

function isOs(text: string): boolean {
  return /^(linux|darwin|macos|freebsd|netbsd|openbsd|dragonfly|solaris|illumos|android|windows|ios|aix|none)/.test(
    text,
  );
}

// gnueabihf and musleabi say the float convention too, which is kept: it changes the ABI.
function normaliseLibc(environment: string): string {
  const lower = environment.toLowerCase();
  return lower === "gnuabi64" || lower === "gnuspe" ? "gnu" : lower;
}
