import { readLinking } from "../evidence/linking.ts";
import type { CarrierNames } from "../manifest/carrier-names.ts";
import type { ElfFile } from "../object/elf/file.ts";
import { FormatError } from "../object/format-error.ts";
import { Image, type ByteSource } from "../object/image.ts";
import type { MachoFile } from "../object/macho/file.ts";
import type { ObjectSymbol, Section } from "../object/object-file.ts";
import { openObject } from "../object/open.ts";
import { artifactOf, type Artifact } from "./artifact.ts";
import { unreadable, type Unreadable } from "./unreadable.ts";

/** What one slice is made of, beyond what comparing it needs. */
export interface Anatomy {
  readonly arch: string;
  /** What could not be read of it, a sentence each; the part is then empty. */
  readonly problems: readonly string[];
  readonly neededLibraries: readonly string[];
  /** Symbols defined for others. */
  readonly exportedSymbols: readonly ObjectSymbol[];
  readonly sections: readonly Section[];
  /** ELF build id or Mach-O UUID, lower-case hex. */
  readonly buildId: string | null;
  /** Whether the static symbols are gone; null where the file does not tell. */
  readonly stripped: boolean | null;
}

/** A plugin and what it is made of; no anatomy where it cannot be read. */
export interface Dissected {
  readonly file: Artifact | Unreadable;
  /** One a slice. */
  readonly anatomy: readonly Anatomy[];
}

/** Reads a plugin and takes it apart in one go. */
export function readAnatomy(path: string, names: CarrierNames): Dissected {
  let image: Image | undefined;
  try {
    image = Image.open(path);
    return anatomyOf(path, image, names);
  } catch (error) {
    return { file: unreadable(path, image?.size ?? null, error), anatomy: [] };
  } finally {
    image?.close();
  }
}

/** The same for a file that is open already. @throws FormatError */
export function anatomyOf(path: string, source: ByteSource, names: CarrierNames): Dissected {
  const file = artifactOf(path, source, names, "plugin");
  return { file, anatomy: openObject(source).slices.map(({ object }) => dissect(object)) };
}

function dissect(object: ElfFile | MachoFile): Anatomy {
  const problems: string[] = [];
  const part = <T>(name: string, fallback: T, read: () => T): T => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      problems.push(`${name} cannot be read: ${error.message}`);
      return fallback;
    }
  };
  const { libraries, buildId, stripped } = readLinking(object);
  if (!libraries.known) problems.push(`linked libraries cannot be read: ${libraries.why}`);
  return {
    arch: object.arch,
    neededLibraries: libraries.known ? libraries.value : [],
    exportedSymbols: part("exported symbols", [], () =>
      object.dynamicSymbols.filter(({ defined, binding }) => defined && binding !== "local"),
    ),
    sections: part("sections", [], () => object.sections),
    buildId: buildId.known ? buildId.value : null,
    stripped: stripped.known ? stripped.value : null,
    problems,
  };
}
