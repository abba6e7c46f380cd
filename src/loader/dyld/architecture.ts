import { cpuTypes } from "../../object/macho/constants.ts";
import { plainSubtype } from "../../object/macho/architecture.ts";

/** cputype and cpusubtype, with its capability bits. */
export interface Architecture {
  readonly cpuType: number;
  readonly cpuSubtype: number;
}

const arm64 = (cpuSubtype: number): Architecture => ({
  cpuType: cpuTypes.arm64,
  cpuSubtype: cpuSubtype >>> 0,
});
const arm = (cpuSubtype: number): Architecture => ({ cpuType: cpuTypes.arm, cpuSubtype });
const x86 = (cpuSubtype: number): Architecture => ({ cpuType: cpuTypes.x86_64, cpuSubtype });

/** The names that dyld has, in its order of looking (mach_o/Architecture.cpp, Architecture::name). */
const known: readonly (readonly [string, Architecture])[] = [
  ["x86_64", x86(3)],
  ["x86_64h", x86(8)],
  ["i386", { cpuType: cpuTypes.i386, cpuSubtype: 3 }],
  ["arm64", arm64(0)],
  ["arm64e", arm64(0x8000_0002)],
  ["arm64_32", { cpuType: cpuTypes.arm64_32, cpuSubtype: 1 }],
  ["armv4t", arm(5)],
  ["armv6", arm(6)],
  ["armv6m", arm(14)],
  ["armv7k", arm(12)],
  ["armv7m", arm(15)],
  ["armv7em", arm(16)],
  ["armv8m.main", arm(17)],
  ["armv8.1m.main", arm(19)],
  ["armv7s", arm(11)],
  ["armv7", arm(9)],
  ["arm64", arm64(1)],
  ["arm64_32", { cpuType: cpuTypes.arm64_32, cpuSubtype: 0 }],
  ["arm64e.v1", arm64(0x8100_0002)],
  ["arm64e.old", arm64(2)],
  ["arm64e.kernel", arm64(0xc000_0002)],
  ["arm64e.kernel.v1", arm64(0xc100_0002)],
  ["arm64e.kernel.v2", arm64(0xc200_0002)],
  ["ppc", { cpuType: cpuTypes.ppc, cpuSubtype: 0 }],
];

/** On arm64 the capability bits are the version of an ABI, and count; elsewhere they do not. */
export function sameArchitecture(a: Architecture, b: Architecture): boolean {
  if (a.cpuType !== b.cpuType) return false;
  return a.cpuType === cpuTypes.arm64
    ? a.cpuSubtype === b.cpuSubtype
    : plainSubtype(a.cpuSubtype) === plainSubtype(b.cpuSubtype);
}

/** As dyld spells it; "unknown" for one that it does not know. */
export function dyldArchName(arch: Architecture): string {
  return known.find(([, one]) => sameArchitecture(one, arch))?.[0] ?? "unknown";
}

/** arm64e in any version of its ABI. */
export function usesPointerAuthentication({ cpuType, cpuSubtype }: Architecture): boolean {
  return cpuType === cpuTypes.arm64 && plainSubtype(cpuSubtype) === 2;
}

/**
 * What a process takes, best first (mach_o/GradedArchitectures.cpp). An arm64 process takes arm64e too, with its keys
 * off; an arm64e process takes nothing else.
 */
export function acceptedBy(host: Architecture): readonly Architecture[] {
  if (host.cpuType === cpuTypes.x86_64) return [x86(8), x86(3)];
  if (usesPointerAuthentication(host)) return [arm64(0x8000_0002)];
  if (host.cpuType === cpuTypes.arm64) return [arm64(0x8000_0002), arm64(0x8100_0002), arm64(0), arm64(1)];
  return [host];
}

/** What only an Intel processor of 2013 or later takes, never Rosetta. */
export function needsHaswell({ cpuType, cpuSubtype }: Architecture): boolean {
  return cpuType === cpuTypes.x86_64 && plainSubtype(cpuSubtype) === 8;
}

/** `x86_64h' or 'x86_64`, as dyld joins them between its quotes. */
export function joinedNames(architectures: readonly Architecture[]): string {
  return architectures.map(dyldArchName).join("' or '");
}
