import { loadCommandKinds as lc } from "./constants.ts";
import type { ByteSource } from "../image.ts";
import type { MachoHeader } from "./header.ts";
import { Region } from "./region.ts";

/** One load command: where it is, whatever it says. */
export interface LoadCommand {
  readonly cmd: number;
  /** LC_* of mach-o/loader.h, or the number. */
  readonly name: string;
  /** Offset in the file (in the slice). */
  readonly offset: number;
  /** Length in bytes, with the 8 bytes of cmd and cmdsize. */
  readonly size: number;
}

/** A load command with its bytes, in the file's byte order. */
export interface LoadCommandBody extends LoadCommand {
  readonly body: Region;
}

/** Linkers write some dozens of commands; a kernel collection has some hundreds. */
const mostCommands = 65_536;
const mostBytes = 16 * 1024 * 1024;

/** Commands of one fixed size, as dyld checks them (mach_o/UnsafeHeader.cpp, validStructureLoadCommands). */
const exactSizes = new Map<number, number>([
  [lc.LC_SYMTAB, 24],
  [lc.LC_DYSYMTAB, 80],
  [lc.LC_UUID, 24],
  [lc.LC_CODE_SIGNATURE, 16],
  [lc.LC_DYLD_EXPORTS_TRIE, 16],
  [lc.LC_DYLD_CHAINED_FIXUPS, 16],
  [lc.LC_DYLD_INFO, 48],
  [lc.LC_DYLD_INFO_ONLY, 48],
  [lc.LC_VERSION_MIN_MACOSX, 16],
  [lc.LC_VERSION_MIN_IPHONEOS, 16],
  [lc.LC_VERSION_MIN_TVOS, 16],
  [lc.LC_VERSION_MIN_WATCHOS, 16],
]);

/** Commands that end in as many records as a field counts: segment_command, section, build_tool_version. */
const countedSizes = new Map<number, { size: number; countAt: number; record: number }>([
  [lc.LC_SEGMENT, { size: 56, countAt: 48, record: 68 }],
  [lc.LC_SEGMENT_64, { size: 72, countAt: 64, record: 80 }],
  [lc.LC_BUILD_VERSION, { size: 24, countAt: 20, record: 8 }],
]);

/** Commands with a string: the size of the struct before it. The string's offset follows cmdsize (union lc_str). */
const stringStarts = new Map<number, number>([
  [lc.LC_ID_DYLIB, 24],
  [lc.LC_LOAD_DYLIB, 24],
  [lc.LC_LOAD_WEAK_DYLIB, 24],
  [lc.LC_REEXPORT_DYLIB, 24],
  [lc.LC_LAZY_LOAD_DYLIB, 24],
  [lc.LC_LOAD_UPWARD_DYLIB, 24],
  [lc.LC_RPATH, 12],
]);

/**
 * The load commands in file order, each checked to lie inside the header's sizeofcmds and to have the size that its
 * kind must have; nothing that they point at is looked at.
 * @throws FormatError for the first that does not.
 */
export function readLoadCommands(source: ByteSource, header: MachoHeader): readonly LoadCommandBody[] {
  const all = readAll(source, header);
  const commands: LoadCommandBody[] = [];
  for (let at = 0, index = 0; index < header.commandCount; index++) {
    const command = readOne(all, at, header);
    checkShape(command);
    commands.push(command);
    at += command.size;
  }
  return commands;
}

function readAll(source: ByteSource, header: MachoHeader): Region {
  const { commandCount: count, commandsSize: size, endian } = header;
  const start = new Region(
    source.read(0, header.size, "Mach-O header"),
    source.origin,
    "Mach-O header",
    endian,
  );
  if (size > mostBytes) {
    throw start.problem("load commands are too long", 20, size, `at most ${mostBytes} bytes`);
  }
  if (count > mostCommands || count * 8 > size) {
    throw start.problem(
      "load commands are too many",
      16,
      count,
      `at most ${Math.min(mostCommands, size >> 3)}`,
    );
  }
  return Region.read(source, header.size, size, "load commands", endian);
}

function readOne(all: Region, at: number, header: MachoHeader): LoadCommandBody {
  if (at + 8 > all.size) {
    throw all.problem("load command does not fit", at, at, `at most ${all.size} bytes of load commands`);
  }
  const cmd = all.u32(at);
  const size = all.u32(at + 4);
  const name = loadCommandName(cmd);
  // loader.h asks for multiples of 8 in 64-bit files; dyld takes any, and linkers have written multiples of 4.
  if (size < 8 || size % 4 !== 0 || at + size > all.size) {
    throw all.problem(`${name} has a wrong size`, at + 4, size, `a multiple of 4 from 8 to ${all.size - at}`);
  }
  const bytes = all.bytes.subarray(at, at + size);
  const body = new Region(bytes, all.origin + at, name, header.endian);
  return { cmd, name, offset: header.size + at, size, body };
}

function checkShape({ cmd, name, size, body }: LoadCommandBody): void {
  const exact = exactSizes.get(cmd);
  if (exact !== undefined && size !== exact) {
    throw body.problem(`${name} has a wrong size`, 4, size, String(exact));
  }
  const counted = countedSizes.get(cmd);
  if (counted !== undefined) {
    if (size < counted.size)
      throw body.problem(`${name} has a wrong size`, 4, size, `at least ${counted.size}`);
    const count = body.u32(counted.countAt);
    const needed = counted.size + count * counted.record;
    if (needed !== size) {
      throw body.problem(`${name}: size does not fit its count of ${count}`, 4, size, String(needed));
    }
  }
  const start = stringStarts.get(cmd);
  if (start !== undefined) {
    if (size < start) throw body.problem(`${name} has a wrong size`, 4, size, `at least ${start}`);
    const offset = body.u32(8);
    if (offset < start || offset >= size) {
      throw body.problem(`${name}: string is outside the command`, 8, offset, `from ${start} to ${size - 1}`);
    }
    body.cString(offset);
  }
}

const names = new Map<number, string>(Object.entries(lc).map(([name, cmd]) => [cmd, name]));

/** The name of a load command, or its number where mach-o/loader.h has no name for it. */
export function loadCommandName(cmd: number): string {
  return names.get(cmd) ?? `0x${cmd.toString(16)}`;
}
