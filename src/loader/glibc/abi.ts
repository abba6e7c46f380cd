import { compareVersions } from "../../evidence/system/version-floor.ts";
import { EM_AARCH64, EM_X86_64 } from "../../object/elf/constants.ts";
import type { Release } from "../elf/libc-release.ts";
import { abiLists, abiReleases } from "./generated/abi.ts";

/**
 * What a release of glibc has in which of its libraries, by the lists that glibc publishes (the abilist files of its sysdeps folders). Symbols of
 * GLIBC_PRIVATE are in none of them, and which version of a symbol is the default one is not told.
 */
export class GlibcAbi {
  /** By soname: the versions of each symbol. */
  readonly #libraries = new Map<string, Map<string, string[]>>();
  readonly #oldest = new Map<string, string>();

  private constructor(
    list: string,
    private readonly minor: number,
  ) {
    for (const line of list.trim().split("\n")) {
      const [library = "", version = "", ...symbols] = line.split(" ");
      const versions = this.#libraries.get(library) ?? new Map<string, string[]>();
      for (const symbol of symbols) {
        const [name, isThere] = readSymbol(symbol, version, minor);
        if (isThere) versions.set(name, [...(versions.get(name) ?? []), version]);
        if (isThere) this.#oldest.set(library, older(version, this.#oldest.get(library)));
      }
      if (versions.size > 0) this.#libraries.set(library, versions);
    }
  }

  /** Undefined for a machine or release that is not listed. */
  static of(machine: number, bits: 32 | 64, release: Release): GlibcAbi | undefined {
    const list = bits === 64 ? LISTS.get(machine) : undefined;
    const [major, minor = 0] = release;
    const isListed = major === 2 && minor >= abiReleases.first && minor <= abiReleases.last;
    if (list === undefined || !isListed) return undefined;
    const key = `${machine} ${minor}`;
    const abi = MADE.get(key) ?? new GlibcAbi(list, minor);
    MADE.set(key, abi);
    return abi;
  }

  /** Whether glibc comes with a library of that soname. */
  has(library: string): boolean {
    return this.#libraries.has(library);
  }

  /** These libraries and what they link, as far as they are glibc's. */
  closure(libraries: Iterable<string>): ReadonlySet<string> {
    const found = new Set([...libraries].filter((name) => this.has(name)));
    for (const name of found) for (const needed of this.#neededBy(name)) found.add(needed);
    return found;
  }

  /** @param version undefined if any will do that a reference without version is bound to: surely the oldest of the library. */
  find(
    name: string,
    version: string | undefined,
    libraries: Iterable<string>,
  ): "there" | "missing" | "unknown" {
    let answer: "missing" | "unknown" = version === "GLIBC_PRIVATE" ? "unknown" : "missing";
    for (const library of libraries) {
      const versions = this.#libraries.get(library)?.get(name);
      if (versions?.includes(version ?? this.#oldest.get(library) ?? "") === true) return "there";
      if (versions !== undefined && version === undefined) answer = "unknown";
    }
    return answer;
  }

  /** As glibc's Makefiles link them. From 2.34 on all but libm and libresolv are empty. */
  #neededBy(library: string): readonly string[] {
    if (library === LIBC) return [...this.#libraries.keys()].filter((name) => name.startsWith("ld-linux"));
    const isThreaded = this.minor < 34 && (library === "librt.so.1" || library === "libanl.so.1");
    return library.startsWith("ld-linux") ? [] : isThreaded ? [LIBC, "libpthread.so.0"] : [LIBC];
  }
}

/** One for a machine and release, for all plugins of a set. */
const MADE = new Map<string, GlibcAbi>();

const LIBC = "libc.so.6";

const LISTS = new Map<number, string>([
  [EM_X86_64, abiLists.x86_64],
  [EM_AARCH64, abiLists.aarch64],
]);

/** "name>34<38": there from 2.34 on, and before 2.38. */
function readSymbol(
  symbol: string,
  version: string,
  minor: number,
): readonly [name: string, isThere: boolean] {
  const [, name = symbol, from, to] = /^([^<>]+)(?:>(\d+))?(?:<(\d+))?$/.exec(symbol) ?? [];
  const since = from ?? /^GLIBC_2\.(\d+)$/.exec(version)?.[1] ?? "0";
  return [name, minor >= Number(since) && (to === undefined || minor < Number(to))];
}

function older(one: string, other: string | undefined): string {
  return other === undefined || compareVersions(number(one), number(other)) < 0 ? one : other;
}

function number(version: string): string {
  return version.replace(/^GLIBC_/, "");
}
