import { DF_1_NOOPEN, DF_1_PIE, ET_DYN, PT_GNU_STACK } from "../../object/elf/constants.ts";
import { PROGRAM_HEADER } from "../../object/elf/layout.ts";
import type { ByteSource } from "../../object/image.ts";
import { ERRNO, GLIBC } from "./messages.ts";
import type { Verified } from "./header-checks.ts";
import { asksForExecutableStack, staticGlibcOf, type DlopenHost } from "../elf/host.ts";
import { isaLevelOf } from "../elf/isa-level.ts";
import { isAtLeast, type Release } from "../elf/libc-release.ts";
import { truncated, type Fault } from "../elf/fault.ts";
import { readLibrary, type Library } from "../elf/library.ts";
import type { Identity } from "../elf/loaded-object.ts";
import { MappedFile } from "../elf/mapped-file.ts";
import { readRawPrograms } from "../elf/raw-header.ts";
import { clearedBeyondEnd } from "../elf/odd-segments.ts";
import { checkSegments } from "./segment-checks.ts";

/** A file after _dl_map_object_from_fd of glibc (elf/dl-load.c). */
export interface GlibcLibrary {
  /** In glibc's order. Without `library`, the last one is where it ends. */
  readonly faults: readonly Fault[];
  /** Undecided: the walk ends here. */
  readonly doubt?: string | undefined;
  readonly library?: Library | undefined;
  /** What holds only where the target is so, since that is not known. */
  readonly needs: readonly string[];
  /** GNU_PROPERTY_X86_ISA_1_NEEDED. */
  readonly isa: number;
}

/** @param release of the target's glibc; undefined where it is not known. @throws FormatError */
export function mapGlibcLibrary(
  source: ByteSource,
  { header, encoding }: Extract<Verified, { kind: "fits" }>,
  host: DlopenHost,
  release: Release | undefined,
  identity: Identity,
): GlibcLibrary {
  const { machine, bits } = host;
  const programs = readRawPrograms(source, encoding, header, PROGRAM_HEADER[bits].size);
  const verdict = checkSegments({ programs, type: header.type, machine, bits, release });
  if (verdict.kind === "refused")
    return ended({ outcome: "refused", check: verdict.check, text: verdict.text, cause: verdict.cause });
  if (verdict.kind === "doubt") return { faults: [], doubt: verdict.doubt, needs: [], isa: 0 };
  const needs: string[] = [];
  if (verdict.pageSize !== undefined) needs.push(`memory pages of at most ${verdict.pageSize / 1024n} KiB`);

  const { machineFlags } = header;
  const mapped = new MappedFile(source, { encoding, machine, type: ET_DYN, machineFlags, programs });
  const cleared = clearedBeyondEnd(programs, mapped, false);
  if (cleared !== undefined)
    return ended(
      truncated(
        `the segment at 0x${cleared.offset.toString(16)} ends behind the file's ${source.size} bytes`,
      ),
    );
  const read = readLibrary(mapped, identity);
  if ("fault" in read) return ended(read.fault);
  const { library } = read;
  if ((library.elf.flags1 & DF_1_PIE) !== 0n)
    return ended({
      outcome: "refused",
      check: "executable",
      text: GLIBC.pie,
      cause: "it is a program (DF_1_PIE), not a library",
    });
  const faults: Fault[] = [];
  if ((library.elf.flags1 & DF_1_NOOPEN) !== 0n)
    faults.push({
      outcome: "refused",
      check: "no-dlopen",
      text: GLIBC.noOpen,
      cause: "its linker was told that nobody may dlopen it (-z nodlopen, DF_1_NOOPEN)",
    });
  if (asksForExecutableStack(programs, machine) && !host.executableStack) {
    const ofStatic = stackOfStatic(host, release);
    if (ofStatic !== undefined && "doubt" in ofStatic)
      return { faults, doubt: ofStatic.doubt, needs, isa: 0 };
    if (ofStatic !== undefined) faults.push(ofStatic);
    else if (release === undefined) needs.push("glibc < 2.41, since it asks for an executable stack");
    else if (isAtLeast(release, 2, 41))
      faults.push(executableStack(programs.some(({ type }) => type === PT_GNU_STACK)));
  }
  return { faults, library, needs, isa: isaLevelOf(library.elf) };
}

/** Seen with it: how stacks are to be made is noted where the program has made its data read-only (elf/dl-load.c, __stack_prot). */
const WRITES_TO_READ_ONLY = "2.36";

/** Undefined where a static program is none, or takes it as others do. */
function stackOfStatic(
  host: DlopenHost,
  release: Release | undefined,
): Fault | { readonly doubt: string } | undefined {
  if (staticGlibcOf(host) === undefined || (release !== undefined && isAtLeast(release, 2, 41)))
    return undefined;
  const cause = "it asks for an executable stack, and the host is a static program";
  if (release?.join(".") !== WRITES_TO_READ_ONLY)
    return { doubt: `${cause}: what its glibc makes of that is not known` };
  if (!host.protectsData) return undefined;
  return {
    outcome: "crash",
    check: "executable-stack",
    text: null,
    cause: `${cause}: its glibc writes to data of its own that are read-only`,
  };
}

function executableStack(said: boolean): Fault {
  return {
    outcome: "refused",
    check: "executable-stack",
    text: GLIBC.executableStack,
    errno: ERRNO.invalid,
    cause: said
      ? "its PT_GNU_STACK asks for an executable stack, which glibc no longer makes from 2.41 on"
      : "it has no PT_GNU_STACK, which asks for an executable stack, and glibc no longer makes one from 2.41 on",
  };
}

function ended(fault: Fault): GlibcLibrary {
  return { faults: [fault], needs: [], isa: 0 };
}
