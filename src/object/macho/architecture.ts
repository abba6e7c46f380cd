/**
 * CPU types and subtypes as the kernel numbers them (mach/machine.h: CPU_TYPE_*, CPU_SUBTYPE_*). The bit 0x01000000
 * is CPU_ARCH_ABI64, 0x02000000 CPU_ARCH_ABI64_32.
 */
export const cpuTypes = {
  i386: 0x7,
  x86_64: 0x0100_0007,
  arm: 0xc,
  arm64: 0x0100_000c,
  arm64_32: 0x0200_000c,
  ppc: 0x12,
  ppc64: 0x0100_0012,
} as const;

/** The top byte of a subtype holds capabilities (CPU_SUBTYPE_LIB64, pointer authentication ABI), not a model. */
const subtypeMask = 0x00ff_ffff;

const x86_64h = 8;
const arm64e = 2;

const plainNames = new Map<number, string>([
  [cpuTypes.i386, "i386"],
  [cpuTypes.arm, "arm"],
  [cpuTypes.arm64_32, "arm64_32"],
  [cpuTypes.ppc, "powerpc"],
  [cpuTypes.ppc64, "powerpc64"],
]);

/** The subtype without its capability bits. */
export function plainSubtype(cpuSubtype: number): number {
  return cpuSubtype & subtypeMask;
}

/**
 * The architecture as LLVM spells it in triples, `arm` for every 32-bit one (armv7, armv7k, …);
 * `unknown-<cputype>` for one that this table does not have.
 */
export function archName(cpuType: number, cpuSubtype: number): string {
  const subtype = plainSubtype(cpuSubtype);
  switch (cpuType) {
    case cpuTypes.x86_64:
      return subtype === x86_64h ? "x86_64h" : "x86_64";
    case cpuTypes.arm64:
      return subtype === arm64e ? "arm64e" : "aarch64";
    default:
      return plainNames.get(cpuType) ?? `unknown-${cpuType}`;
  }
}
