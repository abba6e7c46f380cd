import type { EditRefusal } from "../../edit.ts";
import { loadCommandKinds as lc } from "../constants.ts";
import { Region } from "../region.ts";
import type { ImageDraft } from "./image-draft.ts";
import { moveTables } from "./linkedit-field.ts";
import { refusal } from "./refusal.ts";

/** struct dyld_chained_fixups_header and dyld_chained_starts_in_image, as ../chained-fixups.ts lays them out. */
const headerSize = 28;
const fields = { starts: 4, imports: 8, symbols: 12 } as const;

/** A multiple of every alignment that a table behind it has, the code signature's of 16 too. */
const growth = 16;

/**
 * Counts one more segment, without fixups, where chained fixups list the segments. The list has an entry for each of them up to
 * __LINKEDIT. dyld takes a shorter list (mach_o/ChainedFixups.cpp), other tools do not.
 * @param oldOffset of the fixups in the old file.
 * @param index of the new segment, which is before __LINKEDIT.
 * @returns the bytes by which __LINKEDIT grew.
 */
export function countSegment(image: ImageDraft, oldOffset: number, index: number): number | EditRefusal {
  const command = image.header.command(lc.LC_DYLD_CHAINED_FIXUPS);
  if (command === undefined) return 0;
  const size = image.header.u32(command.at + 12);
  if (size === 0) return 0;
  const { endian } = image.header.header;
  const table = Region.read(image.source, oldOffset, size, "chained fixups", endian);
  const starts = table.u32(fields.starts);
  const count = table.u32(starts);
  if (starts < headerSize) return refusal("its chained fixups start inside their own header");
  if (4 * count > size) return refusal("its chained fixups list more segments than they have room for");
  // Those behind the list have no fixups.
  if (count <= index) return 0;
  const end = starts + 4 + 4 * count;
  const entries = Array.from({ length: count }, (_, entry) => table.u32(starts + 4 + 4 * entry));
  if (entries.slice(index).some((entry) => entry !== 0)) {
    return refusal("its chained fixups name fixups in __LINKEDIT");
  }
  const behind = [
    ...entries.filter((entry) => entry !== 0).map((entry) => starts + entry),
    table.u32(fields.imports),
    table.u32(fields.symbols),
  ];
  const [imports, symbols] = [table.u32(fields.imports), table.u32(fields.symbols)];
  if (behind.some((place) => place >= starts && place < end)) {
    return refusal("its chained fixups overlap the list of segments");
  }
  const next = Math.min(size, ...behind.filter((place) => place >= end));
  const isRoom = next - end >= 4 && table.u32(end) === 0;
  const grown = isRoom ? 0 : growth;
  const bytes = Buffer.concat([table.bytes.subarray(0, end), Buffer.alloc(isRoom ? 4 : growth)]);
  const write = (value: number, at: number) =>
    endian === "little" ? bytes.writeUInt32LE(value, at) : bytes.writeUInt32BE(value, at);
  write(count + 1, starts);
  for (const [entry, offset] of entries.entries()) {
    if (offset !== 0 && starts + offset >= end) write(offset + grown, starts + 4 + 4 * entry);
  }
  if (imports >= end) write(imports + grown, fields.imports);
  if (symbols >= end) write(symbols + grown, fields.symbols);
  image.changes.replace(oldOffset, oldOffset + (isRoom ? end + 4 : end), bytes);
  if (grown > 0) {
    const offset = image.header.u32(command.at + 8);
    image.header.setU32(command.at + 12, size + grown);
    moveTables(image.header, offset + end, grown);
  }
  return grown;
}
