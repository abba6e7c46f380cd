import { DF_1_NODEFLIB } from "../../object/elf/constants.ts";
import { dirname } from "node:path";
import { fileErrorCode } from "../../files/files.ts";
import { FormatError } from "../../object/format-error.ts";
import { Image, NotAFileError } from "../../object/image.ts";
import { mapGlibcLibrary, type GlibcLibrary } from "./library.ts";
import { filled } from "../message-form.ts";
import { unknownFromHere, type Unsure } from "../step.ts";
import { GLIBC, glibcMessage } from "./messages.ts";
import { verifyHeader } from "./header-checks.ts";
import type { DlopenHost } from "../elf/host.ts";
import { UNKNOWN_GLIBC, type Glibc } from "../elf/libc-release.ts";
import type { LoadedObject } from "../elf/loaded-object.ts";
import type { Folder } from "../elf/root-folder.ts";
import { expand, foldersOf } from "../elf/search-path.ts";
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

/** The search of glibc (elf/dl-load.c, _dl_map_object) for one process. */
export class GlibcSearch {
  /** Which glibc searches. Its C library tells, which has to be found first. */
  glibc: Glibc = UNKNOWN_GLIBC;

  constructor(
    private readonly system: System,
    private readonly host: DlopenHost,
  ) {}

  get machine(): number {
    return this.host.machine;
  }

  /** The library at a path of the target; undefined if there is none for this machine. */
  atPath(path: string): Found | undefined {
    return this.#tryFile(path, { path: dirname(path), here: false }, path, { seen: false });
  }

  /** The library that `seeker` names in DT_NEEDED. */
  find(name: string, seeker: Seeker): Found {
    const otherClass: { seen: boolean } = { seen: false };
    for (const { folder, file } of this.#places(name, seeker)) {
      const found = this.#tryFile(name, folder, file, otherClass);
      if (found !== undefined) return found;
    }
    if (otherClass.seen) {
      const other = this.host.bits === 64 ? 32 : 64;
      const cause = `${name} exists only as a ${other}-bit library.`;
      const text = filled(GLIBC.wrongClass, { class: `ELFCLASS${other}` });
      return { kind: "missing", message: glibcMessage(name, text), cause };
    }
    const cause = `${name} is in none of the searched folders, or is built for a different machine.`;
    return { kind: "missing", message: glibcMessage(name, GLIBC.missing.words), cause };
  }

  /** Everything about the host that a library's own checks depend on. */
  get #hostKey(): string {
    const { machine, bits, executableStack, protectsData, ownDlopen } = this.host;
    const release = this.glibc.release?.join(".") ?? "";
    return [machine, bits, executableStack, protectsData, ownDlopen !== undefined, release].join(" ");
  }

  /** Every file that is tried, in order. */
  *#places(name: string, seeker: Seeker): Generator<{ readonly folder: Folder; readonly file: string }> {
    const { system, host } = this;
    const tokens = system.tokens(host);
    const { object } = seeker;
    if (name.includes("/")) {
      const path = expand(name, object.origin.path, tokens);
      const here = name.startsWith("$") ? object.origin.here : !path.startsWith("/");
      yield { folder: { path: dirname(path), here }, file: path };
      return;
    }
    const inside = (folders: readonly Folder[]): { folder: Folder; file: string }[] =>
      folders.map((folder) => ({ folder, file: inFolder(folder.path, name) }));
    if (object.runpath === undefined) {
      let atMain = false;
      for (let each: Seeker | undefined = seeker; each !== undefined; each = each.loader) {
        atMain ||= each.object === host.program;
        yield* inside(rpathOf(each.object).flatMap((rpath) => foldersOf(rpath, each.object, tokens)));
      }
      if (!atMain)
        yield* inside(rpathOf(host.program).flatMap((rpath) => foldersOf(rpath, host.program, tokens)));
    }
    yield* inside(system.libraryPath);
    if (object.runpath !== undefined) yield* inside(foldersOf(object.runpath, object, tokens));
    const noDefaults = (object.flags1 & DF_1_NODEFLIB) !== 0n;
    const defaults = system.defaultFolders(host);
    const cached = system.cacheFor(host)?.find(name);
    if (cached !== undefined && !(noDefaults && defaults.some(({ path }) => cached.startsWith(`${path}/`))))
      yield { folder: { path: dirname(cached), here: false }, file: cached };
    if (!noDefaults) yield* inside(defaults);
  }

  #tryFile(name: string, folder: Folder, file: string, otherClass: { seen: boolean }): Found | undefined {
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
      if (!(error instanceof FormatError)) throw error;
      return unknownFromHere(
        `${file} is malformed, and what the loader does with it is unknown: ${error.message}.`,
      );
    } finally {
      image.close();
    }
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
