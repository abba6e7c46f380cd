import { FormatError } from "../format-error.ts";
import type { ByteSource } from "../image.ts";
import type { AddressPlace } from "../object-file.ts";
import type { ProgramHeader } from "./segment.ts";

/** Bytes of the file that a loader maps to an address. */
export interface FileRange {
  readonly offset: number;
  readonly size: number;
  readonly what: string;
}

/** Virtual addresses to places in the file, by PT_LOAD alone (gABI 5, "Program Loading"). */
export class AddressMap {
  readonly #loads: readonly ProgramHeader[];

  constructor(
    private readonly source: ByteSource,
    /** The PT_LOAD headers, in file order. */
    loads: readonly ProgramHeader[],
  ) {
    // A later segment is mapped over an earlier one, so it is asked first. (The gABI wants them apart and ascending.)
    this.#loads = loads.toReversed();
  }

  locate(address: bigint): AddressPlace {
    for (const load of this.#loads) {
      if (address < load.address) continue;
      const into = address - load.address;
      if (into < load.fileSize) {
        return { kind: "file", offset: Number(load.offset + into), available: Number(load.fileSize - into) };
      }
      if (into < load.memorySize) return { kind: "zero-fill" };
    }
    return { kind: "unmapped" };
  }

  /** At most `length` bytes; fewer only if the segment's file content ends. */
  read(address: bigint, length: number, what: string): Buffer {
    const place = this.#filePlace(address, what);
    return this.source.read(place.offset, Math.min(length, place.available), what);
  }

  /**
   * Where a table of `size` bytes lies in the file.
   * @param size undefined if nothing tells: all that follows in the segment.
   * @throws FormatError when it is not all file content of one segment.
   */
  range(address: bigint, size: bigint | undefined, what: string): FileRange {
    if (size === 0n) return { offset: 0, size: 0, what };
    const place = this.#filePlace(address, what);
    if (size === undefined || size <= BigInt(place.available)) {
      return { offset: place.offset, size: size === undefined ? place.available : Number(size), what };
    }
    throw new FormatError({
      what: `${what} leaves its segment`,
      offset: this.source.origin + place.offset,
      found: `0x${size.toString(16)} bytes`,
      expected: `at most 0x${place.available.toString(16)}`,
    });
  }

  #filePlace(address: bigint, what: string): Extract<AddressPlace, { kind: "file" }> {
    const place = this.locate(address);
    if (place.kind === "file") return place;
    throw new FormatError({
      what: `address of ${what} has no file content`,
      offset: this.source.origin,
      found: `0x${address.toString(16)} (${place.kind})`,
      expected: "an address inside the file content of a loadable segment",
    });
  }
}
