import type { Files } from "../../files/files.ts";
import type { Image } from "../../object/image.ts";
import type { LinkedLibrary } from "../../object/macho/linked-library.ts";
import type { DyldHost } from "./host.ts";
import { fileIdentity, openLibrary, type LibraryFile } from "./library-file.ts";
import type { Link, LoadedImage } from "./loaded-image.ts";
import { searchPath, type Place, type RpathOwner } from "./search-path.ts";
import { isSystemPath } from "./system-path.ts";
import type { Reason, Verdict } from "./verdict.ts";

/** A library that dyld does not get. */
export interface MissingLibrary {
  readonly library: LinkedLibrary;
  /** What links it. */
  readonly from: LoadedImage;
  /** dyld's reason; null where it cannot be known. */
  readonly text: string | null;
  /** Every place with what is wrong there, for a person. */
  readonly tried: readonly string[];
  /** It is there, but loading it kills the host. */
  readonly crash?: Reason;
}

/** SDK 13.0: images built with an older one are looked for in /usr/local/lib and /usr/lib too (pre2022Binary). */
const noFallbacksSince = 0x000d_0000;

/** Finds and opens what a plugin links, and what that links, in dyld's order (JustInTimeLoader::loadDependents). */
export class LibrarySearch {
  readonly missing: MissingLibrary[] = [];
  /** Images in load order, the plugin first. */
  readonly images: LoadedImage[] = [];
  readonly #byIdentity = new Map<string, LoadedImage>();
  readonly #host: Place | undefined;
  readonly #files: Image[] = [];

  constructor(
    private readonly files: Files,
    private readonly host: DyldHost,
    /** A folder that holds the target's file system; without it only files beside plugin and host are at hand. */
    private readonly root: string | undefined,
    private readonly verdict: Verdict,
  ) {
    this.#host = host.path === undefined ? undefined : { path: host.path, local: host.path };
  }

  /** Every file is opened once, so that this ends however files name one another. */
  loadAll(plugin: LoadedImage): void {
    this.#keep(plugin);
    const owner = { place: this.#host, rpaths: this.host.rpaths };
    // The host's executable calls dlopen: it is in the chain as the caller and as the main program.
    const stack: (readonly [LoadedImage, readonly RpathOwner[]])[] = [[plugin, [plugin, owner, owner]]];
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      const [image, chain] = next;
      const before = this.images.length;
      for (const library of image.file.linkedLibraries) image.links.push(this.#link(library, image, chain));
      const found = this.images.slice(before).reverse();
      stack.push(...found.map((one) => [one, [one, ...chain]] as const));
    }
  }

  close(): void {
    for (const file of this.#files) file.close();
  }

  #link(library: LinkedLibrary, from: LoadedImage, chain: readonly RpathOwner[]): Link {
    const { name, kind } = library;
    if (isSystemPath(name)) {
      if (kind !== "weak") this.verdict.need(name);
      return { kind: "elsewhere", library };
    }
    if (this.host.libraries.some((one) => one.name === name && one.kind !== "weak" && one.kind !== "lazy")) {
      return { kind: "elsewhere", library };
    }
    // dyld knows a loaded library by its install name too (JustInTimeLoader::matchesPath).
    const loaded = this.images.find(({ file }) => file.installName === name);
    if (loaded !== undefined) return { kind: "image", library, image: loaded };
    return this.#search(library, from, chain);
  }

  #search(library: LinkedLibrary, from: LoadedImage, chain: readonly RpathOwner[]): Link {
    const { places, unknown, isWhole } = searchPath(library.name, chain, this.#host, this.root);
    const doubts = unknown.map((name) => `what ${name} stands for`);
    const tried: (readonly [path: string, text: string | null, cause: string])[] = [];
    for (const place of places) {
      const found = this.#at(place);
      if (found.kind === "loads") return { kind: "image", library, image: found.image };
      if (found.kind === "crash") {
        this.missing.push({ library, from, text: null, tried: [place.path], crash: found.reason });
        return { kind: "elsewhere", library };
      }
      if (found.kind === "unknown") doubts.push(found.why);
      else tried.push([place.path, found.text, found.cause]);
    }
    const [doubt] = doubts;
    if (doubt !== undefined) {
      if (library.kind !== "weak") {
        this.verdict.doubt(
          `the library ${library.name} was not found among the files at hand, and it is not known ${doubt}`,
        );
      }
      return { kind: "elsewhere", library };
    }
    if (library.kind === "weak") return { kind: "absent", library };
    const isKnown = isWhole && from.sdk >= noFallbacksSince && tried.every(([, text]) => text !== null);
    const list = tried.map(([path, text]) => `'${path}' (${text ?? ""})`).join(", ");
    const reason = list === "" ? "no LC_RPATH's found" : `tried: ${list}`;
    const causes = tried.map(([path, , cause]) => `${path}: ${cause}`);
    this.missing.push({ library, from, text: isKnown ? reason : null, tried: causes });
    return { kind: "elsewhere", library };
  }

  #at(place: Place): LibraryFile | { kind: "loads"; image: LoadedImage } {
    const image = this.#known(place);
    if (image !== undefined) return { kind: "loads", image };
    const found = openLibrary(this.files, place, this.host);
    if (found.kind !== "loads") return found;
    this.#files.push(found.source);
    this.#keep(found.image);
    for (const need of found.verdict.needs) this.verdict.need(need);
    for (const doubt of found.verdict.doubts) this.verdict.doubt(`of ${place.path}: ${doubt}`);
    return found;
  }

  #known(place: Place): LoadedImage | undefined {
    const byPath = this.images.find((one) => one.place.path === place.path);
    if (byPath !== undefined || place.local === undefined) return byPath;
    return this.#byIdentity.get(fileIdentity(this.files, place.local) ?? "");
  }

  #keep(image: LoadedImage): void {
    this.images.push(image);
    const { local } = image.place;
    const identity = local === undefined ? undefined : fileIdentity(this.files, local);
    if (identity !== undefined) this.#byIdentity.set(identity, image);
  }
}
