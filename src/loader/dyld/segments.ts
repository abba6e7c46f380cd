import {
  fileTypes,
  loadCommandKinds as lc,
  protections,
  SG_READ_ONLY,
} from "../../object/macho/constants.ts";
import { sdkEpoch, type Built } from "./platform.ts";
import { fixedName, type RawCommand, type RawImage } from "./raw-image.ts";
import { pageSize } from "./universal.ts";
import { filled } from "../message-form.ts";
import { unknown } from "../step.ts";
import { DYLD } from "./messages.ts";
import { refused, said, type FileStep } from "./reason.ts";

/** Since when dyld enforces a rule (mach_o/Policy.cpp), for executables partly later; see `sdkEpoch`. */
const since = {
  readOnlyLinkedit: 20155,
  order: 20195,
  inExecutable: 20255,
  textPermissions: 20195,
  sectionsInside: 20205,
  readOnlyData: 20250,
  dataPermissions: 20255,
  uniqueNames: 20255,
} as const;

/** Each is compared with every other; images have a handful. */
const mostSegments = 512;

interface RawSegment {
  readonly name: string;
  readonly address: bigint;
  readonly memorySize: bigint;
  readonly offset: bigint;
  readonly fileSize: bigint;
  readonly protection: number;
  readonly flags: number;
  readonly sections: readonly { readonly name: string; readonly address: bigint; readonly size: bigint }[];
}

/** The segments and sections, checked as dyld does it (mach_o/UnsafeHeader.cpp, validSegment, validSemanticsSegments). */
export function checkSegments(
  image: RawImage,
  commands: readonly RawCommand[],
  built: Built,
): readonly FileStep[] {
  const segments = commands.flatMap(segmentOf);
  const epoch = sdkEpoch(built) ?? 0;
  // The library is intended for the shared cache.
  const isForCache = commands.some(({ cmd, body }) => cmd === lc.LC_SEGMENT_SPLIT_INFO && body.u32(12) !== 0);
  for (const segment of segments) {
    if (segment.offset + segment.fileSize > BigInt(image.source.size)) {
      return [cutOff(image, segment)];
    }
    const text = segmentProblem(segment, image, epoch, isForCache);
    if (text !== undefined) {
      // dyld does not stop at the end of a field of 16 bytes.
      return [problem(text, segment.name)];
    }
  }
  if (segments.length > mostSegments) {
    return [unknown(`The file has ${segments.length} segments, too many to compare.`)];
  }
  const text =
    textProblem(image, segments) ?? overlapProblem(segments, epoch) ?? orderProblem(image, segments, epoch);
  return text === undefined ? checkAlignment(image, segments) : [problem(text)];
}

function problem(text: string, subject?: string): FileStep {
  const about = subject === undefined ? {} : { subject };
  return refused({ check: "segment", text, cause: `dyld rejects the segments: ${text}.`, ...about });
}

function cutOff(image: RawImage, { name, offset, fileSize }: RawSegment): FileStep {
  return refused({
    ...said(DYLD.segmentCut, { segment: name }),
    cause: `The file is truncated: segment ${name} ends at ${offset + fileSize}, the file at ${image.source.size}.`,
    subject: name,
    plugin: { value: `${image.source.size} bytes`, from: "file size" },
  });
}

function segmentOf({ cmd, body }: RawCommand): readonly RawSegment[] {
  if (cmd !== lc.LC_SEGMENT && cmd !== lc.LC_SEGMENT_64) return [];
  const bits = cmd === lc.LC_SEGMENT_64 ? 64 : 32;
  const word = bits / 8;
  const tail = 24 + 4 * word;
  const recordSize = bits === 64 ? 80 : 68;
  const sections = Array.from({ length: body.u32(tail + 8) }, (_, index) => {
    const at = tail + 16 + index * recordSize;
    return {
      name: fixedName(body, at),
      address: body.word(at + 32, bits),
      size: body.word(at + 32 + word, bits),
    };
  });
  return [
    {
      name: fixedName(body, 8),
      address: body.word(24, bits),
      memorySize: body.word(24 + word, bits),
      offset: body.word(24 + 2 * word, bits),
      fileSize: body.word(24 + 3 * word, bits),
      protection: body.u32(tail + 4),
      flags: body.u32(tail + 12),
      sections,
    },
  ];
}

function segmentProblem(
  segment: RawSegment,
  image: RawImage,
  epoch: number,
  isForCache: boolean,
): string | undefined {
  const { name, address, memorySize, fileSize, protection } = segment;
  if (fileSize > memorySize) {
    // Go's __DWARF: in the file, but not mapped.
    const isUnmapped = memorySize === 0n && protection === 0;
    return isUnmapped ? undefined : filled(DYLD.fileSize, { segment: name });
  }
  if ((protection & ~7) !== 0) {
    return filled(DYLD.invalidBits, { segment: name, bits: `0x${hex(BigInt(protection), 8)}` });
  }
  const permissions = permissionProblem(segment, image, epoch, isForCache);
  if (permissions !== undefined) return permissions;
  if (address + memorySize >= 1n << 64n) return filled(DYLD.wraps, { segment: name });
  for (const section of segment.sections) {
    const end = section.address + section.size;
    const named = { section: section.name };
    if (section.size >= 1n << 63n)
      return filled(DYLD.sectionSize, { ...named, size: `0x${hex(section.size)}` });
    if (section.address < address) {
      const places = { start: `0x${hex(section.address)}`, address: `0x${hex(address)}` };
      return filled(DYLD.sectionBefore, { ...named, ...places });
    }
    if (epoch >= since.sectionsInside && end > address + memorySize) {
      const places = { end: `0x${hex(end)}`, address: `0x${hex(address + memorySize)}` };
      return filled(DYLD.sectionBeyond, { ...named, ...places });
    }
  }
  return undefined;
}

function permissionProblem(
  { name, protection, flags }: RawSegment,
  image: RawImage,
  epoch: number,
  isForCache: boolean,
): string | undefined {
  const { read, write, execute } = protections;
  const mustBe = (permissions: string) => filled(DYLD.permissions, { segment: name, permissions });
  if (name === "__TEXT" && epoch >= since.textPermissions && protection !== (read | execute)) {
    return mustBe("r-x");
  }
  if (name === "__LINKEDIT" && epoch >= start(image, since.readOnlyLinkedit) && protection !== read) {
    return mustBe("r--");
  }
  if (epoch < since.dataPermissions || (name !== "__DATA" && name !== "__DATA_CONST")) return undefined;
  if (protection !== (read | write)) return mustBe("rw-");
  const isProtected = (flags & SG_READ_ONLY) !== 0 || isForCache || epoch < since.readOnlyData;
  return name === "__DATA" || isProtected ? undefined : filled(DYLD.notReadOnly, { segment: name });
}

function textProblem(image: RawImage, segments: readonly RawSegment[]): string | undefined {
  const text = segments.findLast(({ name }) => name === "__TEXT");
  const length = BigInt(image.headerSize + image.commandsSize);
  if (text === undefined) return filled(DYLD.noText, {});
  if (text.offset !== 0n) return filled(DYLD.textOffset, {});
  if (text.fileSize < length) return filled(DYLD.commandsInText, { size: "filesize" });
  return text.memorySize < length ? filled(DYLD.commandsInText, { size: "vmsize" }) : undefined;
}

function overlapProblem(segments: readonly RawSegment[], epoch: number): string | undefined {
  const overlaps = (a: bigint, aSize: bigint, b: bigint, bSize: bigint) => b < a + aSize && b + bSize > a;
  for (const a of segments) {
    for (const b of segments) {
      if (a === b) continue;
      const both = { segment: a.name, other: b.name };
      if (overlaps(a.address, a.memorySize, b.address, b.memorySize))
        return filled(DYLD.overlap, { space: "vm", ...both });
      if (overlaps(a.offset, a.fileSize, b.offset, b.fileSize))
        return filled(DYLD.overlap, { space: "file", ...both });
      if (epoch >= since.uniqueNames && a.name === b.name)
        return filled(DYLD.duplicateName, { segment: a.name });
    }
  }
  return undefined;
}

/** dyld leaves the last segment out. */
function orderProblem(image: RawImage, segments: readonly RawSegment[], epoch: number): string | undefined {
  if (epoch < start(image, since.order)) return undefined;
  for (let index = 1; index < segments.length - 1; index++) {
    const [a, b] = [segments[index - 1], segments[index]];
    if (a === undefined || b === undefined) continue;
    if (b.offset < a.offset && b.fileSize !== 0n) return filled(DYLD.fileOrder, { segment: a.name });
    if (b.address < a.address) return filled(DYLD.memoryOrder, { segment: b.name });
  }
  return undefined;
}

/** mmap works in whole pages of the machine's size; dyld prints an address of the running process here. */
function checkAlignment(image: RawImage, segments: readonly RawSegment[]): readonly FileStep[] {
  const page = pageSize(image);
  const base = segments.find(({ name }) => name === "__TEXT")?.address ?? 0n;
  const odd = segments.find(
    ({ address, offset, fileSize, memorySize }) =>
      fileSize > 0n &&
      memorySize > 0n &&
      ((address - base) % page !== 0n || (offset + BigInt(image.offset)) % page !== 0n),
  );
  if (odd === undefined) return [];
  const cause = `Segment ${odd.name} does not start at a page of ${page} bytes and cannot be mapped.`;
  return [refused({ check: "segment", text: null, cause, subject: odd.name })];
}

function start({ fileType }: RawImage, inLibrary: number): number {
  return fileType === fileTypes.execute ? since.inExecutable : inLibrary;
}

function hex(value: bigint, width = 0): string {
  return value.toString(16).toUpperCase().padStart(width, "0");
}
