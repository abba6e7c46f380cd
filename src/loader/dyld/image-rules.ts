import { fileTypes } from "../../object/macho/header.ts";
import { loadCommandKinds as lc } from "../../object/macho/load-command-kind.ts";
import { sdkEpoch, type Built } from "./platform.ts";
import type { RawCommand, RawImage } from "./raw-image.ts";
import type { Verdict } from "./verdict.ts";

/** From when on dyld insists (mach_o/Policy.cpp); see `sdkEpoch`. */
const since = { uuid: 20215, uuidOfExecutable: 20255, linkedLibrary: 20250, duplicates: 20255 } as const;

/** dyld compares only so many names with one another. */
const mostLibraries = 256;
const mostRpaths = 64;

const libraryCommands = new Set<number>([
  lc.LC_LOAD_DYLIB,
  lc.LC_LOAD_WEAK_DYLIB,
  lc.LC_REEXPORT_DYLIB,
  lc.LC_LOAD_UPWARD_DYLIB,
]);

/**
 * What dyld asks of an image's load commands together: its UUID, its own name, what it links and where that is looked
 * for (mach_o/UnsafeHeader.cpp: validSemanticsUUID, InstallName, LinkedDylibs, RPath), in dyld's order.
 */
export function checkImageRules(
  image: RawImage,
  commands: readonly RawCommand[],
  built: Built,
  verdict: Verdict,
): void {
  const refuse = (text: string, cause: string) => {
    verdict.refuse({ check: "load-command", text, cause });
  };
  const epoch = sdkEpoch(built) ?? 0;
  const of = (cmd: number) => commands.filter((one) => one.cmd === cmd);
  const uuids = of(lc.LC_UUID).length;
  if (uuids > 1) refuse("too many LC_UUID load commands", "It has more than one LC_UUID.");
  const uuidSince = image.fileType === fileTypes.execute ? since.uuidOfExecutable : since.uuid;
  if (uuids === 0 && epoch >= uuidSince) {
    refuse(
      "missing LC_UUID load command",
      "It has no LC_UUID, which dyld asks of images for macOS 12 and later.",
    );
  }
  checkInstallName(image, of(lc.LC_ID_DYLIB), refuse);
  const libraries = commands.filter(({ cmd }) => libraryCommands.has(cmd)).map(stringOf);
  const twice = epoch >= since.duplicates ? duplicate(libraries, mostLibraries) : undefined;
  if (twice !== undefined) refuse(`duplicate linked dylib '${twice}'`, `It links ${twice} twice.`);
  const isSystem = of(lc.LC_ID_DYLIB).some((command) => stringOf(command).startsWith("/usr/lib/system/"));
  if (libraries.length === 0 && epoch >= since.linkedLibrary && !isSystem) {
    const text = "missing LC_LOAD_DYLIB (must link with at least libSystem.dylib)";
    refuse(
      text,
      "It links no library, not even libSystem, which dyld asks of images for macOS 15.4 and later.",
    );
  }
  const rpaths = of(lc.LC_RPATH).map(stringOf);
  const sameRpath = epoch >= since.duplicates ? duplicate(rpaths, mostRpaths) : undefined;
  if (sameRpath !== undefined) {
    refuse(`duplicate LC_RPATH '${sameRpath}'`, `It has the LC_RPATH ${sameRpath} twice.`);
  }
}

function checkInstallName(
  { fileType }: RawImage,
  ids: readonly RawCommand[],
  refuse: (text: string, cause: string) => void,
): void {
  if (ids.length > 1) refuse("multiple LC_ID_DYLIB found", "It has more than one LC_ID_DYLIB.");
  else if (fileType === fileTypes.dylib && ids.length === 0) {
    refuse("MH_DYLIB is missing LC_ID_DYLIB", "It is a dynamic library without an install name.");
  } else if (fileType !== fileTypes.dylib && ids.length === 1) {
    refuse("found LC_ID_DYLIB found in non-MH_DYLIB", "It has an install name and is no dynamic library.");
  }
}

/** The string that dyld has checked to end within the command. */
function stringOf({ body }: RawCommand): string {
  return body.cString(body.u32(8)).toString("utf8");
}

function duplicate(names: readonly string[], most: number): string | undefined {
  const seen = new Set<string>();
  for (const [index, name] of names.entries()) {
    if (index < most && seen.has(name)) return name;
    seen.add(name);
  }
  return undefined;
}
