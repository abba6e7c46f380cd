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
import { obstacle, unknownFromHere, type Step, type Unsure } from "../step.ts";
import { truncated } from "./fault.ts";
import type { Memory, Place } from "./memory.ts";

/* Addresses that a loader takes from a file without checking them: where it writes, and what it calls. */

/** More constructors are not checked. */
const MOST = 2 ** 16;
/** Linux maps nothing below (vm.mmap_min_addr). */
const LOWEST_ADDRESS = 0x10000n;
/** Machines on which a function's address is that of its code, not of a descriptor. */
const PLAIN = new Set([EM_386, EM_ARM, EM_X86_64, EM_AARCH64, EM_RISCV]);

/** What happens to a relocation at a place; undefined if it can be applied. */
export function strayWrite(place: Place, name: string): Step | undefined {
  return stray(place, `a relocation of ${name} writes to`, "is read-only");
}

/** What happens to a relocation whose symbol's number is outside the symbol table. */
export function straySymbol(name: string): Unsure {
  return unknownFromHere(
    `${name} has a relocation whose symbol is outside the symbol table: it is damaged, and what the loader does then is unknown.`,
  );
}

/**
 * What comes of the functions that a loader calls in a library once it is relocated (gABI 5, "Initialization and Termination
 * Functions"); undefined if all are inside its code. What they do is not predicted.
 * @throws FormatError if a table is malformed.
 */
export function strayConstructor(file: ElfFile, memory: Memory, name: string): Step | undefined {
  if (!PLAIN.has(file.machine)) return undefined;
  const call = (address: bigint): Step | undefined =>
    stray(memory.called(Number(address)), `a constructor of ${name} is in`, "is not code");
  const init = valueOf(file, DT_INIT);
  const [start, size] = [valueOf(file, DT_INIT_ARRAY), valueOf(file, DT_INIT_ARRAYSZ)];
  const first = init === undefined || init === 0n ? undefined : call(init);
  if (first !== undefined || (start === undefined && size === undefined)) return first;
  const word = BigInt(file.bits / 8);
  if (start === undefined || size === undefined || size / word > MOST)
    return unknownFromHere(
      `How many constructors ${name} has is unclear (DT_INIT_ARRAY, DT_INIT_ARRAYSZ): what happens when they are called is unknown.`,
    );
  for (let at = start; at + word <= start + size; at += word) {
    const step = strayPointer(file, at, name, call);
    if (step !== undefined) return step;
  }
  return undefined;
}

/** Whether DT_RELR relocates the addresses of constructors: if it is ignored, they are invalid. */
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
    // If the type of its relocation is unknown, that is reported for the relocation.
    case "import":
    case "unknown":
      return undefined;
    case "plain":
      // Musl opens programs too, at their own addresses.
      if (file.type === ET_EXEC) return call(pointer.value);
      if (pointer.value < LOWEST_ADDRESS)
        return obstacle({
          outcome: "crash",
          check: "stray-address",
          message: null,
          cause: `Nothing relocates the address of a constructor of ${name}: the loader calls 0x${pointer.value.toString(16)}, where no code is.`,
        });
      return unknownFromHere(
        `${name} has a constructor at the absolute address 0x${pointer.value.toString(16)}: what is there is unknown.`,
      );
  }
}

function stray(place: Place, what: string, denied: string): Step | undefined {
  switch (place) {
    case "fits":
      return undefined;
    case "missing": {
      const { outcome, check, cause } = truncated(`${what} a page past its end`);
      return obstacle({ outcome, check, message: null, cause });
    }
    case "denied":
      return obstacle({
        outcome: "crash",
        check: "stray-address",
        message: null,
        cause: `The file is damaged: ${what} memory that ${denied}.`,
      });
    case "elsewhere":
      return unknownFromHere(
        `The file is damaged: ${what} memory that is not its own, and what is there is unknown.`,
      );
  }
}
