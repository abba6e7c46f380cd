import { DF_1_NODEFLIB } from "../../object/elf/constants.ts";
import { dirname } from "node:path";
import { fileErrorCode, type Files } from "../../files/files.ts";
import { Image, NotAFileError } from "../../object/image.ts";
import { mapGlibcLibrary, type GlibcLibrary } from "./library.ts";
import { filled } from "../message-form.ts";
import type { Unsure } from "../step.ts";
import { unreadableLibrary } from "../unreadable-library.ts";
import { GLIBC, GLIBC_ERRNO, glibcMessage } from "./messages.ts";
import { verifyHeader } from "./header-checks.ts";
import type { DlopenHost } from "../elf/host.ts";
import type { Glibc } from "../elf/libc-release.ts";
import type { LoadedObject } from "../elf/loaded-object.ts";
import type { Folder } from "../elf/root-folder.ts";
import { expand, foldersOf, inWorkingFolder, namedFolder, notUtf8, type Tokens } from "../elf/search-path.ts";
import type { Preference } from "./preference.ts";
import type { System } from "../elf/system.ts";

/** The result of looking for a library by its name. */
export type Found =
  | {
      readonly kind: "library";
      readonly path: string;
      readonly realPath: string;
      readonly library: GlibcLibrary;
    }
  /** A broken file of that name ends the search. */
  | { readonly kind: "refused"; readonly message: string | null; readonly cause: string }
  | { readonly kind: "missing"; readonly message: string; readonly cause: string }
  | Unsure;

/** Who needs a library, and who loaded that: DT_RPATH is inherited. */
export interface Seeker {
  readonly object: LoadedObject;
  readonly loader: Seeker | undefined;
}

export interface SearchOptions {
  readonly system: System;
  readonly host: DlopenHost;
  /** Which glibc searches. */
  readonly glibc: Glibc;
  /** What it takes on the processor that it is taken to run on. */
  readonly preference: Preference;
  /** What it would take on others, and in other releases, if those are not known. */
  readonly others: readonly Preference[];
}

/** A file that is tried, and the folder that $ORIGIN would stand for in it. */
interface Tried {
  readonly folder: Folder;
  readonly file: string;
}

/** The search of glibc (elf/dl-load.c, _dl_map_object) for one process. */
export class GlibcSearch {
  readonly glibc: Glibc;
  private readonly system: System;
  private readonly host: DlopenHost;
  private readonly preference: Preference;
  /** All subfolders that may be searched. */
  readonly #subfolders: readonly string[];

  /** The folders of copies that it came upon, and that one of `others` may have taken instead. */
  readonly graded = new Set<string>();

  constructor(private readonly options: SearchOptions) {
    const { system, host, glibc, preference, others } = options;
    this.glibc = glibc;
    this.system = system;
    this.host = host;
    this.preference = preference;
    this.#subfolders = [...new Set([preference, ...others].flatMap(({ subfolders }) => subfolders))];
  }

  /** The same search, which has come upon nothing yet. */
  copy(): GlibcSearch {
    return new GlibcSearch(this.options);
  }

  /** GNU_PROPERTY_X86_ISA_1 of the processor that it is taken to run on. */
  get isaLevels(): number {
    return this.preference.processor.isaLevels;
  }

  /** The library at a path of the target; undefined if there is none for this machine. */
  atPath(path: string): Found | undefined {
    return this.#tryFile(path, { path: dirname(path), here: false }, path, { seen: false });
  }

  /** The library that `seeker` names in DT_NEEDED. */
  find(name: string, seeker: Seeker): Found {
    const otherClass: { seen: boolean } = { seen: false };
    // open_verify clears errno, and a search that tries no file leaves it so.
    let words = GLIBC.nowhere.words as string;
    for (const { folder, file } of this.#places(name, seeker)) {
      const found = this.#tryFile(name, folder, file, otherClass);
      if (found !== undefined) return found;
      words = `${GLIBC.nowhere.words}: ${LONGEST_NAME < Buffer.byteLength(name) ? GLIBC_ERRNO.tooLong : this.#reason(folder, file)}`;
    }
    if (otherClass.seen) {
      const other = this.host.bits === 64 ? 32 : 64;
      const cause = `${name} exists only as a ${other}-bit library.`;
      const text = filled(GLIBC.wrongClass, { class: `ELFCLASS${other}` });
      return { kind: "missing", message: glibcMessage(name, text), cause };
    }
    const cause = `${name} is in none of the searched folders, or is built for a different machine.`;
    return { kind: "missing", message: glibcMessage(name, words), cause };
  }

  /** Why nothing of a folder can be opened. */
  #reason(folder: Folder, file: string): string {
    if (this.system.root.isLoop(folder, file.slice(file.lastIndexOf("/") + 1))) return GLIBC_ERRNO.loop;
    const place = this.system.root.locateIn(folder, "");
    return place !== undefined && isOtherThanFolder(this.system.root.files, place)
      ? GLIBC_ERRNO.notAFolder
      : GLIBC_ERRNO.missing;
  }

  /** Everything about the host that a library's own checks depend on. */
  get #hostKey(): string {
    const { machine, bits, executableStack, protectsData, ownDlopen } = this.host;
    const release = this.glibc.release?.join(".") ?? "";
    return [machine, bits, executableStack, protectsData, ownDlopen !== undefined, release].join(" ");
  }

  /** Every file that is tried, in order. */
  *#places(name: string, seeker: Seeker): Generator<Tried> {
    const { system, host } = this;
    const tokens = system.tokens(host, this.preference.processor);
    const { object } = seeker;
    if (name.includes("/")) {
      this.#gradePlatform(name);
      const path = expand(name, object.origin.path, tokens);
      const isOfOrigin = name.startsWith("$") && path.startsWith("/");
      const folder = isOfOrigin
        ? { path: dirname(path), here: object.origin.here }
        : namedFolder(dirname(path));
      yield { folder, file: path };
      return;
    }
    const inside = (folders: readonly Folder[]): Iterable<Tried> => this.#inside(folders, name);
    if (object.runpath === undefined) {
      let atMain = false;
      for (let each: Seeker | undefined = seeker; each !== undefined; each = each.loader) {
        atMain ||= each.object === host.program;
        yield* inside(rpathOf(each.object).flatMap((rpath) => this.#foldersOf(rpath, each.object, tokens)));
      }
      if (!atMain)
        yield* inside(rpathOf(host.program).flatMap((rpath) => this.#foldersOf(rpath, host.program, tokens)));
    }
    yield* inside(system.libraryPath);
    if (object.runpath !== undefined) yield* inside(this.#foldersOf(object.runpath, object, tokens));
    const noDefaults = (object.flags1 & DF_1_NODEFLIB) !== 0n;
    const defaults = system.defaultFolders(host);
    const cached = this.#cached(name);
    if (cached !== undefined && !(noDefaults && defaults.some(({ path }) => cached.startsWith(`${path}/`))))
      yield { folder: { path: dirname(cached), here: false }, file: cached };
    if (!noDefaults) yield* inside(defaults);
  }

  #foldersOf(text: string, object: LoadedObject, tokens: Tokens): readonly Folder[] {
    this.#gradePlatform(text);
    return foldersOf(text, object, tokens);
  }

  /** What the token stands for depends on the processor. */
  #gradePlatform(text: string): void {
    if (this.options.others.length > 0 && /\$(PLATFORM|\{PLATFORM\})/.test(text))
      this.graded.add("$PLATFORM");
  }

  /** In each folder the subfolders come first that are for the processor. */
  *#inside(folders: readonly Folder[], name: string): Generator<Tried> {
    for (const folder of folders) {
      const there = folder.isWorking === true ? [] : this.#subfoldersOf(folder);
      const tried = this.preference.subfolders.filter((each) => there.includes(each));
      for (const each of there)
        if (!tried.includes(each) && this.system.root.locateIn(folder, `${each}/${name}`) !== undefined)
          this.graded.add(inFolder(folder.path, each));
      for (const each of tried) {
        const path = inFolder(folder.path, each);
        yield { folder: { path, here: folder.here }, file: inFolder(path, name) };
      }
      yield { folder, file: inFolder(folder.path, name) };
    }
  }

  /** Those of all that may be searched, of which a folder has next to always none. */
  #subfoldersOf(folder: Folder): readonly string[] {
    const names = this.#subfolders;
    return this.system.remember(`subfolders ${folder.here} ${folder.path} ${names.join(":")}`, () =>
      names.filter((each) => this.system.root.locateIn(folder, each) !== undefined),
    );
  }

  #cached(name: string): string | undefined {
    const cache = this.system.cacheFor(this.host);
    if (this.options.others.length > 0) for (const each of cache?.graded(name) ?? []) this.graded.add(each);
    return cache?.find(name, this.preference.cache);
  }

  #tryFile(name: string, folder: Folder, file: string, otherClass: { seen: boolean }): Found | undefined {
    const unopenable = inWorkingFolder(name, folder) ?? notUtf8(file);
    if (unopenable !== undefined) return unopenable;
    const base = file.slice(file.lastIndexOf("/") + 1);
    const realPath = this.system.root.locateIn(folder, base);
    if (realPath === undefined) return undefined;
    const tried = this.system.remember(`library ${this.#hostKey} ${file} ${realPath}`, () =>
      this.#open(file, realPath, folder),
    );
    switch (tried.kind) {
      case "nothing":
        return undefined;
      case "other-class":
        otherClass.seen = true;
        return undefined;
      case "refused":
      case "unknown":
        return tried;
      case "library":
        return orUnknown(name, tried);
    }
  }

  #open(
    file: string,
    realPath: string,
    folder: Folder,
  ): Exclude<Found, { kind: "missing" }> | { readonly kind: "nothing" } | { readonly kind: "other-class" } {
    let image: Image;
    try {
      image = Image.open(this.system.root.files, realPath);
    } catch (error) {
      if (error instanceof NotAFileError && error.kind === "folder")
        return {
          kind: "refused",
          message: glibcMessage(file, GLIBC.folder.words),
          cause: `${file} is a folder.`,
        };
      if (!(error instanceof NotAFileError) && fileErrorCode(error) === undefined) throw error;
      return { kind: "nothing" };
    }
    try {
      const verified = verifyHeader(image, this.host, this.glibc);
      switch (verified.kind) {
        case "passed-over":
          return { kind: verified.check === "class" ? "other-class" : "nothing" };
        case "refused": {
          const message = verified.text === null ? null : glibcMessage(file, verified.text);
          return { kind: "refused", message, cause: `${file}: ${verified.cause}` };
        }
        case "unknown":
          return { ...verified, why: `${file}: ${verified.why}` };
        case "fits": {
          const identity = { name: file, realPath, origin: folder };
          const library = mapGlibcLibrary(image, verified, this.host, this.glibc.release, identity);
          return { kind: "library", path: file, realPath, library };
        }
      }
    } catch (error) {
      return unreadableLibrary(file, error);
    } finally {
      image.close();
    }
  }
}

/** NAME_MAX. */
const LONGEST_NAME = 255;

function isOtherThanFolder(files: Files, path: string): boolean {
  try {
    return files.stat(path).kind !== "folder";
  } catch (error) {
    if (fileErrorCode(error) === undefined) throw error;
    return false;
  }
}

/** A file of which nothing more is known than that it is there. */
function orUnknown(name: string, found: Extract<Found, { kind: "library" }>): Found {
  const { unsure, library } = found.library;
  return unsure !== undefined && library === undefined ? { ...unsure, why: `${name}: ${unsure.why}` } : found;
}

/** DT_RPATH counts only if there is no DT_RUNPATH (elf/get-dynamic-info.h). */
function rpathOf({ rpath, runpath }: LoadedObject): readonly string[] {
  return rpath === undefined || runpath !== undefined ? [] : [rpath];
}

function inFolder(folder: string, name: string): string {
  return folder === "" ? name : folder.endsWith("/") ? folder + name : `${folder}/${name}`;
}
