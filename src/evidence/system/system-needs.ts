import type { AnyObject } from "../../object/any-object.ts";
import type { ElfFile } from "../../object/elf/file.ts";
import type { MachoFile } from "../../object/macho/file.ts";
import { known, unknown, type Fact } from "../fact.ts";
import { guarded } from "../guarded.ts";
import { systemNote } from "./system-note.ts";
import { compareVersions, versionFloors, type VersionFloor } from "./version-floor.ts";

/** What a system must offer at the least. Beside RealTarget, whose parts must match, these may be exceeded. */
export interface SystemNeeds {
  readonly byteOrder: "little" | "big";
  /** e_ident[EI_OSABI]: 0 is System V, 3 GNU; null in Mach-O. */
  readonly osAbi: number | null;
  /** Of macOS "13.0", of Linux the kernel's "3.2.0", of Android the API level "24". */
  readonly minimumOs: Fact<string>;
  /** What Apple's linkers were told to build for: "macOS", "Mac Catalyst", "iOS Simulator". */
  readonly platform: Fact<string>;
  /** Version of Apple's SDK it was built with. */
  readonly sdk: Fact<string>;
  /** The highest version it needs of the GNU C library: "2.34". */
  readonly glibc: Fact<string>;
}

export function readSystemNeeds(object: AnyObject): SystemNeeds {
  const { endian: byteOrder } = object;
  switch (object.format) {
    case "elf":
      return { byteOrder, osAbi: object.osAbi, ...needsOfElf(object) };
    case "macho":
      return { byteOrder, osAbi: null, ...needsOfMacho(object) };
  }
}

type FormatNeeds = Omit<SystemNeeds, "byteOrder" | "osAbi">;

function needsOfElf(file: ElfFile): FormatNeeds {
  const apple = unknown("only Mach-O files record it");
  return {
    minimumOs: guarded(() => minimumOfElf(file)),
    platform: apple,
    sdk: apple,
    glibc: guarded(() => glibcOf(file)),
  };
}

function needsOfMacho({ buildVersion }: MachoFile): FormatNeeds {
  const glibc = unknown("it is not an ELF file");
  if (buildVersion === undefined) {
    const why = unknown("no LC_BUILD_VERSION or LC_VERSION_MIN command");
    return { minimumOs: why, platform: why, sdk: why, glibc };
  }
  const { platformName, minos, sdk, command } = buildVersion;
  return {
    minimumOs: known(minos, command),
    platform: known(platformName, command),
    sdk: sdk === undefined ? unknown(`${command} names no SDK`) : known(sdk, command),
    glibc,
  };
}

function minimumOfElf(file: ElfFile): Fact<string> {
  const note = systemNote(file);
  return note?.minimum === undefined
    ? unknown("it has no note that says so")
    : known(note.minimum, note.from);
}

function glibcOf(file: ElfFile): Fact<string> {
  const versions = versionFloors(file)
    .filter(
      (floor): floor is VersionFloor & { readonly version: string } =>
        floor.prefix === "GLIBC" && floor.version !== undefined,
    )
    .map(({ version }) => version);
  const [highest] = versions.sort(compareVersions).reverse();
  return highest === undefined
    ? unknown("it needs no versioned symbol of the GNU C library")
    : known(highest, "version needs");
}
