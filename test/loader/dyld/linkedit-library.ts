import type { DyldHost } from "../../../src/loader/dyld/host.ts";
import { parseMacosRelease } from "../../../src/loader/dyld/release.ts";
import { buildMacho, type BuiltMacho, type MachoSpec } from "../../support/macho-builder.ts";
import { hostOf } from "./open-host.ts";
import { intelLibrary } from "./signed-macho.ts";

/** "26.4" as in loader.h. */
export function packed(version: string): number {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major * 0x1_0000 + minor * 0x100;
}

/** An Intel library with a symbol table, a trie and a string pool. */
export function spec(minos: string, sdk: string): MachoSpec {
  return {
    ...intelLibrary,
    buildVersion: { platform: 1, minos: packed(minos), sdk: packed(sdk) },
    symbols: [{ name: "_start", at: "__DATA,__data" }],
    exports: [{ name: "_start", at: "__DATA,__data" }],
    exportsIn: "trie",
    indirectSymbols: [0],
    raw: { strings: Buffer.from(" \0_start".padEnd(32, "\0")) },
  };
}

export type Change = (bytes: Buffer, built: BuiltMacho) => void;

export function library(change: Change, minos: string, sdk: string): Buffer {
  const built = buildMacho(spec(minos, sdk));
  change(built.bytes, built);
  return built.bytes;
}

export function add(bytes: Buffer, at: number, by: number): void {
  bytes.writeUInt32LE(bytes.readUInt32LE(at) + by, at);
}

export const lc = { symtab: 0x2, dysymtab: 0xb, segment64: 0x19, trie: 0x8000_0033 } as const;

/** As LLVM's tools leave it after an odd number of indirect symbols. */
export const misalign: Change = (bytes, { commandAt }) => {
  add(bytes, commandAt(lc.symtab) + 16, 4);
  add(bytes, commandAt(lc.symtab) + 20, -4);
};

export function poolOffset(bytes: Buffer): string {
  const { commandAt } = buildMacho(spec("13.0", "14.0"));
  return bytes
    .readUInt32LE(commandAt(lc.symtab) + 16)
    .toString(16)
    .toUpperCase()
    .padStart(8, "0");
}

export function hostFor(minos: string, release?: string): DyldHost {
  const host = hostOf({
    cpuType: 0x0100_0007,
    cpuSubtype: 3,
    buildVersion: { platform: 1, minos: packed(minos), sdk: packed("15.0") },
  });
  return release === undefined ? host : { ...host, release: parseMacosRelease(release) };
}
