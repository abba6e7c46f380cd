import { DF_TEXTREL, DT_TEXTREL, PF_W, PF_X, PT_LOAD } from "../../object/elf/constants.ts";
import type { ElfFile } from "../../object/elf/file.ts";
import { pageDown, pageUp, type MappedFile } from "./mapped-file.ts";

/**
 * What a place in a library's memory is good for:
 * - `fits`: for what is to be done there;
 * - `denied`: it is the library's, but its segment is not to be written, or not to be run (SIGSEGV);
 * - `missing`: its page is past the end of the file (SIGBUS);
 * - `elsewhere`: it is none of the library's, so that it depends on the process what is there.
 */
export type Place = "fits" | "denied" | "missing" | "elsewhere";

/** Memory of one segment, in whole pages; numbers may be rounded above 2^53. */
interface Range {
  readonly from: number;
  readonly to: number;
  readonly writable: boolean;
  readonly executable: boolean;
  /** Memory that is zeroed, up to the end of the segment. */
  readonly zeroFrom: number;
  /** File content whose pages are not there. */
  readonly missing: { readonly from: number; readonly to: number };
}

/** A library's memory as its program headers lay it out, without the address that it is loaded at. */
export class Memory {
  /** Later segments are mapped over earlier ones, and so come first. */
  readonly #ranges: readonly Range[];

  constructor(file: ElfFile, mapped: MappedFile) {
    const writesText = file.dynamic.some(({ tag }) => tag === DT_TEXTREL) || (file.flags & DF_TEXTREL) !== 0n;
    this.#ranges = file.programHeaders
      .filter(({ type }) => type === PT_LOAD)
      .map(({ address, memorySize, offset, fileSize, flags }) => ({
        from: Number(pageDown(address)),
        to: Number(pageUp(address + memorySize)),
        writable: writesText || (flags & PF_W) !== 0,
        executable: (flags & PF_X) !== 0,
        zeroFrom: fileSize < memorySize ? Number(address + fileSize) : Infinity,
        missing: {
          from: Number(address) + mapped.end - Number(offset),
          to: Number(pageUp(address + fileSize)),
        },
      }))
      .reverse();
  }

  /** Of a place that is written to. */
  written(address: number): Place {
    const range = this.#rangeOf(address);
    return placeIn(range, address, range?.writable);
  }

  /** Of a function that is called. Zeros are none, and not every loader zeroes what may not be written to. */
  called(address: number): Place {
    const range = this.#rangeOf(address);
    return range !== undefined && range.executable && address >= range.zeroFrom
      ? "elsewhere"
      : placeIn(range, address, range?.executable);
  }

  #rangeOf(address: number): Range | undefined {
    for (const range of this.#ranges) if (address >= range.from && address < range.to) return range;
    return undefined;
  }
}

function placeIn(range: Range | undefined, address: number, may = false): Place {
  if (range === undefined) return "elsewhere";
  if (!may) return "denied";
  return address >= range.missing.from && address < range.missing.to ? "missing" : "fits";
}
