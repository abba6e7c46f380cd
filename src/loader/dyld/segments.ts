import { fileTypes } from "../../object/macho/header.ts";
import { loadCommandKinds as lc } from "../../object/macho/load-command-kind.ts";
import { sdkEpoch, type Built } from "./platform.ts";
import { fixedName, type RawCommand, type RawImage } from "./raw-image.ts";
import { pageSize } from "./universal.ts";
import type { Verdict } from "./verdict.ts";

/** From when on dyld insists (mach_o/Policy.cpp), of executables later in part; see `sdkEpoch`. */
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

const protections = { read: 1, write: 2, execute: 4 } as const;
const readOnlyFlag = 0x10;

/** LC_SEGMENT_SPLIT_INFO: the library is meant for the shared cache. */
const splitInfo = 0x1e;

/** Each is compared with each; images have a handful. */
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
  verdict: Verdict,
): void {
  const segments = commands.flatMap(segmentOf);
  const epoch = sdkEpoch(built) ?? 0;
  const isForCache = commands.some(({ cmd, body }) => cmd === splitInfo && body.u32(12) !== 0);
  for (const segment of segments) {
    if (segment.offset + segment.fileSize > BigInt(image.source.size)) {
      refuseCutOff(image, segment, verdict);
      return;
    }
    const text = segmentProblem(segment, image, epoch, isForCache);
    if (text !== undefined) {
      // dyld does not stop at the end of a field of 16 bytes.
      verdict.refuse({ check: "segment", text, cause: `dyld finds: ${text}.`, subject: segment.name });
      return;
    }
  }
  if (segments.length > mostSegments) {
    verdict.doubt(`it has ${segments.length} segments, which are too many to compare`);
    return;
  }
  const text =
    textProblem(image, segments) ?? overlapProblem(segments, epoch) ?? orderProblem(image, segments, epoch);
  if (text !== undefined) verdict.refuse({ check: "segment", text, cause: `dyld finds: ${text}.` });
  else checkAlignment(image, segments, verdict);
}

function refuseCutOff(image: RawImage, { name, offset, fileSize }: RawSegment, verdict: Verdict): void {
  verdict.refuse({
    check: "truncated-segment",
    text: `segment '${name}' load command content extends beyond end of file`,
    cause: `The file is cut off: segment ${name} ends at ${offset + fileSize}, the file at ${image.source.size}.`,
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
    return memorySize === 0n && protection === 0 ? undefined : `segment '${name}' filesize exceeds vmsize`;
  }
  if ((protection & ~7) !== 0) {
    return `${name} segment permissions has invalid bits set (0x${hex(BigInt(protection), 8)})`;
  }
  const permissions = permissionProblem(segment, image, epoch, isForCache);
  if (permissions !== undefined) return permissions;
  if (address + memorySize >= 1n << 64n) return `'${name}' segment vm range wraps`;
  for (const section of segment.sections) {
    const end = section.address + section.size;
    const named = `section '${section.name}'`;
    if (section.size >= 1n << 63n) return `${named} size too large 0x${hex(section.size)}`;
    if (section.address < address) {
      const place = `start address 0x${hex(section.address)} is before`;
      return `${named} ${place} containing segment's address 0x${hex(address)}`;
    }
    if (epoch >= since.sectionsInside && end > address + memorySize) {
      const place = `end address 0x${hex(end)} is beyond`;
      return `${named} ${place} containing segment's end address 0x${hex(address + memorySize)}`;
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
  if (name === "__TEXT" && epoch >= since.textPermissions && protection !== (read | execute)) {
    return "__TEXT segment permissions is not 'r-x'";
  }
  if (name === "__LINKEDIT" && epoch >= start(image, since.readOnlyLinkedit) && protection !== read) {
    return "__LINKEDIT segment permissions is not 'r--'";
  }
  if (epoch < since.dataPermissions || (name !== "__DATA" && name !== "__DATA_CONST")) return undefined;
  if (protection !== (read | write)) return `${name} segment permissions is not 'rw-'`;
  const isProtected = (flags & readOnlyFlag) !== 0 || isForCache || epoch < since.readOnlyData;
  return name === "__DATA" || isProtected ? undefined : "__DATA_CONST segment missing SG_READ_ONLY flag";
}

function textProblem(image: RawImage, segments: readonly RawSegment[]): string | undefined {
  const text = segments.findLast(({ name }) => name === "__TEXT");
  const length = BigInt(image.headerSize + image.commandsSize);
  if (text === undefined) return "missing __TEXT segment";
  if (text.offset !== 0n) return "__TEXT segment fileoffset is not zero";
  if (text.fileSize < length) return "load commands do not fit in __TEXT segment filesize";
  return text.memorySize < length ? "load commands do not fit in __TEXT segment vmsize" : undefined;
}

function overlapProblem(segments: readonly RawSegment[], epoch: number): string | undefined {
  const overlaps = (a: bigint, aSize: bigint, b: bigint, bSize: bigint) => b < a + aSize && b + bSize > a;
  for (const a of segments) {
    for (const b of segments) {
      if (a === b) continue;
      const both = `range of segment '${a.name}' overlaps segment '${b.name}'`;
      if (overlaps(a.address, a.memorySize, b.address, b.memorySize)) return `vm ${both}`;
      if (overlaps(a.offset, a.fileSize, b.offset, b.fileSize)) return `file ${both}`;
      if (epoch >= since.uniqueNames && a.name === b.name) return `duplicate segment name '${a.name}'`;
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
    if (b.offset < a.offset && b.fileSize !== 0n) return `segment '${a.name}' file offset out of order`;
    if (b.address < a.address) return `segment '${b.name}' vm address out of order`;
  }
  return undefined;
}

/** mmap takes whole pages of the machine's size; dyld's words hold an address of the running process here. */
function checkAlignment(image: RawImage, segments: readonly RawSegment[], verdict: Verdict): void {
  const page = pageSize(image);
  const base = segments.find(({ name }) => name === "__TEXT")?.address ?? 0n;
  const odd = segments.find(
    ({ address, offset, fileSize, memorySize }) =>
      fileSize > 0n &&
      memorySize > 0n &&
      ((address - base) % page !== 0n || (offset + BigInt(image.offset)) % page !== 0n),
  );
  if (odd === undefined) return;
  verdict.refuse({
    check: "segment",
    text: null,
    cause: `Segment ${odd.name} does not start at a page of ${page} bytes and cannot be mapped.`,
    subject: odd.name,
  });
}

function start({ fileType }: RawImage, inLibrary: number): number {
  return fileType === fileTypes.execute ? since.inExecutable : inLibrary;
}

function hex(value: bigint, width = 0): string {
  return value.toString(16).toUpperCase().padStart(width, "0");
}
