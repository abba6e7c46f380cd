import { DYLIB_USE_MARKER, dylibUses, loadCommandKinds as lc } from "./constants.ts";
import type { LibraryDylib } from "./library-command.ts";
import type { Region } from "./region.ts";
import { versionText } from "./version.ts";

export interface LinkedLibrary {
  /** Install name, as the linker wrote it: `/usr/lib/libSystem.B.dylib`, `@rpath/…`. */
  readonly name: string;
  readonly kind: "load" | "weak" | "reexport" | "upward" | "lazy";
  readonly currentVersion: string;
  readonly compatibilityVersion: string;
}

const kinds = new Map<number, LinkedLibrary["kind"]>([
  [lc.LC_LOAD_DYLIB, "load"],
  [lc.LC_LOAD_WEAK_DYLIB, "weak"],
  [lc.LC_REEXPORT_DYLIB, "reexport"],
  [lc.LC_LOAD_UPWARD_DYLIB, "upward"],
  [lc.LC_LAZY_LOAD_DYLIB, "lazy"],
]);

/** Where struct dylib_use_command has its flags. */
const useFlagsAt = 24;

/** DYLIB_USE_*: one of them overrules the kind of the command. */
const useFlags: readonly (readonly [number, LinkedLibrary["kind"]])[] = [
  [dylibUses.weak, "weak"],
  [dylibUses.reexport, "reexport"],
  [dylibUses.upward, "upward"],
  [dylibUses.lazy, "lazy"],
];

/** A library that LC_LOAD_DYLIB or one of its kin names; undefined for the image's own LC_ID_DYLIB. */
export function linkedLibrary(cmd: number, command: Region, found: LibraryDylib): LinkedLibrary | undefined {
  const kind = kinds.get(cmd);
  if (kind === undefined) return undefined;
  return {
    name: found.name,
    kind: useKind(command, found) ?? kind,
    currentVersion: versionText(found.current_version),
    compatibilityVersion: versionText(found.compatibility_version),
  };
}

function useKind(command: Region, found: LibraryDylib): LinkedLibrary["kind"] | undefined {
  const nameAt = command.u32(8);
  if (found.timestamp !== DYLIB_USE_MARKER || nameAt < useFlagsAt + 4) return undefined;
  const flags = command.u32(useFlagsAt);
  return useFlags.find(([flag]) => (flags & flag) !== 0)?.[1];
}
