import { DF_1_NOOPEN, DF_1_PIE, ET_DYN, PT_GNU_STACK } from "../../object/elf/constants.ts";
import { PROGRAM_HEADER } from "../../object/elf/layout.ts";
import type { ByteSource } from "../../object/image.ts";
import { filled } from "../message-form.ts";
import { unknown, type Unsure } from "../step.ts";
import { GLIBC } from "./messages.ts";
import type { Verified } from "./header-checks.ts";
import { asksForExecutableStack, staticGlibcOf, type DlopenHost } from "../elf/host.ts";
import { isaLevelOf } from "../elf/isa-level.ts";
import { isLibcAtLeast, type Release } from "../elf/libc-release.ts";
import { truncated, type Fault } from "../elf/fault.ts";
import { readLibrary, type Library } from "../elf/library.ts";
import type { Identity } from "../elf/loaded-object.ts";
import { MappedFile } from "../elf/mapped-file.ts";
import { readRawPrograms } from "../elf/raw-header.ts";
import { clearedBeyondEnd } from "../elf/odd-segments.ts";
import { checkSegments } from "./segment-checks.ts";

/** A file after _dl_map_object_from_fd of glibc (elf/dl-load.c). */
export interface GlibcLibrary {
  /** In glibc's order. Without `library`, the last one is where glibc stops. */
  readonly faults: readonly Fault[];
  /** What is unknown after them. */
  readonly unsure?: Unsure | undefined;
  /** Undefined if glibc stops, or what it does is unknown from here on. */
  readonly library?: Library | undefined;
  /** What must hold on the target, since that is unknown. */
  readonly needs: readonly string[];
}

/** @param release of the target's glibc; undefined if it is unknown. @throws FormatError */
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
  if (verdict.kind === "unknown") return { faults: [], unsure: verdict, needs: [] };
  const needs: string[] = [];
  if (verdict.pageSize !== undefined) needs.push(`memory pages of at most ${verdict.pageSize / 1024n} KiB`);

  const { machineFlags } = header;
  const mapped = new MappedFile(source, { encoding, machine, type: ET_DYN, machineFlags, programs });
  const cleared = clearedBeyondEnd(programs, mapped, false);
  if (cleared !== undefined)
    return ended(
      truncated(`the segment at 0x${cleared.offset.toString(16)} ends past the file's ${source.size} bytes`),
    );
  const read = readLibrary(mapped, identity, "gnu");
  if ("fault" in read) return ended(read.fault);
  const { library } = read;
  if ((library.elf.flags1 & DF_1_PIE) !== 0n)
    return ended({
      outcome: "refused",
      check: "executable",
      text: GLIBC.pie.words,
      cause: "The file is an executable (DF_1_PIE), not a library.",
    });
  const faults: Fault[] = [];
  if ((library.elf.flags1 & DF_1_NOOPEN) !== 0n)
    faults.push({
      outcome: "refused",
      check: "no-dlopen",
      text: GLIBC.noOpen.words,
      cause: "The file was linked with -z nodlopen (DF_1_NOOPEN).",
    });
  let unsure: Unsure | undefined;
  if (asksForExecutableStack(programs, machine) && !host.executableStack) {
    const ofStatic = stackOfStatic(host, release);
    // A host that survives it goes on with the file like any other.
    if (ofStatic !== undefined && "kind" in ofStatic) unsure = ofStatic;
    else if (ofStatic !== undefined) faults.push(ofStatic);
    else if (release === undefined) needs.push("glibc < 2.41, since it asks for an executable stack");
    else if (isLibcAtLeast(release, 2, 41))
      faults.push(executableStack(programs.some(({ type }) => type === PT_GNU_STACK)));
  }
  return { faults, unsure, library: { ...library, isa: isaLevelOf(library.elf) }, needs };
}

/** Seen with it: glibc writes the protection of stacks into data that the program has made read-only (elf/dl-load.c, __stack_prot). */
const WRITES_TO_READ_ONLY = "2.36";

/** Undefined if the host is not static, or behaves like others. */
function stackOfStatic(host: DlopenHost, release: Release | undefined): Fault | Unsure | undefined {
  if (staticGlibcOf(host) === undefined || (release !== undefined && isLibcAtLeast(release, 2, 41)))
    return undefined;
  const cause = "The file asks for an executable stack, and the host is a static executable";
  if (release?.join(".") !== WRITES_TO_READ_ONLY)
    return unknown(`${cause}: what its glibc does then is unknown.`);
  if (!host.protectsData) return undefined;
  return {
    outcome: "crash",
    check: "executable-stack",
    text: null,
    cause: `${cause}: its glibc writes to its own read-only data.`,
  };
}

function executableStack(said: boolean): Fault {
  return {
    outcome: "refused",
    check: "executable-stack",
    text: filled(GLIBC.executableStack, { reason: "Invalid argument" }),
    cause: said
      ? "Its PT_GNU_STACK asks for an executable stack, which glibc 2.41 and later no longer allow."
      : "It has no PT_GNU_STACK, which counts as asking for an executable stack; glibc 2.41 and later no longer allow one.",
  };
}

function ended(fault: Fault): GlibcLibrary {
  return { faults: [fault], needs: [] };
}
