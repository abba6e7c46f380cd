import { readFileSync } from "node:fs";
import type { Fact } from "../../src/evidence/fact.ts";
import { readPointer } from "../../src/evidence/go/memory.ts";
import { findModuledata } from "../../src/evidence/go/moduledata.ts";
import type { AnyObject } from "../../src/object/any-object.ts";
import { openFile } from "./evidence-open.ts";

/** A plugin in memory whose module data can be changed. A word is 8 bytes. */
export class Patient {
  readonly bytes: Buffer;
  readonly #object: AnyObject;
  readonly #moduledata: bigint;
  /** The offset in the file of the addend of the relocation at each address. */
  readonly #addends = new Map<bigint, number>();

  constructor(file: string) {
    this.bytes = readFileSync(file);
    this.#object = openFile(file);
    this.#moduledata = valueOf(findModuledata(this.#object));
    const section = this.#object.sections.find(({ name }) => name === ".rela.dyn");
    if (section === undefined) throw new Error("no .rela.dyn");
    for (let at = Number(section.offset); at < Number(section.offset) + Number(section.size); at += 24)
      this.#addends.set(this.bytes.readBigUInt64LE(at), at + 16);
  }

  /** The address of a word of moduledata. */
  word(at: number): bigint {
    return this.#moduledata + BigInt(8 * at);
  }

  /** What the pointer at an address leads to. */
  pointer(address: bigint): bigint {
    return valueOf(readPointer(this.#object, address));
  }

  /** Where the file has what will be at an address. */
  offset(address: bigint): number {
    const segment = this.#object.segments.find(
      (one) => address >= one.address && address < one.address + one.fileSize,
    );
    if (segment === undefined) throw new Error(`nothing of the file is at ${address}`);
    return Number(segment.offset + address - segment.address);
  }

  /** Moves what a pointer leads to. */
  move(address: bigint, by: bigint): void {
    const at = this.#addends.get(address);
    if (at === undefined) throw new Error(`no relocation at ${address}`);
    this.bytes.writeBigInt64LE(this.bytes.readBigInt64LE(at) + by, at);
  }
}

/** @throws if the fact is unknown. */
export function valueOf<T>(fact: Fact<T>): T {
  if (!fact.known) throw new Error(fact.why);
  return fact.value;
}

/** Changes a byte of the header of a plugin's function table (Go: src/runtime/symtab.go, pcHeader). */
export function changeTableHeader(patient: Patient, byte: number, value: number): void {
  patient.bytes[patient.offset(patient.pointer(patient.word(0))) + byte] = value;
}
