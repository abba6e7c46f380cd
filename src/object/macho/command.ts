import { cpuTypes, loadCommandKinds as lc } from "./constants.ts";
import type { LibraryCommand, LibraryDysymtab, LibrarySymtab } from "./library-command.ts";
import type { MachoHeader } from "./header.ts";
import { linkedLibrary, type LinkedLibrary } from "./linked-library.ts";
import type { LoadCommandBody } from "./load-command.ts";
import { decodeWithLibrary } from "./macho-library.ts";
import { segmentCommand, type SegmentCommand } from "./segment-command.ts";
import { buildVersionOf, type BuildVersion } from "./version.ts";

/** A place in the file (in the slice), in bytes; not yet checked. */
export interface FileRange {
  readonly offset: number;
  readonly size: number;
}

/** Opcodes and trie of LC_DYLD_INFO(_ONLY). */
export interface DyldInfo {
  readonly rebase: FileRange;
  readonly bind: FileRange;
  readonly weakBind: FileRange;
  readonly lazyBind: FileRange;
  readonly exports: FileRange;
}

/** What the load commands say, decoded; the places they point at are not yet read. */
export interface Commands {
  readonly segments: readonly SegmentCommand[];
  readonly symtab?: LibrarySymtab;
  readonly dysymtab?: LibraryDysymtab;
  readonly dyldInfo?: DyldInfo;
  readonly exportsTrie?: FileRange;
  readonly chainedFixups?: FileRange;
  readonly codeSignature?: FileRange;
  /** In the form 01234567-89AB-CDEF-0123-456789ABCDEF. */
  readonly uuid?: string;
  /** One, or two in a zippered image (macOS and Mac Catalyst). */
  readonly buildVersions: readonly BuildVersion[];
  readonly installName?: string;
  readonly linkedLibraries: readonly LinkedLibrary[];
  readonly rpaths: readonly string[];
}

type Draft = { -readonly [K in keyof Commands]: Commands[K] } & {
  segments: SegmentCommand[];
  buildVersions: BuildVersion[];
  linkedLibraries: LinkedLibrary[];
  rpaths: string[];
};

/** The facts of which a file has only one. */
type Single = "symtab" | "dysymtab" | "dyldInfo" | "exportsTrie" | "chainedFixups" | "codeSignature" | "uuid";

/** @throws FormatError if two commands say what only one can. */
export function decodeCommands(header: MachoHeader, commands: readonly LoadCommandBody[]): Commands {
  const decoded = decodeWithLibrary(header, commands);
  const draft: Draft = { segments: [], buildVersions: [], linkedLibraries: [], rpaths: [] };
  for (const command of commands) {
    const found = decoded.get(command);
    if (found === undefined) takeOwn(draft, command, header);
    else takeDecoded(draft, command, found);
  }
  return draft;
}

function takeDecoded(draft: Draft, command: LoadCommandBody, found: LibraryCommand): void {
  switch (found.type) {
    case "segment":
    case "segment_64":
      draft.segments.push(segmentCommand(command.body, found));
      return;
    case "symtab":
    case "dysymtab":
      setOnce(draft, found.type, found, command);
      return;
    case "id_dylib":
      setOnce(draft, "installName", found.name, command);
      return;
    case "load_dylib": {
      const library = linkedLibrary(command.cmd, command.body, found);
      if (library !== undefined) draft.linkedLibraries.push(library);
      return;
    }
    case "rpath":
      draft.rpaths.push(found.name);
      return;
    case "code_signature":
      setOnce(draft, "codeSignature", { offset: found.dataoff, size: found.datasize }, command);
      return;
    case "dyld_exports_trie":
      setOnce(draft, "exportsTrie", { offset: found.dataoff, size: found.datasize }, command);
      return;
    case "dyld_chained_fixups":
      setOnce(draft, "chainedFixups", { offset: found.dataoff, size: found.datasize }, command);
  }
}

/** Commands that the library does not know or does not tell apart. */
function takeOwn(draft: Draft, command: LoadCommandBody, { cpuType }: MachoHeader): void {
  const { cmd, name, body } = command;
  const range = (at: number): FileRange => ({ offset: body.u32(at), size: body.u32(at + 4) });
  // Simulators had no platform of their own then: iOS, tvOS and watchOS on Intel were simulators (dyld, MachOFile.cpp).
  const isIntel = cpuType === cpuTypes.i386 || cpuType === cpuTypes.x86_64;
  const minimum = (device: number, simulator: number) => {
    draft.buildVersions.push(buildVersionOf(isIntel ? simulator : device, body.u32(8), body.u32(12), name));
  };
  switch (cmd) {
    case lc.LC_DYLD_INFO:
    case lc.LC_DYLD_INFO_ONLY: {
      const info = {
        rebase: range(8),
        bind: range(16),
        weakBind: range(24),
        lazyBind: range(32),
        exports: range(40),
      };
      setOnce(draft, "dyldInfo", info, command);
      return;
    }
    case lc.LC_UUID:
      setOnce(draft, "uuid", uuidText(body.bytes.subarray(8, 24)), command);
      return;
    case lc.LC_BUILD_VERSION:
      draft.buildVersions.push(buildVersionOf(body.u32(8), body.u32(12), body.u32(16), name));
      return;
    case lc.LC_VERSION_MIN_MACOSX:
      minimum(1, 1);
      return;
    case lc.LC_VERSION_MIN_IPHONEOS:
      minimum(2, 7);
      return;
    case lc.LC_VERSION_MIN_TVOS:
      minimum(3, 8);
      return;
    case lc.LC_VERSION_MIN_WATCHOS:
      minimum(4, 9);
  }
}

function setOnce<K extends Single | "installName">(
  draft: Draft,
  key: K,
  value: NonNullable<Draft[K]>,
  { name, body }: LoadCommandBody,
): void {
  if (draft[key] !== undefined) throw body.problem(`a second ${name}`, 0, name, "only one of its kind");
  draft[key] = value;
}

function uuidText(bytes: Buffer): string {
  const hex = bytes.toString("hex").toUpperCase();
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
