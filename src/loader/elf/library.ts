import { DF_SYMBOLIC, DT_RELR, DT_SYMBOLIC } from "../../object/elf/constants.ts";
import { ElfFile } from "../../object/elf/file.ts";
import { checkDynamic } from "./dynamic-checks.ts";
import { truncated, type Fault } from "./fault.ts";
import { hasFilters, readLoadedObject } from "./loaded-object.ts";
import type { Identity, LoadedObject } from "./loaded-object.ts";
import { MissingPageError, type MappedFile } from "./mapped-file.ts";
import { Memory } from "./memory.ts";
import { referencesOf, type Reference } from "./reference.ts";
import type { Step } from "./step.ts";
import { hasPackedConstructors, strayConstructor } from "./stray.ts";

/** A file that a loader has mapped, and all that the rest of its work goes by. */
export interface Library {
  readonly object: LoadedObject;
  /** In the loader's order. */
  readonly references: readonly Reference[];
  /** DT_SYMBOLIC: it looks into itself first. */
  readonly symbolic: boolean;
  /** DT_FILTER or DT_AUXILIARY, which are not followed here. */
  readonly filters: boolean;
  readonly hasRelr: boolean;
  /** DT_RELR holds relocations for DT_INIT_ARRAY, the addresses of functions that are called at once. */
  readonly constructorsByRelr: boolean;
  /** What comes of its constructors, where they are none. */
  readonly stray: Step | undefined;
  readonly elf: ElfFile;
}

/** The first thing that a loader stumbles over while it reads, or the file as it goes on with it. */
export type Read = { readonly library: Library } | { readonly fault: Fault };

/** The dynamic section and all it leads to. @throws FormatError where a table is broken otherwise than by being cut off */
export function readLibrary(mapped: MappedFile, identity: Identity): Read {
  try {
    const elf = new ElfFile(mapped);
    const memory = new Memory(elf, mapped);
    const tags = new Map(elf.dynamic.map(({ tag, value }) => [tag, value]));
    const library: Library = {
      object: readLoadedObject(elf, identity),
      references: referencesOf(elf, memory),
      symbolic: tags.has(DT_SYMBOLIC) || (elf.flags & DF_SYMBOLIC) !== 0n,
      filters: hasFilters(elf),
      hasRelr: tags.has(DT_RELR),
      constructorsByRelr: hasPackedConstructors(elf),
      stray: strayConstructor(elf, memory, identity.name),
      elf,
    };
    checkDynamic(elf, mapped.origin);
    return { library };
  } catch (error) {
    if (!(error instanceof MissingPageError)) throw error;
    return { fault: truncated(error.message) };
  }
}
