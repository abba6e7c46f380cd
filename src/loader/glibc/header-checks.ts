import { Encoding } from "../../object/elf/encoding.ts";
import {
  EI_ABIVERSION,
  EI_CLASS,
  EI_DATA,
  EI_OSABI,
  EI_PAD,
  EI_VERSION,
  ELFCLASS32,
  ELFCLASS64,
  ELFDATA2LSB,
  ELFDATA2MSB,
  ELFMAG,
  ELFOSABI_GNU,
  ELFOSABI_NONE,
  EM_386,
  EM_AARCH64,
  EM_S390,
  EM_X86_64,
  ET_DYN,
  ET_EXEC,
  EV_CURRENT,
} from "../../object/elf/constants.ts";
import { PROGRAM_HEADER } from "../../object/elf/layout.ts";
import type { ByteSource } from "../../object/image.ts";
import type { DlopenCheck } from "../check.ts";
import { filled } from "../message-form.ts";
import { unknownFromHere, type Unsure } from "../step.ts";
import { GLIBC } from "./messages.ts";
import type { DlopenHost } from "../elf/host.ts";
import type { Glibc } from "../elf/libc-release.ts";
import { holdsPrograms, LAST_OFFSET, readRawHeader, type RawHeader } from "../elf/raw-header.ts";

/** What glibc answers for a file's header (elf/dl-load.c, open_verify). */
export type Verified =
  | { readonly kind: "fits"; readonly header: RawHeader; readonly encoding: Encoding }
  /** Skipped as if it did not exist: built for a different machine, or in the other class. */
  | { readonly kind: "passed-over"; readonly check: "class" | "machine"; readonly header: RawHeader }
  | {
      readonly kind: "refused";
      readonly check: DlopenCheck;
      /** Null if it depends on which glibc it is, and that is unknown. */
      readonly text: string | null;
      readonly cause: string;
    }
  | Unsure;

/** Machines whose own test looks only at e_machine (sysdeps/<machine>/dl-machine.h, elf_machine_matches_host). */
const PLAIN_MACHINES = new Set([EM_386, EM_X86_64, EM_AARCH64, EM_S390]);
/** LIBC_ABI_MAX grows with the release (sysdeps/unix/sysv/linux/…/ldsodefs.h): 3 and less are valid in all of the last ten years. */
const ABI_VERSIONS = 4;

export function verifyHeader(source: ByteSource, host: DlopenHost, { machineFirst }: Glibc): Verified {
  const encoding = new Encoding(host.bits, host.endian);
  const header = readRawHeader(source, encoding);
  if (header === undefined)
    return refused(
      GLIBC.tooShort,
      `The file has ${source.size} bytes, which is too short for an ELF header.`,
    );
  return (
    verifyIdent(header, host, machineFirst) ??
    verifyRest(source, header, host) ?? { kind: "fits", header, encoding }
  );
}

/** e_ident, in the order of open_verify. */
function verifyIdent(
  header: RawHeader,
  { bits, endian, machine }: DlopenHost,
  machineFirst: boolean | undefined,
): Verified | undefined {
  const { ident } = header;
  const at = (index: number): number => ident[index] ?? 0;
  if (ident.readUInt32BE(0) !== ELFMAG)
    return refused(GLIBC.magic, "The file does not start with the ELF magic number.");
  if (at(EI_CLASS) !== (bits === 32 ? ELFCLASS32 : ELFCLASS64))
    return { kind: "passed-over", check: "class", header };
  const fault = identFault(at, ident, endian);
  if (fault === undefined || header.machine === machine || machineFirst === false) return fault;
  return machineFirst === true ? { kind: "passed-over", check: "machine", header } : { ...fault, text: null };
}

function identFault(
  at: (index: number) => number,
  ident: Buffer,
  endian: "little" | "big",
): Refused | undefined {
  if (at(EI_DATA) !== (endian === "little" ? ELFDATA2LSB : ELFDATA2MSB))
    return refused(
      GLIBC.byteOrder,
      "The file is built for the other byte order.",
      filled(GLIBC.byteOrder, { order: endian }),
    );
  if (at(EI_VERSION) !== EV_CURRENT)
    return refused(GLIBC.identVersion, `EI_VERSION is ${at(EI_VERSION)}, not 1.`);
  const [osAbi, abiVersion] = [at(EI_OSABI), at(EI_ABIVERSION)];
  if (osAbi !== ELFOSABI_NONE && osAbi !== ELFOSABI_GNU)
    return refused(GLIBC.osAbi, `The file is built for a different system (EI_OSABI ${osAbi}).`);
  if (abiVersion !== 0 && (osAbi !== ELFOSABI_GNU || abiVersion >= ABI_VERSIONS))
    return refused(GLIBC.abiVersion, `EI_ABIVERSION is ${abiVersion}.`);
  return ident.subarray(EI_PAD).some((byte) => byte !== 0)
    ? refused(GLIBC.padding, "The unused bytes of e_ident are not zero.")
    : undefined;
}

function verifyRest(source: ByteSource, header: RawHeader, host: DlopenHost): Verified | undefined {
  const { version, machine, machineFlags, type, programSize, programCount, programsAt } = header;
  if (version !== EV_CURRENT) return refused(GLIBC.version, `e_version is ${version}, not 1.`);
  if (machine !== host.machine) return { kind: "passed-over", check: "machine", header };
  if (!PLAIN_MACHINES.has(machine) && machineFlags !== host.machineFlags) {
    return unknownFromHere(
      `Whether the file fits the machine is unknown: its e_flags are 0x${machineFlags.toString(16)}, the host's 0x${host.machineFlags.toString(16)}.`,
    );
  }
  if (type !== ET_DYN && type !== ET_EXEC)
    return refused(GLIBC.fileType, `The file is not a linked shared library (e_type ${type}).`);
  const { size } = PROGRAM_HEADER[host.bits];
  if (programSize !== size) return refused(GLIBC.programSize, `e_phentsize is ${programSize}, not ${size}.`);
  if (holdsPrograms(source, header, size * programCount)) return undefined;
  const cause = `The program headers at 0x${programsAt.toString(16)} extend past the end of the file.`;
  if (programsAt + BigInt(size * programCount) >= 2n ** BigInt(host.bits))
    return unknownFromHere(`${cause} What the loader does when their end overflows is unknown.`);
  return refused(programsAt >= LAST_OFFSET ? GLIBC.cannotSeek : GLIBC.cannotRead, cause);
}

type Refused = Extract<Verified, { kind: "refused" }>;

function refused(
  { check, words }: { readonly check: DlopenCheck; readonly words: string },
  cause: string,
  text = words,
): Refused {
  return { kind: "refused", check, text, cause };
}
