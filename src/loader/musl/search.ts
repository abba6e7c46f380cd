import { dirname, posix } from "node:path";
import { isReservedByMusl } from "../../evidence/system/library-name.ts";
import { fileErrorCode } from "../../files/files.ts";
import { Image, NotAFileError } from "../../object/image.ts";
import type { DlopenHost } from "../elf/host.ts";
import type { LinkMap } from "../elf/link-map.ts";
import type { LoadedObject } from "../elf/loaded-object.ts";
import { mapMuslLibrary, type MuslLibrary } from "./library.ts";
import type { Step } from "../step.ts";
import { unreadableLibrary } from "../unreadable-library.ts";
import { searchCrash } from "./symbol-search.ts";
import type { MuslErrno } from "./messages.ts";
import type { Folder } from "../elf/root-folder.ts";
import { inWorkingFolder, muslFoldersOf, namedFolder, notUtf8 } from "../elf/search-path.ts";
import type { System } from "../elf/system.ts";

export type MuslFound =
  | { readonly kind: "self" }
  | { readonly kind: "file"; readonly path: string; readonly realPath: string; readonly library: MuslLibrary }
  /** Without errno if it is whatever the host left in it. */
  | { readonly kind: "missing"; readonly errno: MuslErrno | undefined };

const DEFAULT_PATH = "/lib:/usr/local/lib:/usr/lib";
/** NAME_MAX. */
const LONGEST_NAME = 255;
const LONGEST_PATH_FILE = 2 ** 16;

/** The search of musl for one host. */
export class MuslSearch {
  #folders: readonly Folder[] | undefined;

  constructor(
    private readonly system: System,
    private readonly host: DlopenHost,
  ) {}

  find(name: string, seeker: LinkMap): MuslFound {
    if (isReservedByMusl(name) || name === this.system.loaderOf(this.host)) return { kind: "self" };
    if (name === "") return { kind: "missing", errno: "invalid" };
    if (name.includes("/")) {
      const folder = namedFolder(dirname(name));
      return this.#tryFile(folder, name) ?? { kind: "missing", errno: "missing" };
    }
    // load_library gives up without a system call.
    if (Buffer.byteLength(name) > LONGEST_NAME) return { kind: "missing", errno: undefined };
    for (const folder of this.#path(seeker)) {
      const found = this.#tryFile(folder, `${folder.path}/${name}`);
      if (found !== undefined) return found;
    }
    return { kind: "missing", errno: "missing" };
  }

  *#path(seeker: LinkMap): Generator<Folder, void, undefined> {
    yield* this.system.libraryPath;
    // Unlike with glibc, both tags are inherited by everything that is loaded because of it.
    for (let each: LinkMap | undefined = seeker; each !== undefined; each = each.loader)
      yield* muslFoldersOf(each.object);
    yield* (this.#folders ??= this.#systemPath());
  }

  /** /etc/ld-musl-ARCH.path beside the loader's folder, else the default; separated by colons and line ends. */
  #systemPath(): readonly Folder[] {
    const loader = this.system.loaderOf(this.host) ?? "";
    const arch = /ld-musl-(.*)\.so\.1$/.exec(loader)?.[1];
    const prefix = loader.startsWith("/") ? posix.dirname(posix.dirname(loader)) : "/";
    const file = posix.join(prefix, `/etc/ld-musl-${arch ?? ""}.path`);
    const text = this.system.root.read(file, LONGEST_PATH_FILE)?.toString("utf8") ?? DEFAULT_PATH;
    return text
      .split(/[:\n]/)
      .filter((path) => path !== "")
      .map((path) => ({ path, here: false }));
  }

  #tryFile(folder: Folder, path: string): MuslFound | undefined {
    const unopenable = inWorkingFolder(posix.basename(path), folder) ?? notUtf8(path);
    if (unopenable !== undefined) return { kind: "file", path, realPath: "", library: unopenable };
    const realPath = this.system.root.locateIn(folder, posix.basename(path));
    if (realPath === undefined) return undefined;
    return this.system.remember(`musl library ${this.host.machine} ${path} ${realPath}`, () =>
      this.#open(path, realPath, folder),
    );
  }

  #open(path: string, realPath: string, origin: Folder): MuslFound | undefined {
    let image: Image;
    try {
      image = Image.open(this.system.root.files, realPath);
    } catch (error) {
      if (error instanceof NotAFileError)
        return error.kind === "folder" ? { kind: "missing", errno: "folder" } : undefined;
      if (fileErrorCode(error) === undefined) throw error;
      return undefined;
    }
    try {
      const library = mapMuslLibrary(image, this.host, { name: path, realPath, origin });
      return { kind: "file", path, realPath, library };
    } catch (error) {
      return { kind: "file", path, realPath, library: unreadableLibrary(path, error) };
    } finally {
      image.close();
    }
  }
}

/** Names that only a C library has both of. */
const OF_C_LIBRARY = ["__libc_start_main", "stdin"] as const;

/** Musl takes such a file as itself (load_library). */
export function isCLibrary({ symbols }: LoadedObject): boolean {
  return OF_C_LIBRARY.every((name) => symbols.get(name)?.void === false);
}

/** What the same question comes to in a file whose hash table is damaged. */
export function openingCrash(object: LoadedObject): Step | undefined {
  for (const name of OF_C_LIBRARY) {
    const crash = searchCrash(object, name);
    if (crash !== undefined) return crash;
    if (object.symbols.get(name)?.void !== false) return undefined;
  }
  return undefined;
}
