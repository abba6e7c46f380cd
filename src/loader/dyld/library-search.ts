import type { Files } from "../../files/files.ts";
import type { Image } from "../../object/image.ts";
import type { LinkedLibrary } from "../../object/macho/linked-library.ts";
import type { DyldHost } from "./host.ts";
import { fileIdentity, openLibrary, type LibraryFile } from "./library-file.ts";
import type { Link, LoadedImage } from "./loaded-image.ts";
import { searchPath, type Place, type RpathOwner } from "./search-path.ts";
import { isOnEveryMac, isSystemPath } from "./system-path.ts";
import { need, obstacle, unknown, type Step } from "../step.ts";
import { DYLD } from "./messages.ts";
import type { Reason } from "./reason.ts";

/** A library that dyld cannot load. */
export interface MissingLibrary {
  readonly library: LinkedLibrary;
  /** What links it. */
  readonly from: LoadedImage;
  /** dyld's reason; null if it cannot be known. */
  readonly text: string | null;
  /** Every place with what is wrong there, in sentences. */
  readonly tried: readonly string[];
  /** It exists, but loading it crashes the host. */
  readonly crash?: Reason;
}

/** SDK 13.0: images built with an older one are also searched in /usr/local/lib and /usr/lib (pre2022Binary). */
const noFallbacksSince = 0x000d_0000;

type LibraryStep = Step<MissingLibrary>;

/** Finds and opens what a plugin links, and what that links, in dyld's order (JustInTimeLoader::loadDependents). */
export class LibrarySearch {
  /** Images in load order, the plugin first. */
  readonly images: LoadedImage[] = [];
  readonly #byIdentity = new Map<string, LoadedImage>();
  readonly #host: Place | undefined;
  readonly #files: Image[] = [];

  constructor(
    private readonly files: Files,
    private readonly host: DyldHost,
    /** A folder that holds the target's file system; without it only files beside plugin and host are available. */
    private readonly root: string | undefined,
  ) {
    this.#host = host.path === undefined ? undefined : { path: host.path, local: host.path };
  }

  /** Every file is opened once, so this ends however files refer to each other. */
  *loadAll(plugin: LoadedImage): Generator<LibraryStep, void, undefined> {
    this.#keep(plugin);
    const owner = { place: this.#host, rpaths: this.host.rpaths };
    // The host's executable calls dlopen: it is in the chain as the caller and as the main program.
    const stack: (readonly [LoadedImage, readonly RpathOwner[]])[] = [[plugin, [plugin, owner, owner]]];
    let isSure = true;
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      const [image, chain] = next;
      const before = this.images.length;
      for (const library of image.file.linkedLibraries) {
        const { link, steps } = this.#link(library, image, chain);
        image.links.push(link);
        for (const step of steps) {
          const isUnsure = step.kind === "unknown";
          // What an unknown library links may be what is missing here, loaded before this is looked for. The plugin's own come first.
          yield step.kind === "obstacle" && !isSure && image !== plugin ? maybeMissing(step.obstacle) : step;
          if (isUnsure) isSure = false;
        }
      }
      const found = this.images.slice(before).reverse();
      stack.push(...found.map((one) => [one, [one, ...chain]] as const));
    }
  }

  close(): void {
    for (const file of this.#files) file.close();
  }

  #link(library: LinkedLibrary, from: LoadedImage, chain: readonly RpathOwner[]): Linked {
    const { name, kind } = library;
    const given = this.host.libraries.some(
      (one) => one.name === name && one.kind !== "weak" && one.kind !== "lazy",
    );
    if (given || isSystemPath(name)) {
      const isOpen = !given && kind !== "weak" && !isOnEveryMac(name);
      return { link: { kind: "elsewhere", library }, steps: isOpen ? [need(name)] : [] };
    }
    // dyld knows a loaded library by its install name too (JustInTimeLoader::matchesPath).
    const loaded = this.images.find(({ file }) => file.installName === name);
    if (loaded !== undefined) return { link: { kind: "image", library, image: loaded }, steps: [] };
    return this.#search(library, from, chain);
  }

  #search(library: LinkedLibrary, from: LoadedImage, chain: readonly RpathOwner[]): Linked {
    const {
      places,
      unknown: unresolved,
      isWhole,
    } = searchPath(library.name, chain, this.#host, this.root, this.files);
    const whys = unresolved.map((name) => `what ${name} stands for`);
    const tried: (readonly [path: string, text: string | null, cause: string])[] = [];
    const elsewhere = { kind: "elsewhere", library } as const;
    for (const place of places) {
      const found = this.#at(place);
      if (found.kind === "loads") {
        return { link: { kind: "image", library, image: found.image }, steps: found.steps };
      }
      if (found.kind === "crash") {
        const missing = { library, from, text: null, tried: [place.path], crash: found.reason };
        return { link: elsewhere, steps: [obstacle(missing)] };
      }
      if (found.kind === "unknown") whys.push(found.why);
      else tried.push([place.path, found.text, found.cause]);
    }
    const [why] = whys;
    if (why !== undefined) {
      const text = `The library ${library.name} was not found among the available files, and it is unknown ${why}.`;
      return { link: elsewhere, steps: library.kind === "weak" ? [] : [unknown(text)] };
    }
    if (library.kind === "weak") return { link: { kind: "absent", library }, steps: [] };
    const isKnown = isWhole && from.sdk >= noFallbacksSince && tried.every(([, text]) => text !== null);
    const list = tried.map(([path, text]) => `'${path}' (${text ?? ""})`).join(", ");
    const reason = list === "" ? DYLD.noRpath.words : `tried: ${list}`;
    const causes = tried.map(([path, , cause]) => `${path}: ${cause}`);
    const missing = { library, from, text: isKnown ? reason : null, tried: causes };
    return { link: elsewhere, steps: [obstacle(missing)] };
  }

  #at(place: Place): Exclude<LibraryFile, { kind: "loads" }> | Opened {
    const image = this.#known(place);
    if (image !== undefined) return { kind: "loads", image, steps: [] };
    const found = openLibrary(this.files, place, this.host);
    if (found.kind !== "loads") return found;
    this.#files.push(found.source);
    this.#keep(found.image);
    const steps = found.steps.flatMap((step): readonly LibraryStep[] => {
      // A library with an obstacle does not load.
      if (step.kind === "obstacle") return [];
      return [step.kind === "unknown" ? { ...step, why: `${place.path}: ${step.why}` } : step];
    });
    return { kind: "loads", image: found.image, steps };
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

interface Linked {
  readonly link: Link;
  readonly steps: readonly LibraryStep[];
}

interface Opened {
  readonly kind: "loads";
  readonly image: LoadedImage;
  readonly steps: readonly LibraryStep[];
}

function maybeMissing({ library }: MissingLibrary): LibraryStep {
  return unknown(
    `The library ${library.name} was not found, and it is unknown whether another library, whose content is unknown, brings it along.`,
  );
}
