import type { EditRefusal } from "../../edit.ts";
import { loadCommandKinds as lc, protections } from "../constants.ts";
import type { MachoFile } from "../file.ts";
import { loadCommandName } from "../load-command.ts";
import { countSegment } from "./chained-starts.ts";
import type { ImageDraft } from "./image-draft.ts";
import { moveTables, unknownCommand } from "./linkedit-field.ts";
import { findSlack, roomOf, stretch } from "./page-slack.ts";
import { refusal } from "./refusal.ts";
import type { EmbedRequest } from "./request.ts";
import { recordSizes, type SectionDraft, type SegmentDraft } from "./segment-draft.ts";

/** What was done, for a person. */
export interface Placed {
  readonly kind: "placed";
  readonly done: string;
}

/** The segment that is added if no other has room. */
const newSegment = "__OTEL";

/** File offsets of tables are of 32 bits. */
const mostBytes = 2 ** 32;

/** Puts the payload into the draft: over an older one, into a segment's last page, or into a segment of its own. */
export function placePayload(
  image: ImageDraft,
  file: MachoFile,
  request: EmbedRequest,
): Placed | EditRefusal {
  const { name } = request;
  const owners = image.header
    .segments()
    .flatMap((segment) => segment.sections.map((section) => ({ segment, section })))
    .filter(({ section }) => section.name === name);
  const [older, second] = owners;
  if (older === undefined) return add(image, request, "added");
  if (second !== undefined) {
    return refusal(
      `it has ${owners.length} sections ${name}, and readers take all of them`,
      "Link it again with one manifest.",
    );
  }
  return replace(image, file, request, older);
}

interface Older {
  readonly segment: SegmentDraft;
  readonly section: SectionDraft;
}

function replace(
  image: ImageDraft,
  file: MachoFile,
  request: EmbedRequest,
  older: Older,
): Placed | EditRefusal {
  const { segment, section } = older;
  const { payload } = request;
  const named = `${section.segment},${section.name}`;
  const size = Number(section.size);
  const start = section.offset - segment.offset;
  if (section.isZeroFill || start < 0 || start + size > segment.fileSize) {
    return refusal(`its section ${named} has no content in the file`, "Link it again without that section.");
  }
  if (hasFixup(file, section)) {
    return refusal(
      `its section ${named} holds pointers, which the loader changes`,
      "Put the text itself into the section, not a pointer to it.",
    );
  }
  if (payload.length <= size) {
    overwrite(image, section.offset, size, payload);
    return { kind: "placed", done: `overwrote the section ${named}` };
  }
  if (!section.wasAdded) {
    return refusal(
      `its section ${named} has ${size} bytes and the manifest takes ${payload.length}: what the linker placed cannot grow`,
      `Reserve at least ${payload.length} bytes in the source, or link it without the section and embed again.`,
    );
  }
  return grow(image, request, older) ?? moveSegment(image, request, older) ?? moveAway(image, request, older);
}

function overwrite(image: ImageDraft, offset: number, size: number, payload: Buffer): void {
  const bytes = Buffer.alloc(size);
  payload.copy(bytes);
  image.changes.replace(offset, offset + size, bytes);
}

/** Whether the loader writes anything of the section. A pointer is at least 4 bytes long, and can start anywhere. */
function hasFixup(file: MachoFile, { address, size }: SectionDraft): boolean {
  const step = 4n;
  for (let at = address - (address % step); at < address + size; at += step) {
    const place = file.locate(at);
    if (place.kind !== "file" || place.available < file.bits / 8) continue;
    if (file.pointerAt(at).kind !== "plain") return true;
  }
  return false;
}

/** An older payload that was put into a last page, and still fits there. */
function grow(image: ImageDraft, { payload }: EmbedRequest, { segment, section }: Older): Placed | undefined {
  const start = section.offset - segment.offset;
  const size = Number(section.size);
  const end = section.address + section.size;
  const isLast = segment.sections.every((one) => one.at === section.at || one.address + one.size <= end);
  if (!isLast || start + payload.length > roomOf(image, segment)) return undefined;
  const from = section.offset + size;
  if (!image.isZero(from, section.offset + payload.length)) return undefined;
  section.size = BigInt(payload.length);
  stretch(image, segment, start + payload.length);
  image.changes.replace(section.offset, section.offset + payload.length, payload);
  return { kind: "placed", done: `replaced the section ${segment.name},${section.name}` };
}

/** An older payload with a segment of its own, which becomes longer. */
function moveSegment(
  image: ImageDraft,
  { payload }: EmbedRequest,
  { segment, section }: Older,
): Placed | EditRefusal | undefined {
  const { linkedit } = image;
  const { offset, fileSize } = segment;
  const isOwn = segment.sections.length === 1 && section.offset === offset && segment.name === newSegment;
  if (!isOwn || linkedit?.offset !== offset + fileSize) return undefined;
  const size = image.toPage(payload.length);
  const problem = moveLinkedit(image, size - fileSize);
  if (problem !== undefined) return problem;
  segment.fileSize = size;
  segment.memorySize = BigInt(size);
  section.size = BigInt(payload.length);
  const bytes = Buffer.alloc(size);
  payload.copy(bytes);
  image.changes.replace(offset, offset + fileSize, bytes);
  return { kind: "placed", done: `replaced the section ${segment.name},${section.name}` };
}

/** An older payload in a last page, where the new one finds no room: that place becomes free. */
function moveAway(
  image: ImageDraft,
  request: EmbedRequest,
  { segment, section }: Older,
): Placed | EditRefusal {
  const [start, size] = [section.offset, Number(section.size)];
  segment.removeSection(section);
  image.freed = { start, end: start + size };
  image.changes.replace(start, start + size, Buffer.alloc(size));
  return add(image, request, "replaced");
}

function add(image: ImageDraft, request: EmbedRequest, verb: "added" | "replaced"): Placed | EditRefusal {
  const { name, payload } = request;
  const { segment, section } = recordSizes[image.header.header.bits];
  const room = image.headerRoom();
  // With what was freed this was tried before.
  const slack = room < section || image.freed !== undefined ? undefined : findSlack(image, payload.length);
  if (slack !== undefined) {
    const { offset, address } = slack;
    slack.segment.addSection({ name, address, size: payload.length, offset });
    stretch(image, slack.segment, offset + payload.length - slack.segment.offset);
    image.changes.replace(offset, offset + payload.length, payload);
    return { kind: "placed", done: `${verb} the section ${slack.segment.name},${name}` };
  }
  // No last page can take the payload: what is left is a segment.
  if (room < segment + section) {
    return noRoom(room, room < section ? section : segment + section, name);
  }
  const problem = addSegment(image, request);
  return (
    problem ?? { kind: "placed", done: `${verb} the section ${newSegment},${name} in a segment of its own` }
  );
}

function noRoom(room: number, needed: number, name: string): EditRefusal {
  const flag = "-Wl,-headerpad,0x1000";
  return refusal(
    `it has ${room} free bytes behind its load commands, and ${needed} are needed`,
    `Link it with room for them: ${flag}`,
    `Rust: -C link-arg=${flag}`,
    `Go: -ldflags '-linkmode external -extldflags ${flag}'`,
    `Or add the manifest while linking: -Wl,-sectcreate,__DATA,${name},manifest.json`,
  );
}

/** Adds a segment with one section between the others and __LINKEDIT. */
function addSegment(image: ImageDraft, { name, payload }: EmbedRequest): EditRefusal | undefined {
  const { header } = image;
  const segments = header.segments();
  const index = segments.findIndex((one) => one.name === "__LINKEDIT");
  const linkedit = segments[index];
  if (linkedit === undefined) return refusal("it has no segment __LINKEDIT");
  if (segments.some((one) => one.name === newSegment)) {
    return refusal(`it has a segment ${newSegment} of its own`);
  }
  const { at, address, offset } = linkedit;
  const size = image.toPage(payload.length);
  const fixups = header.command(lc.LC_DYLD_CHAINED_FIXUPS);
  const oldFixups = fixups === undefined ? 0 : header.u32(fixups.at + 8);
  const problem = moveLinkedit(image, size);
  if (problem !== undefined) return problem;
  const grown = countSegment(image, oldFixups, index);
  if (typeof grown !== "number") return grown;
  linkedit.fileSize += grown;
  image.fitMemory(linkedit);
  const { bits } = header.header;
  const cmd = bits === 64 ? lc.LC_SEGMENT_64 : lc.LC_SEGMENT;
  header.insertCommand({ cmd, at, size: recordSizes[bits].segment });
  const added = header.segments()[index];
  if (added === undefined) throw new Error("the new segment is not there");
  added.name = newSegment;
  added.address = address;
  added.memorySize = BigInt(size);
  added.offset = offset;
  added.fileSize = size;
  added.protection = protections.read;
  added.addSection({ name, address, size: payload.length, offset });
  const bytes = Buffer.alloc(size);
  payload.copy(bytes);
  image.changes.replace(offset, offset, bytes);
  return undefined;
}

/** Moves __LINKEDIT and all that points into it by whole pages, if it is what linkers put last. */
function moveLinkedit(image: ImageDraft, by: number): EditRefusal | undefined {
  const { header, linkedit } = image;
  if (linkedit === undefined) return refusal("it has no segment __LINKEDIT");
  const { offset, address } = linkedit;
  const others = header.segments().filter(({ at }) => at !== linkedit.at);
  const isLast = others.every(
    (one) =>
      one.at < linkedit.at && one.address + one.memorySize <= address && one.offset + one.fileSize <= offset,
  );
  if (!isLast || linkedit.sections.length > 0) {
    return refusal("its segment __LINKEDIT is not the last one, so that nothing can be put before it");
  }
  if (image.oldEnd !== image.source.size) {
    return refusal(
      "it has bytes behind its last segment, which would move, and what refers to them is unknown",
      "Embed the manifest before they are appended.",
    );
  }
  if (offset % image.pageSize !== 0 || address % BigInt(image.pageSize) !== 0n) {
    return refusal("its segment __LINKEDIT does not start at a page");
  }
  const unknown = unknownCommand(header);
  if (unknown !== undefined) {
    return refusal(`what its load command ${loadCommandName(unknown)} points to is unknown, and would move`);
  }
  const end = address + linkedit.memorySize + BigInt(2 * by + 2 * image.pageSize);
  if (end > 1n << BigInt(header.header.bits)) return refusal("it would leave the address space");
  // What a signature may need beside it is far less than a page for each page.
  if (image.source.size + 2 * by + 2 * image.pageSize >= mostBytes) {
    return refusal("it would become longer than its 32-bit offsets reach");
  }
  moveTables(header, offset, by);
  linkedit.offset = offset + by;
  linkedit.address = address + BigInt(by);
  return undefined;
}
