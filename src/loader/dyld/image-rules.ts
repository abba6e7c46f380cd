import { fileTypes, loadCommandKinds as lc } from "../../object/macho/constants.ts";
import { sdkEpoch, type Built } from "./platform.ts";
import type { RawCommand, RawImage } from "./raw-image.ts";
import { DYLD } from "./messages.ts";
import { refused, said, type FileStep } from "./reason.ts";

/** Since when dyld enforces a rule (mach_o/Policy.cpp); see `sdkEpoch`. */
const since = { uuid: 20215, uuidOfExecutable: 20255, linkedLibrary: 20250, duplicates: 20255 } as const;

/** dyld compares only that many names with each other. */
const mostLibraries = 256;
const mostRpaths = 64;

const libraryCommands = new Set<number>([
  lc.LC_LOAD_DYLIB,
  lc.LC_LOAD_WEAK_DYLIB,
  lc.LC_REEXPORT_DYLIB,
  lc.LC_LOAD_UPWARD_DYLIB,
]);

/**
 * What dyld requires of all load commands of an image together: its UUID, its own name, what it links and where that is searched
 * (mach_o/UnsafeHeader.cpp: validSemanticsUUID, InstallName, LinkedDylibs, RPath), in dyld's order.
 */
export function checkImageRules(
  image: RawImage,
  commands: readonly RawCommand[],
  built: Built,
): readonly FileStep[] {
  const steps: FileStep[] = [];
  const refuse = (about: ReturnType<typeof said>, cause: string) => {
    steps.push(refused({ ...about, cause }));
  };
  const epoch = sdkEpoch(built) ?? 0;
  const of = (cmd: number) => commands.filter((one) => one.cmd === cmd);
  const uuids = of(lc.LC_UUID).length;
  if (uuids > 1) refuse(said(DYLD.manyUuids, {}), "The file has more than one LC_UUID.");
  const uuidSince = image.fileType === fileTypes.execute ? since.uuidOfExecutable : since.uuid;
  if (uuids === 0 && epoch >= uuidSince) {
    refuse(
      said(DYLD.noUuid, {}),
      "The file has no LC_UUID, which dyld requires in files built for macOS 12 and later.",
    );
  }
  steps.push(...checkInstallName(image, of(lc.LC_ID_DYLIB)));
  const libraries = commands.filter(({ cmd }) => libraryCommands.has(cmd)).map(stringOf);
  const twice = epoch >= since.duplicates ? duplicate(libraries, mostLibraries) : undefined;
  if (twice !== undefined)
    refuse(said(DYLD.duplicateLibrary, { dylib: twice }), `The file links ${twice} twice.`);
  const isSystem = of(lc.LC_ID_DYLIB).some((command) => stringOf(command).startsWith("/usr/lib/system/"));
  if (libraries.length === 0 && epoch >= since.linkedLibrary && !isSystem) {
    refuse(
      said(DYLD.noLibrary, {}),
      "The file links no library, not even libSystem, which dyld requires in files built for macOS 15.4 and later.",
    );
  }
  const rpaths = of(lc.LC_RPATH).map(stringOf);
  const sameRpath = epoch >= since.duplicates ? duplicate(rpaths, mostRpaths) : undefined;
  if (sameRpath !== undefined) {
    refuse(said(DYLD.duplicateRpath, { rpath: sameRpath }), `The file has the LC_RPATH ${sameRpath} twice.`);
  }
  return steps;
}

function checkInstallName({ fileType }: RawImage, ids: readonly RawCommand[]): readonly FileStep[] {
  if (ids.length > 1) {
    return [refused({ ...said(DYLD.manyNames, {}), cause: "The file has more than one LC_ID_DYLIB." })];
  }
  const isLibrary = fileType === fileTypes.dylib;
  if (isLibrary && ids.length === 0) {
    return [refused({ ...said(DYLD.noName, {}), cause: "The dynamic library has no install name." })];
  }
  if (isLibrary || ids.length === 0) return [];
  const cause = "The file has an install name, but is not a dynamic library.";
  return [refused({ ...said(DYLD.nameOfOther, {}), cause })];
}

/** The string, which dyld has checked to end within the command. */
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
