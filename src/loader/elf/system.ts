import { EM_AARCH64, EM_X86_64 } from "../../object/elf/constants.ts";
import type { Files } from "../../files/files.ts";
import { isElf } from "../../object/elf/header.ts";
import { Image } from "../../object/image.ts";
import { staticGlibcOf, type DlopenHost } from "./host.ts";
import { LdSoCache } from "./ld-so-cache.ts";
import {
  glibcOf,
  LONGEST_LIBRARY,
  muslReleaseOf,
  UNKNOWN_GLIBC,
  type Glibc,
  type Release,
} from "./libc-release.ts";
import { possibleProcessors, readOwnProcessor, type OwnProcessor, type Processor } from "./processor.ts";
import { RootFolder, type Folder } from "./root-folder.ts";
import type { Tokens } from "./search-path.ts";

export interface SystemOptions {
  /** The file system that has `root`. */
  readonly files: Files;
  /** The folder that holds the target's file system; "/" is the running system. */
  readonly root: string;
  /** LD_LIBRARY_PATH of the target's processes, if they have one. */
  readonly libraryPath?: readonly string[];
  /** The loader, if it is not the one that the host names (PT_INTERP). A path of the target. */
  readonly loader?: string;
  /** What the target's processor has (GNU_PROPERTY_X86_ISA_1), if it was named. */
  readonly isaLevels?: number;
}

/** A target's libraries, as its loader finds them. */
export class System {
  readonly root: RootFolder;
  readonly libraryPath: readonly Folder[];
  /** The target's processor (GNU_PROPERTY_X86_ISA_1); undefined if it is neither named nor this machine's. */
  readonly isaLevels: number | undefined;
  readonly #own: OwnProcessor | undefined;
  readonly #loader: string | undefined;
  readonly #known = new Map<unknown, unknown>();
  #defaults: readonly Folder[] | undefined;
  #cache: LdSoCache | null | undefined;

  constructor({ files, root, libraryPath = [], loader, isaLevels }: SystemOptions) {
    this.root = new RootFolder(files, root);
    this.libraryPath = libraryPath.map((path) => ({ path, here: !this.root.isRunningSystem }));
    const isHere = isaLevels === undefined && (this.root.isRunningSystem || loader !== undefined);
    this.#own = isHere ? readOwnProcessor(files) : undefined;
    this.isaLevels = isaLevels ?? this.#own?.isaLevels;
    this.#loader = loader;
  }

  /**
   * Whether the host could run here: its loader is there, and built for the same machine; of a static program, the C library that its
   * plugins need. Only then does the running system tell anything about where the host will run.
   */
  fits(host: DlopenHost): boolean {
    const own = staticGlibcOf(host);
    if (own === undefined) return this.#isFor(host, this.loaderOf(host));
    return own.systemFolders.some((folder) => this.#isFor(host, `${folder}/libc.so.6`));
  }

  #isFor(host: DlopenHost, path: string | undefined): boolean {
    const library = this.#read(path);
    if (library === undefined || library.length < 20 || !isElf(library)) return false;
    const little = host.endian === "little";
    return (
      library[4] === host.bits / 32 &&
      library[5] === (little ? 1 : 2) &&
      (little ? library.readUInt16LE(18) : library.readUInt16BE(18)) === host.machine
    );
  }

  /** The processors that the host may run on there: one if it is known. The first has the least. */
  processorsFor({ machine, bits }: DlopenHost): readonly [Processor, ...Processor[]] {
    return possibleProcessors(machine, bits, { own: this.#own, isaLevels: this.isaLevels });
  }

  loaderOf({ interpreter }: DlopenHost): string | undefined {
    return this.#loader ?? interpreter;
  }

  /** Keeps what was found for the next plugin: `make` is asked once a key, a text or a host. */
  remember<T>(key: unknown, make: () => T): T {
    if (!this.#known.has(key)) this.#known.set(key, make());
    return this.#known.get(key) as T;
  }

  /** What the musl loader says it is; undefined if it does not say. */
  muslReleaseOf(loader: string | undefined): Release | undefined {
    return this.remember(`musl ${loader ?? ""}`, () => {
      const bytes = this.#read(loader);
      return bytes && muslReleaseOf(bytes);
    });
  }

  /** @param libc where libc.so.6 is on this machine. */
  glibc(libc: string): Glibc {
    return this.remember(`glibc ${libc}`, () => {
      const image = Image.open(this.root.files, libc);
      try {
        return image.size > LONGEST_LIBRARY ? UNKNOWN_GLIBC : glibcOf(image.read(0, image.size, "C library"));
      } finally {
        image.close();
      }
    });
  }

  /** /etc/ld.so.cache; undefined if there is none, or in an unknown format. */
  cacheFor({ machine, bits }: DlopenHost): LdSoCache | undefined {
    if (this.#cache === undefined) {
      const bytes = this.root.read("/etc/ld.so.cache", LONGEST_LIBRARY);
      this.#cache = (bytes && LdSoCache.parse(bytes, machine, bits)) ?? null;
    }
    return this.#cache ?? undefined;
  }

  /**
   * The folders that glibc's loader was built to search at the end. It holds them as strings one after another, each with a
   * slash at its end (elf/dl-load.c, system_dirs). A static program is its own loader.
   */
  defaultFolders(host: DlopenHost): readonly Folder[] {
    const own = staticGlibcOf(host)?.systemFolders;
    if (own !== undefined) return own.map((path) => ({ path, here: false }));
    this.#defaults ??= (systemDirectories(this.#read(this.loaderOf(host))) ?? usualDirectories(host)).map(
      (path) => ({ path, here: false }),
    );
    return this.#defaults;
  }

  tokens(host: DlopenHost, { platform }: Pick<Processor, "platform">): Tokens {
    const [first = "/lib"] = this.defaultFolders(host).map(({ path }) => path);
    return { lib: first.replace(/^\/(usr\/)?/, ""), platform: platform?.name ?? "" };
  }

  #read(path: string | undefined): Buffer | undefined {
    return path === undefined ? undefined : this.root.read(path, LONGEST_LIBRARY);
  }
}

export function openSystem(options: SystemOptions): System {
  return new System(options);
}

/** As AT_PLATFORM of Linux. */
const PLATFORMS: Readonly<Record<number, string>> = { [EM_X86_64]: "x86_64", [EM_AARCH64]: "aarch64" };

function systemDirectories(loader: Buffer | undefined): readonly string[] | undefined {
  if (loader === undefined) return undefined;
  const found = /(?:\/(?:[\w.+-]+\/)+\0){2,}/.exec(loader.toString("latin1"))?.[0];
  const folders = found
    ?.split("\0")
    .filter((part) => part !== "")
    .map((part) => part.slice(0, -1));
  return folders?.some((folder) => folder.includes("/lib")) === true ? folders : undefined;
}

/** Where glibc's own build and Debian's and Fedora's search. */
function usualDirectories({ machine, bits }: DlopenHost): readonly string[] {
  const triple = PLATFORMS[machine];
  const multiarch = triple === undefined ? [] : [`/lib/${triple}-linux-gnu`, `/usr/lib/${triple}-linux-gnu`];
  return [...multiarch, ...(bits === 64 ? ["/lib64", "/usr/lib64"] : []), "/lib", "/usr/lib"];
}
