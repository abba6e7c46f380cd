import { cpuTypes } from "./constants.ts";

/** The subtype of 32-bit watches (mach/machine.h, CPU_SUBTYPE_ARM_V7K). */
const armV7k = 12;

/** Bytes in a page of the machines that run it: 16 KB on arm64 and on watches (dyld, uses16KPages). */
export function pageSizeOf(cpuType: number, cpuSubtype: number): number {
  const isWatch = cpuType === cpuTypes.arm && cpuSubtype === armV7k;
  return cpuType === cpuTypes.arm64 || cpuType === cpuTypes.arm64_32 || isWatch ? 0x4000 : 0x1000;
}
