import { loadCommandKinds as lc, loadCommandName } from "../../object/macho/load-command-kind.ts";
import { commandAt, readCommandBytes, type RawCommand, type RawImage } from "./raw-image.ts";
import type { Verdict } from "./verdict.ts";

/** LC_REQ_DYLD: dyld must know the command. */
const required = 0x8000_0000;

/** Commands of one size, under the name dyld complains of (mach_o/UnsafeHeader.cpp, validStructureLoadCommands). */
const exactSizes = new Map<number, readonly [name: string, size: number]>([
  [lc.LC_SYMTAB, ["LC_SYMTAB", 24]],
  [lc.LC_DYSYMTAB, ["LC_DYSYMTAB", 80]],
  [0x1e, ["LC_SEGMENT_SPLIT_INFO", 16]],
  [0x36, ["LC_ATOM_INFO", 16]],
  [0x26, ["LC_FUNCTION_STARTS", 16]],
  [lc.LC_DYLD_EXPORTS_TRIE, ["LC_DYLD_EXPORTS_TRIE", 16]],
  [lc.LC_DYLD_CHAINED_FIXUPS, ["LC_DYLD_CHAINED_FIXUPS", 16]],
  [0x21, ["LC_ENCRYPTION_INFO", 20]],
  [0x2c, ["LC_ENCRYPTION_INFO_64", 24]],
  [lc.LC_DYLD_INFO, ["LC_DYLD_INFO_ONLY", 48]],
  [lc.LC_DYLD_INFO_ONLY, ["LC_DYLD_INFO_ONLY", 48]],
  [lc.LC_VERSION_MIN_MACOSX, ["LC_VERSION_MIN_*", 16]],
  [lc.LC_VERSION_MIN_IPHONEOS, ["LC_VERSION_MIN_*", 16]],
  [lc.LC_VERSION_MIN_TVOS, ["LC_VERSION_MIN_*", 16]],
  [lc.LC_VERSION_MIN_WATCHOS, ["LC_VERSION_MIN_*", 16]],
  [lc.LC_UUID, ["LC_UUID", 24]],
  [0x28 + required, ["LC_MAIN", 24]],
  [0x37, ["LC_FUNCTION_VARIANTS", 16]],
  [0x38, ["LC_FUNCTION_VARIANT_FIXUPS", 16]],
]);

/** Commands that end in records, and where they are counted. */
const countedSizes = new Map<number, { size: number; countAt: number; record: number; complaint: string }>([
  [lc.LC_BUILD_VERSION, { size: 24, countAt: 20, record: 8, complaint: "LC_BUILD_VERSION size wrong" }],
  [
    lc.LC_SEGMENT,
    { size: 56, countAt: 48, record: 68, complaint: "LC_SEGMENT size does not match number of sections" },
  ],
  [
    lc.LC_SEGMENT_64,
    { size: 72, countAt: 64, record: 80, complaint: "LC_SEGMENT_64 size does not match number of sections" },
  ],
]);

/** Where a command has the offset of its string (union lc_str): LC_FILESET_ENTRY after two 64-bit fields. */
const stringAt = new Map<number, number>([
  [lc.LC_ID_DYLIB, 8],
  [lc.LC_LOAD_DYLIB, 8],
  [lc.LC_LOAD_WEAK_DYLIB, 8],
  [lc.LC_REEXPORT_DYLIB, 8],
  [lc.LC_LOAD_UPWARD_DYLIB, 8],
  [lc.LC_RPATH, 8],
  [0x13, 8],
  [0x14, 8],
  [0x15, 8],
  [0x35 + required, 24],
]);

/** The load commands up to the first that leaves the room for them, unchecked. */
export function uncheckedCommands(image: RawImage): readonly RawCommand[] {
  const all = readCommandBytes(image);
  const commands: RawCommand[] = [];
  if (all === undefined) return commands;
  for (let at = 0, index = 1; index <= image.commandCount; index++) {
    const command = commandAt(all, at, index);
    if (command === undefined) break;
    commands.push(command);
    at += command.size;
  }
  return commands;
}

/**
 * The load commands, checked as dyld does it; false where dyld goes no further.
 * @param commands those that could be walked.
 * @throws FormatError where a command is shorter than the fields that dyld reads in it.
 */
export function checkCommands(image: RawImage, commands: readonly RawCommand[], verdict: Verdict): boolean {
  const { source, headerSize, commandsSize, commandCount } = image;
  const refuse = (text: string | null, cause: string) => {
    verdict.refuse({ check: "load-command", text, cause });
    return false;
  };
  const length = headerSize + commandsSize;
  if (length > source.size) {
    return refuse(
      `load commands length (${length}) exceeds length of file (${source.size})`,
      "The file is cut off within its load commands.",
    );
  }
  if (readCommandBytes(image) === undefined) {
    verdict.doubt("the load commands lie outside the file, or are too long to look at");
    return false;
  }
  for (const command of commands) {
    const complaint = complaintOf(command);
    if (complaint === undefined) continue;
    const { index, cmd } = command;
    const cause = `Load command ${index} (${loadCommandName(cmd)}) is not one that dyld takes: ${complaint}.`;
    return refuse(`load command #${index} ${complaint}`, cause);
  }
  if (commands.length === commandCount) return true;
  // dyld's words hold addresses of the running process here.
  return refuse(null, `Load command ${commands.length + 1} leaves the room for load commands.`);
}

function complaintOf(command: RawCommand): string | undefined {
  const { cmd, size, body } = command;
  const exact = exactSizes.get(cmd);
  if (exact !== undefined) return size === exact[1] ? undefined : `${exact[0]} size wrong`;
  const counted = countedSizes.get(cmd);
  if (counted !== undefined) {
    const wanted = counted.size + body.u32(counted.countAt) * counted.record;
    return size === wanted ? undefined : counted.complaint;
  }
  const at = stringAt.get(cmd);
  if (at !== undefined) return stringComplaint(command, body.u32(at));
  if (cmd < required) return undefined;
  return `unknown required load command 0x${cmd.toString(16).toUpperCase().padStart(8, "0")}`;
}

function stringComplaint({ size, body }: RawCommand, offset: number): string | undefined {
  if (offset >= size) return `string offset (${offset}) outside its size (${size})`;
  return body.bytes.includes(0, offset) ? undefined : "string extends beyond end of load command";
}
