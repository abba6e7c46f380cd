import { cpuSubtypes, cpuTypes, loadCommandKinds as lc } from "./constants.ts";
import macho from "macho";
import { swapCommand } from "./byte-order.ts";
import type { MachoHeader } from "./header.ts";
import type { LibraryCommand } from "./library-command.ts";
import type { LoadCommandBody } from "./load-command.ts";

/** x86_64, all models: the library looks subtypes up and stumbles over any that it has no name for. */
const harmlessCpu = { type: cpuTypes.x86_64, subtype: cpuSubtypes.x86_64 };

/** The commands that the library decodes, and the command of the same layout that it knows them by. */
const knownAs = new Map<number, number>([
  [lc.LC_SEGMENT, lc.LC_SEGMENT],
  [lc.LC_SEGMENT_64, lc.LC_SEGMENT_64],
  [lc.LC_SYMTAB, lc.LC_SYMTAB],
  [lc.LC_DYSYMTAB, lc.LC_DYSYMTAB],
  [lc.LC_ID_DYLIB, lc.LC_ID_DYLIB],
  [lc.LC_LOAD_DYLIB, lc.LC_LOAD_DYLIB],
  [lc.LC_LOAD_WEAK_DYLIB, lc.LC_LOAD_DYLIB],
  [lc.LC_REEXPORT_DYLIB, lc.LC_LOAD_DYLIB],
  [lc.LC_LAZY_LOAD_DYLIB, lc.LC_LOAD_DYLIB],
  [lc.LC_LOAD_UPWARD_DYLIB, lc.LC_LOAD_DYLIB],
  [lc.LC_RPATH, lc.LC_RPATH],
  [lc.LC_CODE_SIGNATURE, lc.LC_CODE_SIGNATURE],
  [lc.LC_DYLD_EXPORTS_TRIE, lc.LC_DYLD_EXPORTS_TRIE],
  [lc.LC_DYLD_CHAINED_FIXUPS, lc.LC_DYLD_CHAINED_FIXUPS],
]);

/**
 * The one place that calls npm's `macho`. The library trusts its input, takes every file for a little-endian one,
 * throws at CPUs that it does not know, never gets past a command of size 0, and names LC_DYLD_INFO_ONLY and
 * LC_BUILD_VERSION wrongly or not at all. So it is given an image made here: a header of its liking, and only the
 * commands that it decodes rightly, each checked before and turned to little endian. It sees no other byte of the
 * file, so that `data`, which it cuts out for every section, has no meaning and is not passed on.
 * @returns each command that the library knows, with what it says.
 */
export function decodeWithLibrary(
  header: MachoHeader,
  commands: readonly LoadCommandBody[],
): ReadonlyMap<LoadCommandBody, LibraryCommand> {
  const known = commands.filter(({ cmd }) => knownAs.has(cmd));
  const copies = known.map((command) => littleEndian(command, header));
  const decoded = parse(Buffer.concat([libraryHeader(header, copies), ...copies]), known);
  const result = new Map<LoadCommandBody, LibraryCommand>();
  let at: number = header.size;
  for (const [index, command] of known.entries()) {
    const found = decoded[index];
    if (found?.fileoff !== at) throw command.body.problem(`${command.name} cannot be decoded`, 0);
    result.set(command, found);
    at += command.size;
  }
  return result;
}

function littleEndian({ cmd, body }: LoadCommandBody, header: MachoHeader): Buffer {
  const copy = Buffer.from(body.bytes);
  const same = knownAs.get(cmd) ?? cmd;
  if (header.endian === "big") swapCommand(copy, same);
  copy.writeUInt32LE(same, 0);
  return copy;
}

function libraryHeader({ bits, size }: MachoHeader, commands: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(size);
  head.writeUInt32LE(bits === 64 ? 0xfeed_facf : 0xfeed_face, 0);
  head.writeUInt32LE(harmlessCpu.type, 4);
  head.writeUInt32LE(harmlessCpu.subtype, 8);
  head.writeUInt32LE(commands.length, 16);
  head.writeUInt32LE(
    commands.reduce((sum, { length }) => sum + length, 0),
    20,
  );
  return head;
}

function parse(image: Buffer, commands: readonly LoadCommandBody[]): readonly LibraryCommand[] {
  try {
    return macho.parse(image).cmds as readonly LibraryCommand[];
  } catch (error) {
    const [first] = commands;
    if (first === undefined) return [];
    throw first.body.problem(
      "load commands cannot be decoded",
      0,
      error instanceof Error ? error.message : "",
    );
  }
}
