import type { StaticGlibc } from "../../evidence/system/static-dlopen.ts";

/** A release of a C library: [2, 36], [1, 2, 3]. */
export type Release = readonly number[];

/** What a target's glibc is, as far as it is known. */
export interface Glibc {
  readonly release: Release | undefined;
  /**
   * Debian and what comes from it pass over a file for another machine before they look at the rest of e_ident
   * (debian/patches/any/unsubmitted-ldso-machine-mismatch.diff); others refuse it for that rest.
   */
  readonly machineFirst: boolean | undefined;
}

export const UNKNOWN_GLIBC: Glibc = { release: undefined, machineFirst: undefined };

/** A longer file is not a C library, in bytes. */
export const LONGEST_LIBRARY = 2 ** 26;

/** "2.36" as numbers; undefined if it is not a release. */
export function parseRelease(text: string): Release | undefined {
  return /^\d{1,4}(\.\d{1,4}){1,3}$/.test(text) ? text.split(".").map(Number) : undefined;
}

/** The version that a file with DT_RELR needs, and the release that introduced it (glibc: elf/dl-version.c). */
export const RELR_MARKER = "GLIBC_ABI_DT_RELR";
export const RELR_RELEASE: Release = [2, 36];

/** The release of glibc that a version of its symbols came with: 2.34 of GLIBC_2.34; undefined if the version has no number. */
export function glibcReleaseOf(version: string): Release | undefined {
  if (version === RELR_MARKER) return RELR_RELEASE;
  return parseRelease(/^GLIBC_(\d.*)$/.exec(version)?.[1] ?? "");
}

/** Whether a release of a C library is this one or a later one. */
export function isLibcAtLeast(release: Release, ...wanted: readonly number[]): boolean {
  for (const [index, part] of wanted.entries()) {
    const ours = release[index] ?? 0;
    if (ours !== part) return ours > part;
  }
  return true;
}

const BANNER = "GNU C Library ";

/** What libc.so.6 says when it is run: "GNU C Library (Debian GLIBC 2.36-9) stable release version 2.36." (glibc: csu/version.c). */
export function glibcOf(library: Buffer): Glibc {
  const at = library.indexOf(BANNER);
  if (at === -1) return UNKNOWN_GLIBC;
  const banner = library.toString("latin1", at, at + 256);
  const release = /release version (\d{1,4}\.\d{1,4})/.exec(banner)?.[1];
  return {
    release: release === undefined ? undefined : parseRelease(release),
    machineFirst: /^GNU C Library \((Debian|Ubuntu) /.test(banner),
  };
}

/** What is linked into a static program. Of the builders of glibc only Debian's, and Ubuntu's, let it search folders named by machine. */
export function glibcOfProgram({ release, systemFolders }: StaticGlibc): Glibc {
  return {
    release: release.known ? parseRelease(release.value) : undefined,
    machineFirst: systemFolders.some((folder) => /-linux-gnu[a-z0-9]*$/.test(folder)),
  };
}

/** Musl keeps its release in __libc_version, a string of its own (musl: src/internal/version.c). */
export function muslReleaseOf(library: Buffer): Release | undefined {
  if (!library.includes("musl libc (")) return undefined;
  const found = /\0(1\.[12]\.\d{1,2})\0/.exec(library.toString("latin1"))?.[1];
  return found === undefined ? undefined : parseRelease(found);
}
