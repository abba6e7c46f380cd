import type { Files } from "../../files/files.ts";
import { FormatError } from "../../object/format-error.ts";
import type { ByteSource } from "../../object/image.ts";
import { platforms } from "../../object/macho/constants.ts";
import { packedVersion } from "../../object/macho/version.ts";
import { filled } from "../message-form.ts";
import type { Obstacle } from "../obstacle.ts";
import { predictionOf, type Prediction } from "../prediction.ts";
import { assumption, obstacle, unknown, unknownFromHere, type Step } from "../step.ts";
import type { DyldHost } from "./host.ts";
import { examineImage, type SoundImage } from "./image.ts";
import { LibrarySearch, type MissingLibrary } from "./library-search.ts";
import { newestPublished } from "./linkedit.ts";
import { loadedImage } from "./loaded-image.ts";
import { DYLD } from "./messages.ts";
import type { Reason } from "./reason.ts";
import { isMacosAtLeast, macosName } from "./release.ts";
import { findMissingSymbols, type MissingSymbol } from "./symbols.ts";

/** RTLD_* of dlfcn.h on macOS; Go's package plugin passes RTLD_NOW | RTLD_GLOBAL, Rust's libloading RTLD_LAZY | RTLD_LOCAL. @internal for its tests */
export const rtld = { lazy: 0x1, now: 0x2, local: 0x4, global: 0x8 } as const;

/** The Mac that loads, as far as its files are available. */
export interface DyldSystem {
  /** Where the files lie that are beside plugin and host, and below `root`. */
  readonly files: Files;
  /** A folder that holds its file system: absolute paths are looked up below it. */
  readonly root?: string;
  /** How the host calls dlopen: RTLD_NOW | RTLD_GLOBAL if left out. */
  readonly mode?: number;
}

/**
 * What dlopen answers on macOS, from the files alone: dyld's checks (dyld-1378, of macOS 26) in dyld's order, and the kernel's checks
 * of code signatures. Hashes the whole plugin.
 *
 * The system's libraries are in its shared cache and not on disk: those that the host links or every macOS has are there, others are open `needs`. A message ends
 * with the first place that dyld tried: since macOS 13 it goes on with the same for that path on the system's cryptex, and for the
 * path again. Older releases word some messages differently.
 * @param plugin the whole file, which may be universal, and its path as the host passes it to dlopen: the real one.
 */
export function predictDyld(
  plugin: { readonly source: ByteSource; readonly path: string },
  host: DyldHost,
  system: DyldSystem,
): Prediction {
  return predictionOf(steps(plugin, host, system));
}

function* steps(
  { source, path }: { readonly source: ByteSource; readonly path: string },
  host: DyldHost,
  { files, root, mode = rtld.now | rtld.global }: DyldSystem,
): Generator<Step, void, undefined> {
  const call = `dlopen(${path}, 0x${mode.toString(16).toUpperCase().padStart(4, "0")}): `;
  yield* checkRelease(host);
  const { steps: found, sound } = examineImage(source, { asked: path, real: path }, host);
  for (const step of found)
    yield step.kind === "obstacle" ? obstacle(ofFile(step.obstacle, call, path)) : step;
  if (sound !== undefined) yield* needed(path, sound, host, { files, root, mode, call });
}

/** What cannot be said of a release that was named. */
function* checkRelease({ release, platform, minos }: DyldHost): Generator<Step, void, undefined> {
  if (release === undefined || platform !== platforms.macOS) return;
  const name = macosName(release);
  if (minos !== undefined && isMacosAtLeast(release, packedVersion(minos)) === false) {
    yield unknown(
      `The host is built for macOS ${minos}, which is newer than ${name}: whether it starts there is unknown.`,
    );
  }
  const [major = 0] = release.parts;
  if (major > newestPublished) {
    yield assumption(`that ${name} loads what macOS ${newestPublished} does (its dyld is not published)`);
  }
}

/** What else dyld looks at: the libraries, then the symbols. */
function* needed(
  path: string,
  sound: SoundImage,
  host: DyldHost,
  {
    files,
    root,
    mode,
    call,
  }: {
    readonly files: Files;
    readonly root: string | undefined;
    readonly mode: number;
    readonly call: string;
  },
): Generator<Step, void, undefined> {
  const search = new LibrarySearch(files, host, root);
  try {
    for (const step of search.loadAll(loadedImage({ path, local: path }, sound.file, sound.sdk)))
      yield step.kind === "obstacle" ? obstacle(ofLibrary(step.obstacle, call)) : step;
    const namespace = { host, images: search.images, bindsAtOnce: (mode & rtld.now) !== 0 };
    for (const step of findMissingSymbols(namespace))
      yield step.kind === "obstacle" ? obstacle(ofSymbol(step.obstacle, call)) : step;
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    yield unknownFromHere(`What the file exports or binds cannot be read: ${error.message}.`);
  } finally {
    search.close();
  }
}

function ofFile({ text, ...reason }: Reason, call: string, path: string): Obstacle {
  return { ...reason, message: text === null ? null : `${call}tried: '${path}' (${text})` };
}

function ofLibrary({ library, from, text, tried, crash }: MissingLibrary, call: string): Obstacle {
  const { name } = library;
  if (crash !== undefined) {
    const { outcome, check, cause } = crash;
    return { outcome, check, message: null, subject: name, cause: `${name}: ${cause}` };
  }
  const { file, place } = from;
  const image = `<${file.uuid ?? "no uuid"}> ${place.path}`;
  const where = tried.length === 0 ? "There is no LC_RPATH to search." : tried.join(" ");
  return {
    outcome: "refused",
    check: "missing-dylib",
    message:
      text === null ? null : call + filled(DYLD.missingLibrary, { installname: name, image, why: text }),
    cause: `The file needs ${name}, which dyld does not find. ${where}`,
    subject: name,
    plugin: { value: name, from: "LC_LOAD_DYLIB" },
  };
}

function ofSymbol({ symbol, text, cause }: MissingSymbol, call: string): Obstacle {
  return {
    outcome: "refused",
    check: "missing-symbol",
    message: text === null ? null : call + text,
    cause,
    subject: symbol,
  };
}
