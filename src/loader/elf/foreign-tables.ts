import {
  DT_AARCH64_AUTH_RELR,
  DT_ANDROID_REL,
  DT_ANDROID_RELA,
  DT_ANDROID_RELR,
  DT_PLTREL,
  DT_REL,
  DT_RELA,
  DT_RELASZ,
  DT_RELSZ,
  EM_386,
  EM_AARCH64,
  EM_ARM,
  EM_LOONGARCH,
  EM_PPC,
  EM_PPC64,
  EM_RISCV,
  EM_S390,
  EM_X86_64,
} from "../../object/elf/constants.ts";
import type { ElfFile } from "../../object/elf/file.ts";
import type { IgnoredTables } from "../../object/elf/relocation.ts";
import type { Fault } from "./fault.ts";

/** Machines whose glibc knows only relocations with addends (sysdeps/<machine>/dl-machine.h: ELF_MACHINE_NO_REL). */
const ONLY_RELA = new Set([EM_X86_64, EM_AARCH64, EM_PPC, EM_PPC64, EM_S390, EM_RISCV, EM_LOONGARCH]);
/** Machines whose glibc itself writes only those without, and may or may not read others (ELF_MACHINE_NO_RELA). */
const MAINLY_REL = new Set([EM_386, EM_ARM]);

/** Tables of other systems, by the tags of their addresses. */
const VENDOR: readonly (readonly [tag: bigint, name: string])[] = [
  [DT_ANDROID_REL, "DT_ANDROID_REL"],
  [DT_ANDROID_RELA, "DT_ANDROID_RELA"],
  [DT_ANDROID_RELR, "DT_ANDROID_RELR"],
];

export interface ForeignTables {
  /** Set if the loader ends the process for them. */
  readonly refused: Fault | undefined;
  /** Tags of tables that the loader passes over. */
  readonly ignored: IgnoredTables;
  /** What that leaves open, after the file's name; undefined if it has no such table. */
  readonly unapplied: string | undefined;
}

/**
 * Relocation tables in a form that the loader does not know. It does not say so: what they would fill stays as the linker left it.
 * Musl reads both DT_REL and DT_RELA on every machine (ldso/dynlink.c, reloc_all).
 */
export function foreignTables(file: ElfFile, libc: "gnu" | "musl"): ForeignTables {
  const tags = new Map(file.dynamic.map(({ tag, value }) => [tag, value]));
  const ignored = new Set<bigint>(VENDOR.map(([tag]) => tag));
  const found = VENDOR.filter(([tag]) => tags.has(tag)).map(([, name]) => name);
  if (file.machine === EM_AARCH64 && tags.has(DT_AARCH64_AUTH_RELR)) found.push("DT_AARCH64_AUTH_RELR");
  let refused: Fault | undefined;
  let open: string | undefined;
  if (libc === "gnu") {
    if (ONLY_RELA.has(file.machine)) {
      ignored.add(DT_REL);
      if (tags.has(DT_REL) && tags.get(DT_RELSZ) !== 0n) found.unshift("DT_REL");
      refused = refusedKind(tags.get(DT_PLTREL));
    } else if (MAINLY_REL.has(file.machine) && tags.has(DT_RELA) && tags.get(DT_RELASZ) !== 0n) {
      open = "has relocations in DT_RELA: whether this machine's loader applies them is unknown.";
    }
  }
  if (found.length > 0)
    open = `has relocations in a form that this loader passes over (${found.join(", ")}): whether its code survives that is unknown.`;
  return { refused, ignored, unapplied: open };
}

/** elf/get-dynamic-info.h, elf_get_dynamic_info: an assertion. */
function refusedKind(kind: bigint | undefined): Fault | undefined {
  if (kind === undefined || kind === DT_RELA) return undefined;
  return {
    outcome: "crash",
    check: "relocation-type",
    text: null,
    cause: `The file's DT_PLTREL is ${kind === DT_REL ? "DT_REL" : kind}, and this machine's glibc knows only DT_RELA: it ends the process with a failed assertion.`,
  };
}
