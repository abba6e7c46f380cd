import { DF_SYMBOLIC, DT_RELR, DT_SYMBOLIC } from "../../object/elf/constants.ts";
import { ElfFile } from "../../object/elf/file.ts";
import { checkDynamic } from "./dynamic-checks.ts";
import { foreignTables } from "./foreign-tables.ts";
import { unknown, type Step, type Unsure } from "../step.ts";
import { truncated, type Fault } from "./fault.ts";
import { hasFilters, readLoadedObject } from "./loaded-object.ts";
import type { Identity, LoadedObject } from "./loaded-object.ts";
import { MissingPageError, type MappedFile } from "./mapped-file.ts";
import { Memory } from "./memory.ts";
import { referencesOf, type Reference } from "./reference.ts";
import { hasPackedConstructors, strayConstructor } from "./stray.ts";

/** A file that a loader has mapped, with everything that the rest of its work depends on. */
export interface Library {
  readonly object: LoadedObject;
  /** In the loader's order; of glibc only those that may be a problem (`referencesOf`). */
  readonly references: readonly Reference[];
  /** DT_SYMBOLIC: its own symbols come first. */
  readonly symbolic: boolean;
  /** DT_FILTER or DT_AUXILIARY, which are not followed. */
  readonly filters: boolean;
  readonly hasRelr: boolean;
  /** GNU_PROPERTY_X86_ISA_1_NEEDED, read while the file is open; 0 for musl, which does not check it. */
  readonly isa: number;
  /** DT_RELR relocates DT_INIT_ARRAY, the addresses of functions that are called right away. */
  readonly constructorsByRelr: boolean;
  /** What happens when its constructors are called, if they are not code. */
  readonly stray: Step | undefined;
  /** What of its relocations is not applied, or may not be; undefined if all are. */
  readonly unapplied: Unsure | undefined;
  readonly elf: ElfFile;
}

/** The file as a loader reads it, or the first thing wrong with it. */
export type Read = { readonly library: Library } | { readonly fault: Fault };

/**
 * The dynamic section and everything it points to.
 * @param libc whose loader reads it.
 * @throws FormatError if a table is malformed, other than cut off
 */
export function readLibrary(mapped: MappedFile, identity: Identity, libc: "gnu" | "musl"): Read {
  try {
    const { refused, ignored, unapplied } = foreignTables(new ElfFile(mapped), libc);
    if (refused !== undefined) return { fault: refused };
    const elf = new ElfFile(mapped, ignored);
    const memory = new Memory(elf, mapped);
    const tags = new Map(elf.dynamic.map(({ tag, value }) => [tag, value]));
    const library: Library = {
      object: readLoadedObject(elf, identity),
      references: referencesOf(elf, memory, libc),
      symbolic: tags.has(DT_SYMBOLIC) || (elf.flags & DF_SYMBOLIC) !== 0n,
      filters: hasFilters(elf),
      hasRelr: tags.has(DT_RELR),
      isa: 0,
      constructorsByRelr: hasPackedConstructors(elf),
      stray: strayConstructor(elf, memory, identity.name),
      unapplied: unapplied === undefined ? undefined : unknown(`${identity.name} ${unapplied}`),
      elf,
    };
    checkDynamic(elf, mapped.origin);
    return { library };
  } catch (error) {
    if (!(error instanceof MissingPageError)) throw error;
    return { fault: truncated(error.message) };
  }
}
