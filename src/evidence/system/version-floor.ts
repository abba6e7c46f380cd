import { VER_FLG_WEAK } from "../../object/elf/constants.ts";
import type { ElfFile } from "../../object/elf/file.ts";

/** The highest version that a file needs of one library's numbered symbol versions: its GLIBCXX_ ones, its CXXABI_ ones. */
export interface VersionFloor {
  /** As version needs name it: "libc.so.6". */
  readonly library: string;
  /** "GLIBC", "GLIBCXX", "CXXABI", "GCC"; the whole name if it has no number: "GLIBC_PRIVATE". */
  readonly prefix: string;
  /** "2.34"; undefined if the name has no number. */
  readonly version: string | undefined;
}

/** Longer numbers are none. */
const numbered = /^(.+)_(\d{1,9}(?:\.\d{1,9})*)$/;

/** One entry for each library and prefix, in the file's order. Without versions that may be missing. */
export function versionFloors({ versionNeeds }: Pick<ElfFile, "versionNeeds">): readonly VersionFloor[] {
  const floors = new Map<string, VersionFloor>();
  for (const { file: library, versions } of versionNeeds) {
    for (const { name, flags } of versions) {
      if ((flags & VER_FLG_WEAK) !== 0) continue;
      const [, prefix = name, version] = numbered.exec(name) ?? [];
      const key = `${library} ${prefix}`;
      const highest = floors.get(key)?.version;
      if (highest === undefined || compareVersions(version ?? "0", highest) > 0)
        floors.set(key, { library, prefix, version });
    }
  }
  return [...floors.values()];
}

/** By their numbers: 2.4 comes before 2.34, and 2 before 2.0. */
export function compareVersions(one: string, other: string): number {
  const [ours, theirs] = [one.split("."), other.split(".")];
  for (const [index, part] of ours.entries()) {
    const against = theirs[index];
    if (against === undefined) return 1;
    const difference = BigInt(part) - BigInt(against);
    if (difference !== 0n) return difference > 0n ? 1 : -1;
  }
  return ours.length - theirs.length;
}
