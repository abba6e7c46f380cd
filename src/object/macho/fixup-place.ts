import type { Segment } from "../object-file.ts";
import type { FixupRun } from "./fixup-runs.ts";
import type { Region } from "./region.ts";

/**
 * Where the opcodes of LC_DYLD_INFO stand: a segment and a byte in it. Between two fixups the place may be anywhere;
 * where a fixup is made it must be in the segment (dyld, mach_o/RebaseOpcodes.cpp and BindOpcodes.cpp, valid()).
 */
export class FixupPlace {
  #segment: Segment | undefined;
  #offset = 0;

  constructor(
    private readonly opcodes: Region,
    private readonly segments: readonly Segment[],
    readonly pointerSize: 4 | 8,
  ) {}

  set(segmentIndex: number, offset: number, at: number): void {
    this.#segment = this.segments[segmentIndex];
    if (this.#segment === undefined) {
      throw this.opcodes.problem("no such segment", at, segmentIndex, `below ${this.segments.length}`);
    }
    this.#offset = offset;
  }

  advance(distance: number, at: number): void {
    const offset = this.#offset + distance;
    if (!Number.isSafeInteger(offset)) throw this.opcodes.problem("place is out of reach", at, offset);
    this.#offset = offset;
  }

  /**
   * `count` fixups from here on, each `skip` bytes after the end of the one before, and moves past the last.
   * @param at the opcode, for error messages.
   */
  repeat<T>(fixup: T, count: number, skip: number, at: number): readonly FixupRun<T>[] {
    const stride = skip + this.pointerSize;
    const first = this.#offset;
    this.advance(stride * count, at);
    if (count === 0) return [];
    const last = first + stride * (count - 1);
    const segment = this.#segment;
    if (segment === undefined) throw this.opcodes.problem("fixup before any segment is set", at);
    const most = segment.memorySize - BigInt(this.pointerSize);
    const lowest = Math.min(first, last);
    if (!Number.isSafeInteger(last) || lowest < 0 || BigInt(Math.max(first, last)) > most) {
      const found = `${count} from 0x${first.toString(16)}`;
      const expected = `inside its 0x${segment.memorySize.toString(16)} bytes`;
      throw this.opcodes.problem(`fixup outside segment ${segment.name}`, at, found, expected);
    }
    return [{ address: segment.address + BigInt(lowest), count, stride: Math.abs(stride), fixup }];
  }
}
