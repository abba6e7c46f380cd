import { LC_REQ_DYLD, loadCommandKinds as lc } from "../../object/macho/constants.ts";
import { loadCommandName } from "../../object/macho/load-command.ts";
import { commandAt, readCommandBytes, type RawCommand, type RawImage } from "./raw-image.ts";
import { filled } from "../message-form.ts";
import { unknownFromHere } from "../step.ts";
import { DYLD } from "./messages.ts";
import { refused, said, type FileStep } from "./reason.ts";

/** Commands of one size, under the name that dyld prints (mach_o/UnsafeHeader.cpp, validStructureLoadCommands). */
const exactSizes = new Map<number, readonly [name: string, size: number]>([
  [lc.LC_SYMTAB, ["LC_SYMTAB", 24]],
  [lc.LC_DYSYMTAB, ["LC_DYSYMTAB", 80]],
  [lc.LC_SEGMENT_SPLIT_INFO, ["LC_SEGMENT_SPLIT_INFO", 16]],
  [lc.LC_ATOM_INFO, ["LC_ATOM_INFO", 16]],
  [lc.LC_FUNCTION_STARTS, ["LC_FUNCTION_STARTS", 16]],
  [lc.LC_DYLD_EXPORTS_TRIE, ["LC_DYLD_EXPORTS_TRIE", 16]],
  [lc.LC_DYLD_CHAINED_FIXUPS, ["LC_DYLD_CHAINED_FIXUPS", 16]],
  [lc.LC_ENCRYPTION_INFO, ["LC_ENCRYPTION_INFO", 20]],
  [lc.LC_ENCRYPTION_INFO_64, ["LC_ENCRYPTION_INFO_64", 24]],
  [lc.LC_DYLD_INFO, ["LC_DYLD_INFO_ONLY", 48]],
  [lc.LC_DYLD_INFO_ONLY, ["LC_DYLD_INFO_ONLY", 48]],
  [lc.LC_VERSION_MIN_MACOSX, ["LC_VERSION_MIN_*", 16]],
  [lc.LC_VERSION_MIN_IPHONEOS, ["LC_VERSION_MIN_*", 16]],
  [lc.LC_VERSION_MIN_TVOS, ["LC_VERSION_MIN_*", 16]],
  [lc.LC_VERSION_MIN_WATCHOS, ["LC_VERSION_MIN_*", 16]],
  [lc.LC_UUID, ["LC_UUID", 24]],
  [lc.LC_MAIN, ["LC_MAIN", 24]],
  [lc.LC_FUNCTION_VARIANTS, ["LC_FUNCTION_VARIANTS", 16]],
  [lc.LC_FUNCTION_VARIANT_FIXUPS, ["LC_FUNCTION_VARIANT_FIXUPS", 16]],
]);

/** Commands that end in records, and where these are counted. */
const countedSizes = new Map<number, { size: number; countAt: number; record: number }>([
  [lc.LC_BUILD_VERSION, { size: 24, countAt: 20, record: 8 }],
  [lc.LC_SEGMENT, { size: 56, countAt: 48, record: 68 }],
  [lc.LC_SEGMENT_64, { size: 72, countAt: 64, record: 80 }],
]);

/** Where a command has the offset of its string (union lc_str): LC_FILESET_ENTRY after two 64-bit fields. */
const stringAt = new Map<number, number>([
  [lc.LC_ID_DYLIB, 8],
  [lc.LC_LOAD_DYLIB, 8],
  [lc.LC_LOAD_WEAK_DYLIB, 8],
  [lc.LC_REEXPORT_DYLIB, 8],
  [lc.LC_LOAD_UPWARD_DYLIB, 8],
  [lc.LC_RPATH, 8],
  [lc.LC_SUB_UMBRELLA, 8],
  [lc.LC_SUB_CLIENT, 8],
  [lc.LC_SUB_LIBRARY, 8],
  [lc.LC_FILESET_ENTRY, 24],
]);

/** The load commands up to the first that does not end within them, unchecked. */
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
 * The load commands, checked as dyld does it; `goesOn` is false if dyld stops there.
 * @param commands those that could be walked.
 * @throws FormatError if a command is shorter than the fields that dyld reads in it.
 */
export function checkCommands(
  image: RawImage,
  commands: readonly RawCommand[],
): { readonly steps: readonly FileStep[]; readonly goesOn: boolean } {
  const { source, headerSize, commandsSize, commandCount } = image;
  const ended = (step: FileStep) => ({ steps: [step], goesOn: false });
  const length = headerSize + commandsSize;
  if (length > source.size) {
    const about = said(DYLD.commandsCut, { length, size: source.size });
    return ended(refused({ ...about, cause: "The file is cut off within its load commands." }));
  }
  if (readCommandBytes(image) === undefined) {
    return ended(unknownFromHere("The load commands are outside the file, or too long to be checked."));
  }
  for (const command of commands) {
    const text = complaintOf(command);
    if (text === undefined) continue;
    const cause = `dyld rejects load command ${command.index} (${loadCommandName(command.cmd)}): ${text}.`;
    return ended(refused({ check: "load-command", text, cause }));
  }
  if (commands.length === commandCount) return { steps: [], goesOn: true };
  // dyld prints addresses of the running process here.
  const cause = `Load command ${commands.length + 1} extends past the end of the load commands.`;
  return ended(refused({ check: "load-command", text: null, cause }));
}

function complaintOf(command: RawCommand): string | undefined {
  const { index, cmd, size, body } = command;
  const exact = exactSizes.get(cmd);
  if (exact !== undefined)
    return size === exact[1] ? undefined : filled(DYLD.commandSize, { index, command: exact[0] });
  const counted = countedSizes.get(cmd);
  if (counted !== undefined) {
    const wanted = counted.size + body.u32(counted.countAt) * counted.record;
    const form = cmd === lc.LC_BUILD_VERSION ? DYLD.commandSize : DYLD.sectionCount;
    return size === wanted ? undefined : filled(form, { index, command: loadCommandName(cmd) });
  }
  const at = stringAt.get(cmd);
  if (at !== undefined) return stringComplaint(command, body.u32(at));
  if (cmd < LC_REQ_DYLD) return undefined;
  const number = `0x${cmd.toString(16).toUpperCase().padStart(8, "0")}`;
  return filled(DYLD.unknownCommand, { index, command: number });
}

function stringComplaint({ index, size, body }: RawCommand, offset: number): string | undefined {
  if (offset >= size) return filled(DYLD.stringOutside, { index, offset, size });
  return body.bytes.includes(0, offset) ? undefined : filled(DYLD.stringCut, { index });
}
