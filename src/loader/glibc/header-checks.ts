import { Encoding } from "../../object/elf/encoding.ts";
import { EM_AARCH64, EM_386, EM_S390, EM_X86_64, ET_DYN, ET_EXEC } from "../../object/elf/constants.ts";
import { PROGRAM_HEADER } from "../../object/elf/layout.ts";
import type { ByteSource } from "../../object/image.ts";
import type { DlopenCheck } from "../check.ts";
import { ERRNO, GLIBC } from "./messages.ts";
import type { DlopenHost } from "../elf/host.ts";
import type { Glibc } from "../elf/libc-release.ts";
import { holdsPrograms, LAST_OFFSET, readRawHeader, type RawHeader } from "../elf/raw-header.ts";

/** What glibc makes of a file's header (elf/dl-load.c, open_verify). */
export type Verified =
  | { readonly kind: "fits"; readonly header: RawHeader; readonly encoding: Encoding }
  /** Passed over as if it were not there: built for another machine, or in the other class. */
  | { readonly kind: "passed-over"; readonly check: "class" | "machine"; readonly header: RawHeader }
  | {
      readonly kind: "refused";
      readonly check: DlopenCheck;
      /** Null where it depends on a glibc that is not known. */
      readonly text: string | null;
      readonly errno?: string;
      readonly cause: string;
    }
  | { readonly kind: "doubt"; readonly doubt: string };

/** Machines whose own test asks for nothing but e_machine (sysdeps/<machine>/dl-machine.h, elf_machine_matches_host). */
const PLAIN_MACHINES = new Set([EM_386, EM_X86_64, EM_AARCH64, EM_S390]);
/** LIBC_ABI_MAX grows with the release (sysdeps/unix/sysv/linux/…/ldsodefs.h): 3 and less are valid in all of the last ten years. */
const ABI_VERSIONS = 4;
const EI_PAD = 9;
const MAGIC = 0x7f454c46;

export function verifyHeader(source: ByteSource, host: DlopenHost, { machineFirst }: Glibc): Verified {
  const encoding = new Encoding(host.bits, host.endian);
  const header = readRawHeader(source, encoding);
  if (header === undefined)
    return refused("too-short", GLIBC.tooShort, `the file has ${source.size} bytes and no whole ELF header`);
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
  if (ident.readUInt32BE(0) !== MAGIC)
    return refused("magic", GLIBC.magic, "the file does not begin as ELF files do");
  if (at(4) !== bits / 32) return { kind: "passed-over", check: "class", header };
  const fault = identFault(at, ident, endian);
  if (fault === undefined || header.machine === machine || machineFirst === false) return fault;
  return machineFirst === true ? { kind: "passed-over", check: "machine", header } : { ...fault, text: null };
}

function identFault(
  at: (index: number) => number,
  ident: Buffer,
  endian: "little" | "big",
): Refused | undefined {
  if (at(5) !== (endian === "little" ? 1 : 2))
    return refused("byte-order", GLIBC.byteOrder(endian), "the file is built for the other byte order");
  if (at(6) !== 1) return refused("header-version", GLIBC.identVersion, `EI_VERSION is ${at(6)}, not 1`);
  if (at(7) !== 0 && at(7) !== 3)
    return refused("os-abi", GLIBC.osAbi, `EI_OSABI is ${at(7)}: the file is built for another system`);
  if (at(8) !== 0 && (at(7) !== 3 || at(8) >= ABI_VERSIONS))
    return refused("abi-version", GLIBC.abiVersion, `EI_ABIVERSION is ${at(8)}`);
  return ident.subarray(EI_PAD).some((byte) => byte !== 0)
    ? refused("header-padding", GLIBC.padding, "the unused bytes of e_ident are not zero")
    : undefined;
}

function verifyRest(source: ByteSource, header: RawHeader, host: DlopenHost): Verified | undefined {
  const { version, machine, machineFlags, type, programSize, programCount, programsAt } = header;
  if (version !== 1) return refused("header-version", GLIBC.version, `e_version is ${version}, not 1`);
  if (machine !== host.machine) return { kind: "passed-over", check: "machine", header };
  if (!PLAIN_MACHINES.has(machine) && machineFlags !== host.machineFlags) {
    const doubt = `e_flags 0x${machineFlags.toString(16)} differs from the host's 0x${host.machineFlags.toString(16)}, and what the loader makes of that is not known here`;
    return { kind: "doubt", doubt };
  }
  if (type !== ET_DYN && type !== ET_EXEC)
    return refused("file-type", GLIBC.fileType, `e_type is ${type}: the file is no linked library`);
  const { size } = PROGRAM_HEADER[host.bits];
  if (programSize !== size)
    return refused("program-headers", GLIBC.programSize, `e_phentsize is ${programSize}, not ${size}`);
  if (holdsPrograms(source, header, size * programCount)) return undefined;
  const cause = `the program headers at 0x${programsAt.toString(16)} reach beyond the end of the file`;
  if (programsAt + BigInt(size * programCount) >= 2n ** BigInt(host.bits))
    return { kind: "doubt", doubt: `${cause} and of all addresses` };
  return programsAt >= LAST_OFFSET
    ? { ...refused("program-headers", GLIBC.cannotRead, cause), errno: ERRNO.invalid }
    : refused("program-headers", GLIBC.cannotRead, cause);
}

type Refused = Extract<Verified, { kind: "refused" }>;

function refused(check: DlopenCheck, text: string, cause: string): Refused {
  return { kind: "refused", check, text, cause };
}
