import type { ElfFile } from "../../object/elf/file.ts";
import { known, unknown, type Fact } from "../fact.ts";
import { readGoBuildInfo } from "../go/build-info.ts";
import { guarded } from "../guarded.ts";
import { searchReadOnlyData, type Hit } from "../read-only-data.ts";

/** The dlopen that a program without a loader has linked in. */
export type StaticDlopen =
  | StaticGlibc
  /** A stub that refuses everything (musl: src/ldso/dlopen.c). */
  | { readonly kind: "musl" }
  | { readonly kind: "absent" };

/** glibc's whole loader (elf/dl-support.c). */
export interface StaticGlibc {
  readonly kind: "gnu";
  /** "2.36"; what it loads at run time must be of the same release. */
  readonly release: Fact<string>;
  /** The folders that it searches at the end, without a slash at their ends. */
  readonly systemFolders: readonly string[];
}

/**
 * What only the code itself says: dlopen of its flags (dlfcn/dlopen.c), the loader of a missing file (elf/dl-load.c), an assertion of
 * pthread_create (nptl/pthread_create.c), musl's stub, and the text that strerror of musl has for a number that is not an error.
 */
const texts = {
  dlopen: "\0invalid mode parameter\0",
  loader: "\0cannot open shared object file\0",
  threads: "pd->stopped_start\0",
  stub: "\0Dynamic loading not supported\0",
  musl: "\0No error information\0",
  /** nptl_version, which comes with pthread_create for the debugger (nptl/nptl-version.c), begins so. */
  release: "\u00002.",
  /** system_dirs of elf/dl-load.c: strings one after another, each with a slash at its end. */
  folders: "/\0/",
} as const;

type Text = keyof typeof texts;

const names = Object.keys(texts) as readonly Text[];
const needles = names.map((name) => Buffer.from(texts[name], "latin1"));

/** A program of a gigabyte has less read-only data. */
const longestSearch = 2 ** 29;

/** More places that look like folders one after another are not looked at. */
const mostRuns = 256;

/** As loaders are built to search: /lib64, /usr/lib/x86_64-linux-gnu, /nix/store/…/lib. */
const libraryFolder = /\/(lib|lib32|lib64|libx32)(\/[\w.+-]+)?$/;

/** Of a program that has no PT_INTERP. Reads all its read-only data, but for a Go program without cgo. */
export function readStaticDlopen(file: ElfFile): Fact<StaticDlopen> {
  return guarded(() => {
    const info = readGoBuildInfo(file);
    if (info.known && info.value.settings.some(({ key, value }) => key === "CGO_ENABLED" && value === "0"))
      return known({ kind: "absent" }, `${info.from}, CGO_ENABLED=0`);
    const found = new Found();
    const search = searchReadOnlyData(file, needles, longestSearch);
    for (let step = search.next(); ; step = search.next()) {
      if (step.done !== true) found.add(step.value);
      else if (step.value.gap !== undefined)
        return unknown(`its C library was looked for, but ${step.value.gap}`);
      else return whole(file, found.dlopen) ?? absent(file, found);
    }
  });
}

/** Seen with 2.36: a static PIE crashes at once if it has a search path, and crashes on a symbol lookup if it exports any. */
function whole(file: ElfFile, dlopen: Fact<StaticDlopen> | undefined): Fact<StaticDlopen> | undefined {
  if (dlopen?.known !== true || dlopen.value.kind !== "gnu") return dlopen;
  const isOdd =
    file.rpath !== undefined ||
    file.runpath !== undefined ||
    file.dynamicSymbols.some(({ defined }) => defined);
  return isOdd
    ? unknown(
        "it is a static PIE with exported symbols or a search path, in which glibc's dlopen breaks down",
      )
    : dlopen;
}

/** The texts that were seen, by where they were. */
class Found {
  readonly #from = new Map<Text, string>();
  readonly #releases = new Set<string>();
  readonly #folders = new Set<string>();
  #runs = 0;

  add({ needle, bytes, at, from }: Hit): void {
    const name = names[needle];
    if (name === undefined) return;
    this.#from.set(name, from);
    const around = bytes.toString("latin1");
    const release = name === "release" ? /^\0(2\.\d{1,2})\0/.exec(around.slice(at))?.[1] : undefined;
    if (release !== undefined) this.#releases.add(release);
    if (name === "folders" && (this.#runs += 1) <= mostRuns) this.#addFolders(around, at + 1);
  }

  /** @param middle where one folder's text ends and the next one's begins. */
  #addFolders(around: string, middle: number): void {
    const before = /(?:\/[\w.+/-]*\/\0)*\/[\w.+/-]*\/$/.exec(around.slice(0, middle))?.[0] ?? "";
    const after = /^(?:\/[\w.+/-]*\/\0)+/.exec(around.slice(middle + 1))?.[0] ?? "";
    const folders = [...before.split("\0"), ...after.split("\0").slice(0, -1)].map((each) =>
      each.slice(0, -1),
    );
    if (folders.length > 1 && folders.every((each) => libraryFolder.test(each)))
      this.#folders.add(folders.join("\0"));
  }

  has(name: Text): boolean {
    return this.#from.has(name);
  }

  /** What the texts prove; undefined if they prove no dlopen. */
  get dlopen(): Fact<StaticDlopen> | undefined {
    // Every static program of glibc has the loader, for its own use.
    const isGlibc = this.has("loader");
    if (this.has("stub"))
      return isGlibc
        ? unknown("it contains texts of glibc's loader and of musl's dlopen")
        : known({ kind: "musl" }, this.#place("stub"));
    if (!isGlibc || !this.has("dlopen")) return undefined;
    const [folders, ...others] = this.#folders;
    if (folders === undefined || others.length > 0)
      return unknown("it contains glibc's dlopen, but its library search path could not be read");
    const systemFolders = folders.split("\0");
    return known({ kind: "gnu", release: this.#release, systemFolders }, this.#place("dlopen"));
  }

  get #release(): Fact<string> {
    const [release, ...others] = this.#releases;
    if (!this.has("threads"))
      return unknown("it links no pthread_create, which would bring glibc's release along");
    if (release === undefined || others.length > 0)
      return unknown("its read-only data does not tell one release of glibc");
    return known(release, `text "${release}" in ${this.#from.get("release") ?? ""}`);
  }

  #place(name: Text): string {
    return `text "${texts[name].replaceAll("\0", "")}" in ${this.#from.get(name) ?? ""}`;
  }
}

/** None of the texts is there: proof only if it is known what else would be. */
function absent(file: ElfFile, found: Found): Fact<StaticDlopen> {
  if (found.has("loader")) return known({ kind: "absent" }, "texts of glibc, and none of its dlopen");
  if (found.has("musl")) return known({ kind: "absent" }, "texts of musl, and none of its dlopen");
  if (file.staticStringsContain("\0") && !file.staticStringsContain("dlopen\0"))
    return known({ kind: "absent" }, ".symtab, which has no dlopen");
  return unknown("it contains texts of neither glibc nor musl");
}
