import { CPU_SUBTYPE_MASK, cpuSubtypes, cpuTypes } from "./constants.ts";

const plainNames = new Map<number, string>([
  [cpuTypes.i386, "i386"],
  [cpuTypes.arm, "arm"],
  [cpuTypes.arm64_32, "arm64_32"],
  [cpuTypes.ppc, "powerpc"],
  [cpuTypes.ppc64, "powerpc64"],
]);

/** The subtype without its capability bits. */
export function plainSubtype(cpuSubtype: number): number {
  return cpuSubtype & ~CPU_SUBTYPE_MASK;
}

/**
 * The architecture as LLVM spells it in triples, `arm` for every 32-bit one (armv7, armv7k, …);
 * `unknown-<cputype>` for one that this table does not have.
 */
export function archName(cpuType: number, cpuSubtype: number): string {
  const subtype = plainSubtype(cpuSubtype);
  switch (cpuType) {
    case cpuTypes.x86_64:
      return subtype === cpuSubtypes.x86_64h ? "x86_64h" : "x86_64";
    case cpuTypes.arm64:
      return subtype === cpuSubtypes.arm64e ? "arm64e" : "aarch64";
    default:
      return plainNames.get(cpuType) ?? `unknown-${cpuType}`;
  }
}
