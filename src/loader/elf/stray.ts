import {
  DT_INIT,
  DT_INIT_ARRAY,
  DT_INIT_ARRAYSZ,
  EM_386,
  EM_AARCH64,
  EM_ARM,
  EM_RISCV,
  EM_X86_64,
  ET_EXEC,
} from "../../object/elf/constants.ts";
import type { ElfFile } from "../../object/elf/file.ts";
import { truncated } from "./fault.ts";
import type { Memory, Place } from "./memory.ts";
import type { Step } from "./step.ts";

/* Addresses that a loader takes from a file without a look at them: where it writes, and what it calls. */

/** More constructors are not looked at. */
const MOST = 2 ** 16;
/** Where a function's address is that of its code; elsewhere it may be that of a descriptor. */
const PLAIN = new Set([EM_386, EM_ARM, EM_X86_64, EM_AARCH64, EM_RISCV]);

/** What comes of a relocation at a place; undefined where it can be applied. */
export function strayWrite(place: Place, name: string): Step | undefined {
  return stray(place, `a relocation of ${name} is to be applied to`, "may not be written to");
}

/**
 * What comes of the functions that a loader calls in a library once it is relocated (gABI 5, "Initialization and Termination
 * Functions"); undefined where all lie in its code. What they do is not predicted.
 * @throws FormatError where a table is broken.
 */
export function strayConstructor(file: ElfFile, memory: Memory, name: string): Step | undefined {
  if (!PLAIN.has(file.machine)) return undefined;
  const call = (address: bigint): Step | undefined =>
    stray(memory.called(Number(address)), `a constructor of ${name} lies in`, "is no code");
  const init = valueOf(file, DT_INIT);
  const [start, size] = [valueOf(file, DT_INIT_ARRAY), valueOf(file, DT_INIT_ARRAYSZ)];
  const first = init === undefined || init === 0n ? undefined : call(init);
  if (first !== undefined || (start === undefined && size === undefined)) return first;
  const word = BigInt(file.bits / 8);
  if (start === undefined || size === undefined || size / word > MOST)
    return { doubt: `how many constructors ${name} has is not clear (DT_INIT_ARRAY, DT_INIT_ARRAYSZ)` };
  for (let at = start; at + word <= start + size; at += word) {
    const step = strayPointer(file, at, name, call);
    if (step !== undefined) return step;
  }
  return undefined;
}

/** Whether DT_RELR holds the relocations of constructors' addresses: where it is passed over, these are none. */
export function hasPackedConstructors(file: ElfFile): boolean {
  const [start, size = 0n] = [valueOf(file, DT_INIT_ARRAY), valueOf(file, DT_INIT_ARRAYSZ)];
  if (start === undefined) return false;
  for (const address of file.relativeAddresses()) if (address >= start && address < start + size) return true;
  return false;
}

function valueOf(file: ElfFile, wanted: bigint): bigint | undefined {
  return file.dynamic.findLast(({ tag }) => tag === wanted)?.value;
}

function strayPointer(
  file: ElfFile,
  at: bigint,
  name: string,
  call: (address: bigint) => Step | undefined,
): Step | undefined {
  const pointer = file.pointerAt(at);
  switch (pointer.kind) {
    case "address":
      return call(pointer.address);
    // Where its relocation is of an unknown type, that is said of the relocation.
    case "import":
    case "unknown":
      return undefined;
    case "plain":
      // Musl opens programs too, at their own addresses.
      if (file.type === ET_EXEC) return call(pointer.value);
      return {
        doubt: `${name} has a constructor at 0x${pointer.value.toString(16)}, an address that is not relocated`,
      };
  }
}

function stray(place: Place, what: string, denied: string): Step | undefined {
  switch (place) {
    case "fits":
      return undefined;
    case "missing": {
      const { outcome, check, cause } = truncated(`${what} a page behind its end`);
      return { outcome, check, message: null, cause };
    }
    case "denied":
      return {
        outcome: "crash",
        check: "stray-address",
        message: null,
        cause: `${what} memory that ${denied}: the file is damaged`,
      };
    case "elsewhere":
      return { doubt: `${what} memory that is not its own: the file is damaged` };
  }
}
