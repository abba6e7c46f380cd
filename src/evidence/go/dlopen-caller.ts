import type { AnyObject } from "../../object/any-object.ts";
import type { ObjectSymbol } from "../../object/object-file.ts";
import type { ElfFile } from "../../object/elf/file.ts";
import { known, unknown, type Fact } from "../fact.ts";
import { guarded } from "../guarded.ts";
import { searchReadOnlyData } from "../read-only-data.ts";

/** What opens a library by its name (dlfcn.h). */
const openers: ReadonlySet<string> = new Set(["dlopen", "dlmopen", "__libc_dlopen_mode"]);

/** What finds a function by its name; __libc_dlsym is in glibc up to 2.33. */
const finders: ReadonlySet<string> = new Set(["dlsym", "dlvsym", "__libc_dlsym"]);

/** The function of these that a file imports, so that its code can call it. */
function importOf(object: AnyObject, functions: ReadonlySet<string>): ObjectSymbol | undefined {
  const names = [...functions].map((name) => (object.format === "macho" ? `_${name}` : name));
  if (!object.dynamicStringsContain(...names)) return undefined;
  return object.dynamicSymbols.find(({ name, defined }) => !defined && names.includes(name));
}

/** Read at once, in bytes. */
const chunk = 4 * 1024 * 1024;

/** How much of a program is searched, in bytes. Of one that has more, the answer is unknown. */
export interface SearchLimits {
  readonly code: number;
  /** Read-only data. */
  readonly data: number;
}

/** A program of a gigabyte has less. */
const usual: SearchLimits = { code: 2 ** 29, data: 2 ** 29 };

/**
 * Whether code of a Go program other than package plugin's refers to dlopen. Package plugin calls it at one place (Go: src/plugin/plugin_dlopen.go,
 * pluginOpen), through the linker's stub: more references are those of other C code, or of Go code that takes the address
 * (`//go:cgo_import_dynamic`). A library that the program links may call dlopen as well; that is not asked here.
 * @param hasPlugin whether package plugin is linked.
 */
export function callsDlopen(
  object: AnyObject,
  hasPlugin: boolean,
  limits: SearchLimits = usual,
): Fact<boolean> {
  return guarded(() => {
    const symbol = importOf(object, openers);
    const opener = symbol?.name;
    if (opener === undefined) return byName(object, limits) ?? known(false, "no dynamic symbol dlopen");
    if (!hasPlugin || opener.replace(/^_(?!_)/, "") !== "dlopen") return known(true, `import of ${opener}`);
    switch (object.format) {
      case "elf":
        // A program at a fixed address whose data hold the function's address makes its own stub that address (gABI, "Symbol Values").
        return symbol !== undefined && symbol.address !== 0n
          ? known(true, "address of dlopen, which is taken")
          : (byName(object, limits) ?? countedIn(object, limits));
      case "macho":
        return unknown("package plugin imports dlopen, and whether other code calls it was not looked for");
    }
  });
}

/** What of its own a library can open others with: undefined if it has nothing. */
export function openerIn(object: AnyObject, limits: SearchLimits = usual): Fact<string | undefined> {
  return guarded(() => {
    const opener = importOf(object, openers)?.name;
    if (opener !== undefined) return known(opener, `import of ${opener}`);
    const finder = importOf(object, finders)?.name;
    if (finder === undefined) return known(undefined, "no dynamic symbol dlopen or dlsym");
    return byName(object, limits) ?? known(undefined, `import of ${finder}, and no name of dlopen`);
  });
}

const text = Buffer.from("dlopen\0");

/**
 * dlsym finds dlopen by its name, which package plugin has nowhere. Linkers let a text that another one ends in be that end ("failed to
 * dlopen"), so what is before it does not matter. undefined if it is nowhere.
 */
function byName(object: AnyObject, limits: SearchLimits): Fact<never> | undefined {
  const search = searchReadOnlyData(object, [text], limits.data);
  const step = search.next();
  if (step.done !== true)
    return unknown(`${step.value.from} has the text "dlopen", by which dlsym can find it`);
  const { gap } = step.value;
  return gap === undefined ? undefined : unknown(`whether it names dlopen is unknown: ${gap}`);
}

function countedIn(file: ElfFile, limits: SearchLimits): Fact<boolean> {
  const count = counters[file.arch];
  if (count === undefined) {
    return unknown(`package plugin imports dlopen, and in ${file.arch} code its callers are not looked for`);
  }
  const slots: number[] = [];
  for (const { symbolName, address } of file.relocations()) {
    if (symbolName === undefined || !openers.has(symbolName)) continue;
    if (symbolName !== "dlopen") return known(true, `relocation by ${symbolName}`);
    slots.push(Number(address));
  }
  if (slots.length === 0) return unknown("it imports dlopen, but no relocation leads to it");
  // Package plugin needs one slot; another one is a pointer to the function.
  if (slots.length > 1) return known(true, `${slots.length} relocations by dlopen`);
  if (sizeOfCode(file) > limits.code) {
    return unknown(
      `it imports dlopen, and in more than ${limits.code / 2 ** 20} MiB of code the callers are not counted`,
    );
  }
  const [slot = 0] = slots;
  const stubs = new Set<number>();
  for (const code of codeOf(file)) count.stubs(code, slot, stubs);
  if (stubs.size > mostStubs) return unknown(`its code jumps to dlopen at ${stubs.size} places`);
  let calls = 0;
  for (const code of codeOf(file)) calls += count.calls(code, slot, stubs);
  if (Number.isNaN(calls)) return unknown("its code reads the address of dlopen");
  if (calls === 0) return unknown("it imports dlopen, but no code calls it");
  return calls === 1
    ? known(false, "code, which calls dlopen at the one place of package plugin")
    : known(true, `code, which calls dlopen at ${calls} places`);
}

/** Linkers make one or two. */
const mostStubs = 64;

/** A part of the code, with what begins in it and the few bytes behind that. */
interface Code {
  readonly bytes: Buffer;
  readonly address: number;
  /** How many of the bytes are looked at as beginnings. */
  readonly length: number;
}

/** Longer than what is looked at from one beginning on. */
const overlap = 64;

function sizeOfCode({ segments }: ElfFile): number {
  return segments.reduce((sum, { executable, fileSize }) => sum + (executable ? Number(fileSize) : 0), 0);
}

function* codeOf(file: ElfFile): Generator<Code, void, undefined> {
  for (const { executable, address, fileSize } of file.segments) {
    if (!executable) continue;
    const size = Number(fileSize);
    for (let start = 0; start < size; start += chunk) {
      const length = Math.min(chunk, size - start);
      const bytes = file.readAddress(
        address + BigInt(start),
        Math.min(length + overlap, size - start),
        "code",
      );
      yield { bytes, address: Number(address) + start, length };
    }
  }
}

/** How a processor's code leads to a slot that the loader fills. */
interface Counter {
  /** Adds the addresses of the stubs that jump through the slot. */
  readonly stubs: (code: Code, slot: number, stubs: Set<number>) => void;
  /** Counts what refers to a stub, and to the slot from outside of a stub. NaN if what is done with the slot is not known. */
  readonly calls: (code: Code, slot: number, stubs: ReadonlySet<number>) => number;
}

/** `jmp *slot(%rip)`, which is a stub's if `endbr64` or nothing is before it (x86-64 psABI, "Procedure Linkage Table"). */
const x86: Counter = {
  stubs: ({ bytes, address, length }, slot, stubs) => {
    for (let at = bytes.indexOf(0xff); at !== -1 && at < length; at = bytes.indexOf(0xff, at + 1)) {
      if (at + 6 > bytes.length || bytes[at + 1] !== 0x25) continue;
      if (address + at + 6 + bytes.readInt32LE(at + 2) === slot) stubs.add(address + at);
    }
  },
  calls: ({ bytes, address, length }, slot, stubs) => {
    let calls = 0;
    const end = Math.min(length, bytes.length - 3);
    const lowest = Math.min(slot, ...stubs) - 5;
    const highest = Math.max(slot, ...stubs);
    for (let at = 0; at < end; at++) {
      // It is done for every byte of the code.
      const target = address + at + 4 + bytes.readInt32LE(at);
      if (target < lowest || target > highest) continue;
      if (target === slot) {
        // The stub's own.
        if (stubs.has(address + at - 2)) continue;
        // Only `call *slot(%rip)` and `jmp *slot(%rip)` are calls; what else reads it may be a stub of another form (-z retpolineplt).
        const isCall = bytes[at - 2] === 0xff && (bytes[at - 1] === 0x15 || bytes[at - 1] === 0x25);
        calls += isCall ? 1 : Number.NaN;
      } else if (isStub(target, stubs)) {
        const opcode = bytes[at - 1];
        // Any other reference takes the address: that of a stub is the function's.
        const isJump = opcode === 0xe8 || opcode === 0xe9 || isConditional(bytes, at);
        if (at === 0 || isJump || takesAddress(bytes, at)) calls += 1;
      }
    }
    return calls;
  },
};

/** The stub may begin with `bnd` or `endbr64`, and both. */
function isStub(address: number, stubs: ReadonlySet<number>): boolean {
  return [0, 1, 4, 5].some((before) => stubs.has(address + before));
}

/** `jcc stub`, which clang makes of a call at the end. */
function isConditional(bytes: Buffer, at: number): boolean {
  return bytes[at - 2] === 0x0f && ((bytes[at - 1] ?? 0) & 0xf0) === 0x80;
}

/** `lea stub(%rip), register`. */
function takesAddress(bytes: Buffer, at: number): boolean {
  return bytes[at - 2] === 0x8d && ((bytes[at - 1] ?? 0) & 0xc7) === 0x05;
}

/** `adrp x16, page; ldr x17, [x16, #low]` (AAELF64, "Procedure Linkage Table"). */
const arm: Counter = {
  stubs: ({ bytes, address, length }, slot, stubs) => {
    for (let at = 0; at < length && at + 8 <= bytes.length; at += 4) {
      if ((bytes.readUInt32LE(at) & 0x1f) === 16 && loadsSlot(bytes, at, address, slot, 1))
        stubs.add(address + at);
    }
  },
  calls: ({ bytes, address, length }, slot, stubs) => {
    let calls = 0;
    for (let at = 0; at < length && at + 4 <= bytes.length; at += 4) {
      const word = bytes.readUInt32LE(at);
      // bl and b
      if ((word & 0x7c000000) === 0x14000000) {
        const target = address + at + (((word & 0x3ffffff) << 6) >> 4);
        // The stub may begin with bti.
        if (stubs.has(target) || stubs.has(target + 4)) calls += 1;
      } else if (!stubs.has(address + at) && loadsSlot(bytes, at, address, slot, 8)) calls += 1;
    }
    return calls;
  },
};

/** Whether an adrp is followed by the load of the slot, within so many instructions. */
function loadsSlot(bytes: Buffer, at: number, address: number, slot: number, within: number): boolean {
  const word = bytes.readUInt32LE(at);
  if ((word & 0x9f000000) >>> 0 !== 0x90000000) return false;
  const pages = (((word >> 5) & 0x7ffff) << 2) | ((word >> 29) & 3);
  const page = Math.floor((address + at) / 4096) * 4096 + ((pages << 11) >> 11) * 4096;
  if (page !== slot - (slot % 4096)) return false;
  for (let next = at + 4; next <= at + 4 * within && next + 4 <= bytes.length; next += 4) {
    const load = bytes.readUInt32LE(next);
    // Its register has another page from here on: the next stub's.
    if ((load & 0x9f00001f) >>> 0 === (word & 0x9f00001f) >>> 0) return false;
    const isLoad = (load & 0xffc00000) >>> 0 === 0xf9400000 && ((load >> 5) & 0x1f) === (word & 0x1f);
    if (isLoad && ((load >> 10) & 0xfff) * 8 === slot % 4096) return true;
  }
  return false;
}

const counters: Readonly<Partial<Record<string, Counter>>> = { x86_64: x86, aarch64: arm };
