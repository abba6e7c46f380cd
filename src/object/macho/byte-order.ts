import { loadCommandKinds as lc } from "./constants.ts";

/** Fields one after the other: how many of which width; text and padding have width 1. */
type Fields = readonly (readonly [count: number, width: 1 | 4 | 8])[];

interface Shape {
  readonly head: Fields;
  /** Records that fill the rest of the command. */
  readonly record?: Fields;
}

const words = (count: number): Shape => ({ head: [[count, 4]] });

/** Every field after cmd and cmdsize, by kind of command (mach-o/loader.h). */
const shapes = new Map<number, Shape>([
  [
    lc.LC_SEGMENT,
    {
      head: [
        [16, 1],
        [8, 4],
      ],
      record: [
        [32, 1],
        [9, 4],
      ],
    },
  ],
  [
    lc.LC_SEGMENT_64,
    {
      head: [
        [16, 1],
        [4, 8],
        [4, 4],
      ],
      record: [
        [32, 1],
        [2, 8],
        [8, 4],
      ],
    },
  ],
  [lc.LC_SYMTAB, words(4)],
  [lc.LC_DYSYMTAB, words(18)],
  [lc.LC_ID_DYLIB, words(4)],
  [lc.LC_LOAD_DYLIB, words(4)],
  [lc.LC_RPATH, words(1)],
  [lc.LC_CODE_SIGNATURE, words(2)],
  [lc.LC_DYLD_EXPORTS_TRIE, words(2)],
  [lc.LC_DYLD_CHAINED_FIXUPS, words(2)],
]);

/**
 * Turns a checked big-endian load command into the little-endian one that says the same, in place.
 * @param cmd its kind: one that this table knows, and the bytes are its.
 */
export function swapCommand(bytes: Buffer, cmd: number): void {
  bytes.subarray(0, 8).swap32();
  const shape = shapes.get(cmd);
  if (shape === undefined) throw new Error(`no shape for load command ${cmd}`);
  let at = swapFields(bytes, 8, shape.head);
  while (shape.record !== undefined && at < bytes.length) at = swapFields(bytes, at, shape.record);
}

function swapFields(bytes: Buffer, start: number, fields: Fields): number {
  let at = start;
  for (const [count, width] of fields) {
    const part = bytes.subarray(at, at + count * width);
    if (width === 4) part.swap32();
    if (width === 8) part.swap64();
    at += part.length;
  }
  return at;
}
