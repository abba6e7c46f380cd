import { FormatError } from "../format-error.ts";
import type { ByteSource } from "../image.ts";
import type { AddressPlace } from "../object-file.ts";
import { PiecedSource, type Piece } from "./pieced-source.ts";
import type { ProgramHeader } from "./segment.ts";

/** Bytes of the file that a loader maps to an address. */
export interface FileRange {
  /** The file, or its parts put together if they are not next to one another in it. */
  readonly source: ByteSource;
  /** In `source`. */
  readonly offset: number;
  readonly size: number;
  readonly what: string;
}

/** A table may lie in this many segments that adjoin. patchelf makes two of one. */
const MOST_PIECES = 64;

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
    /** Where a segment begins that is mapped over those that are still to be asked. */
    let covered: bigint | undefined;
    for (const load of this.#loads) {
      if (address < load.address) {
        if (covered === undefined || load.address < covered) covered = load.address;
        continue;
      }
      const into = address - load.address;
      if (into < load.fileSize) {
        const [left, free] = [load.fileSize - into, covered === undefined ? undefined : covered - address];
        const available = Number(free === undefined || left < free ? left : free);
        return { kind: "file", offset: Number(load.offset + into), available };
      }
      if (into < load.memorySize) return { kind: "zero-fill" };
    }
    return { kind: "unmapped" };
  }

  /** At most `length` bytes; fewer only if the file content that is mapped from there on ends. */
  read(address: bigint, length: number, what: string): Buffer {
    const place = this.#filePlace(address, what);
    if (length <= place.available) return this.source.read(place.offset, length, what);
    const { source, offset, size } = this.#joined(address, BigInt(length), what);
    return source.read(offset, Math.min(length, size), what);
  }

  /**
   * Where a table of `size` bytes lies in the file. To a loader memory is one: a table may cross from one segment into the next
   * that adjoins it, wherever in the file that is (patchelf moves the start of a first segment into one of its own).
   * @param size undefined if nothing tells: all that follows.
   * @throws FormatError when it is not all file content.
   */
  range(address: bigint, size: bigint | undefined, what: string): FileRange {
    if (size === 0n) return { source: this.source, offset: 0, size: 0, what };
    const place = this.#filePlace(address, what);
    if (size !== undefined && size <= BigInt(place.available)) {
      return { source: this.source, offset: place.offset, size: Number(size), what };
    }
    const joined = this.#joined(address, size, what);
    if (size === undefined) return joined;
    if (size <= BigInt(joined.size)) return { ...joined, size: Number(size) };
    throw new FormatError({
      what: `${what} leaves its segment`,
      offset: this.source.origin + place.offset,
      found: `0x${size.toString(16)} bytes`,
      expected: `at most 0x${joined.size.toString(16)}`,
    });
  }

  /** The file content from an address on, over segments that adjoin, until there are `size` bytes of it. */
  #joined(address: bigint, size: bigint | undefined, what: string): FileRange {
    const pieces: Piece[] = [];
    let total = 0n;
    while (pieces.length < MOST_PIECES && (size === undefined || total < size)) {
      const place = this.locate(address + total);
      if (place.kind !== "file") break;
      const last = pieces.at(-1);
      if (last !== undefined && last.offset + last.size === place.offset) last.size += place.available;
      else pieces.push({ offset: place.offset, size: place.available });
      total += BigInt(place.available);
    }
    const [first, ...others] = pieces;
    if (first === undefined || others.length === 0)
      return { source: this.source, offset: first?.offset ?? 0, size: first?.size ?? 0, what };
    return { source: new PiecedSource(this.source, pieces), offset: 0, size: Number(total), what };
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
