import { known, unknown, type Fact } from "../fact.ts";
import type { RustCompiler } from "./compiler.ts";
import { stableReleaseOf } from "./release.ts";
import type { LibraryTrace, RustTraces } from "./traces.ts";

/** The standard library that is in the binary. */
export interface RustLibrary {
  /** Of rust-lang/rust, 40 hex digits. */
  readonly commit: Fact<string>;
  /** By the path itself, or by the commit if it is that of a stable release. */
  readonly release: Fact<string>;
}

/** What the paths of the standard library's panics say. They survive every way of stripping. */
export function rustLibrary({ libraries, searched }: RustTraces): RustLibrary {
  const [first, ...others] = libraries;
  if (first === undefined) {
    const why = unknown(
      `no path of the standard library in the read-only data: ${searched.gap ?? "it is not linked in, or was built elsewhere"}`,
    );
    return { commit: why, release: why };
  }
  if (others.length > 0) {
    const listed = libraries.slice(0, 8).map(({ commit, release }) => commit ?? release ?? "");
    const why = unknown(`the read-only data names several standard libraries: ${listed.join(", ")}`);
    return { commit: why, release: why };
  }
  return { commit: commitOf(first), release: releaseOf(first) };
}

/**
 * Whether compiler and standard library are of one toolchain: the stamp's short commit begins the long one, or the releases
 * are the same. They differ with a foreign sysroot, or if objects of two toolchains were linked.
 */
export function sameRustToolchain(compiler: Fact<RustCompiler>, library: RustLibrary): Fact<boolean> {
  if (!compiler.known) return compiler;
  const { commit, release } = compiler.value;
  if (commit !== undefined && library.commit.known) {
    return known(library.commit.value.startsWith(commit), `${compiler.from} and ${library.commit.from}`);
  }
  if (!library.release.known) return library.release;
  return known(release === library.release.value, `${compiler.from} and ${library.release.from}`);
}

function commitOf({ commit, text, from }: LibraryTrace): Fact<string> {
  return commit === undefined ? unknown(`the path ${text} in ${from} has no commit`) : known(commit, from);
}

function releaseOf({ commit, release, from }: LibraryTrace): Fact<string> {
  if (release !== undefined) return known(release, from);
  const stable = commit === undefined ? undefined : stableReleaseOf(commit);
  return stable === undefined
    ? unknown(`commit ${commit ?? ""} is not known to be that of a stable release`)
    : known(stable, `commit in ${from}`);
}
