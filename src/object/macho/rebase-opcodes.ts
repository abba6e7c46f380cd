import type { Segment } from "../object-file.ts";
import { Cursor } from "./cursor.ts";
import { FixupPlace } from "./fixup-place.ts";
import { FixupRuns, type FixupRun } from "./fixup-runs.ts";
import type { Region } from "./region.ts";

/** mach-o/loader.h, REBASE_OPCODE_*: the high half of a byte; the low half is an immediate. */
const opcodes = {
  done: 0x00,
  setType: 0x10,
  setSegmentAndOffset: 0x20,
  addAddress: 0x30,
  addAddressScaled: 0x40,
  times: 0x50,
  ulebTimes: 0x60,
  addAddressAfter: 0x70,
  ulebTimesSkipping: 0x80,
} as const;

/** REBASE_TYPE_*, BIND_TYPE_*: what is put into the place. */
export const fixupTypes = { pointer: 1, absolute32: 2, pcRelative32: 3 } as const;

/** The places that the loader slides, each with its fixup type (dyld, mach_o/RebaseOpcodes.cpp, forEachRebase). */
export function decodeRebases(
  region: Region,
  segments: readonly Segment[],
  pointerSize: 4 | 8,
): FixupRuns<number> {
  const cursor = new Cursor(region, 0, region.size);
  const place = new FixupPlace(region, segments, pointerSize);
  const runs: FixupRun<number>[] = [];
  let type = 0;
  while (!cursor.atEnd) {
    const at = cursor.position;
    const byte = cursor.u8();
    const immediate = byte & 0x0f;
    switch (byte & 0xf0) {
      case opcodes.done:
        return new FixupRuns(runs);
      case opcodes.setType:
        type = immediate;
        break;
      case opcodes.setSegmentAndOffset:
        place.set(immediate, cursor.distance("segment offset"), at);
        break;
      case opcodes.addAddress:
        place.advance(cursor.distance("distance"), at);
        break;
      case opcodes.addAddressScaled:
        place.advance(immediate * pointerSize, at);
        break;
      case opcodes.times:
        runs.push(...place.repeat(type, immediate, 0, at));
        break;
      case opcodes.ulebTimes:
        runs.push(...place.repeat(type, cursor.count("count of rebases"), 0, at));
        break;
      case opcodes.addAddressAfter:
        runs.push(...place.repeat(type, 1, 0, at));
        place.advance(cursor.distance("distance"), at);
        break;
      case opcodes.ulebTimesSkipping: {
        const count = cursor.count("count of rebases");
        runs.push(...place.repeat(type, count, cursor.distance("distance"), at));
        break;
      }
      default:
        throw region.problem("unknown rebase opcode", at, byte);
    }
  }
  return new FixupRuns(runs);
}
