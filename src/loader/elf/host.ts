import { cLibraryOf } from "../../evidence/system/c-library.ts";
import type { Fact } from "../../evidence/fact.ts";
import {
  readStaticDlopen,
  type StaticDlopen,
  type StaticGlibc,
} from "../../evidence/system/static-dlopen.ts";
import type { ElfFile } from "../../object/elf/file.ts";
import {
  EM_AARCH64,
  EM_LOONGARCH,
  EM_RISCV,
  ET_EXEC,
  PT_DYNAMIC,
  PT_GNU_RELRO,
  PT_GNU_STACK,
} from "../../object/elf/constants.ts";
import type { Folder } from "./root-folder.ts";
import { readLoadedObject, type LoadedObject } from "./loaded-object.ts";

/** What decides about a program that it opens libraries, as plain data. */
export interface DlopenHost {
  readonly machine: number;
  readonly bits: 32 | 64;
  readonly endian: "little" | "big";
  /** e_flags. */
  readonly machineFlags: number;
  /** PT_INTERP: the loader it is started by. */
  readonly interpreter: string | undefined;
  /** "gnu", "musl" or another; undefined if the file does not tell. */
  readonly libc: string | undefined;
  /** What a statically linked program has of dlopen itself; undefined if a loader starts it, whose dlopen it calls. */
  readonly ownDlopen: Fact<StaticDlopen> | undefined;
  /** Its segments' addresses, if they are fixed (ET_EXEC). */
  readonly fixed: { readonly from: bigint; readonly to: bigint } | undefined;
  /** Whether its stack is executable from the start: PT_GNU_STACK, or none. */
  readonly executableStack: boolean;
  /** PT_GNU_RELRO: data of its own that are read-only once it runs. */
  readonly protectsData: boolean;
  readonly program: LoadedObject;
}

/** The glibc that a static program has linked in. */
export function staticGlibcOf({ ownDlopen }: DlopenHost): StaticGlibc | undefined {
  return ownDlopen?.known === true && ownDlopen.value.kind === "gnu" ? ownDlopen.value : undefined;
}

/**
 * Reads a host once. It is taken to open plugins with RTLD_NOW, as Go's plugin package and libloading's default do.
 * @param path where it is, for $ORIGIN; without it, nothing is found by that.
 * @throws FormatError
 */
export function readDlopenHost(
  file: ElfFile,
  path?: { readonly realPath: string; readonly origin: Folder },
): DlopenHost {
  const { machine, bits, endian, machineFlags, interpreter, segments } = file;
  const libc = cLibraryOf(file);
  const dynamic = file.programHeaders.some(({ type }) => type === PT_DYNAMIC);
  // A static PIE has a dynamic section for its own relocations, but neither a loader nor libraries.
  const alone = interpreter === undefined && file.neededLibraries.length === 0;
  const ownDlopen = dynamic && !alone ? undefined : readStaticDlopen(file);
  return {
    machine,
    bits,
    endian,
    machineFlags,
    interpreter,
    libc: libc.known ? libc.value.name : staticLibcOf(ownDlopen),
    ownDlopen,
    fixed: file.type === ET_EXEC ? rangeOf(segments) : undefined,
    executableStack: asksForExecutableStack(file.programHeaders, machine),
    protectsData: file.programHeaders.some(({ type }) => type === PT_GNU_RELRO),
    program: readLoadedObject(file, {
      name: "",
      realPath: path?.realPath ?? "",
      origin: path?.origin ?? { path: "", here: true },
    }),
  };
}

function staticLibcOf(dlopen: Fact<StaticDlopen> | undefined): string | undefined {
  return dlopen?.known === true && dlopen.value.kind !== "absent" ? dlopen.value.kind : undefined;
}

/** Machines on which a file without PT_GNU_STACK gets no executable stack (glibc: sysdeps/<machine>/stackinfo.h). */
const HARMLESS_WITHOUT = new Set([EM_AARCH64, EM_RISCV, EM_LOONGARCH]);

export function asksForExecutableStack(
  programs: readonly { readonly type: number; readonly flags: number }[],
  machine: number,
): boolean {
  const stack = programs.findLast(({ type }) => type === PT_GNU_STACK);
  return stack === undefined ? !HARMLESS_WITHOUT.has(machine) : (stack.flags & 1) !== 0;
}

function rangeOf(
  segments: readonly { readonly address: bigint; readonly memorySize: bigint }[],
): { from: bigint; to: bigint } | undefined {
  const [first] = segments;
  const last = segments.at(-1);
  return first && last && { from: first.address, to: last.address + last.memorySize };
}
