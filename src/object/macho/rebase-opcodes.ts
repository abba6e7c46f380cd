import { rebaseOpcodes } from "./constants.ts";
import type { Segment } from "../object-file.ts";
import { Cursor } from "./cursor.ts";
import { FixupPlace } from "./fixup-place.ts";
import { FixupRuns, type FixupRun } from "./fixup-runs.ts";
import type { Region } from "./region.ts";

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
      case rebaseOpcodes.done:
        return new FixupRuns(runs);
      case rebaseOpcodes.setType:
        type = immediate;
        break;
      case rebaseOpcodes.setSegmentAndOffset:
        place.set(immediate, cursor.distance("segment offset"), at);
        break;
      case rebaseOpcodes.addAddress:
        place.advance(cursor.distance("distance"), at);
        break;
      case rebaseOpcodes.addAddressScaled:
        place.advance(immediate * pointerSize, at);
        break;
      case rebaseOpcodes.times:
        runs.push(...place.repeat(type, immediate, 0, at));
        break;
      case rebaseOpcodes.ulebTimes:
        runs.push(...place.repeat(type, cursor.count("count of rebases"), 0, at));
        break;
      case rebaseOpcodes.addAddressAfter:
        runs.push(...place.repeat(type, 1, 0, at));
        place.advance(cursor.distance("distance"), at);
        break;
      case rebaseOpcodes.ulebTimesSkipping: {
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
