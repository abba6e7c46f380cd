import type { Files } from "../../files/files.ts";
import { FormatError } from "../../object/format-error.ts";
import type { ByteSource } from "../../object/image.ts";
import type { Obstacle, Prediction } from "../prediction.ts";
import type { DyldHost } from "./host.ts";
import { examineImage, type SoundImage } from "./image.ts";
import { LibrarySearch, type MissingLibrary } from "./library-search.ts";
import { loadedImage } from "./loaded-image.ts";
import { findMissingSymbols, type MissingSymbol } from "./symbols.ts";
import { Verdict, type Reason } from "./verdict.ts";

/** RTLD_* of dlfcn.h on macOS; Go's package plugin passes RTLD_NOW | RTLD_GLOBAL, Rust's libloading RTLD_LAZY | RTLD_LOCAL. */
export const rtld = { lazy: 0x1, now: 0x2, local: 0x4, global: 0x8 } as const;

/** The Mac that loads, as far as its files are at hand. */
export interface DyldSystem {
  /** Where the files lie that are beside plugin and host, and below `root`. */
  readonly files: Files;
  /** A folder that holds its file system: absolute paths are looked up below it. */
  readonly root?: string;
  /** How the host calls dlopen: RTLD_NOW | RTLD_GLOBAL if left out. */
  readonly mode?: number;
}

/**
 * What dlopen answers on macOS, known from the files alone: dyld's checks (dyld-1378, of macOS 26) in dyld's order, and
 * the kernel's of code signatures. Hashes all of the plugin.
 *
 * Libraries of the system live in its shared cache and not on disk: they are taken to be there, and named in `needs`.
 * A message ends with the first place that dyld tried: since macOS 13 it then says the same of that path on the
 * system's cryptex, and of the path again. Older releases word some messages otherwise.
 * @param plugin the whole file, also a universal one, and its path as the host passes it to dlopen: the real one.
 */
export function predictDyld(
  plugin: { readonly source: ByteSource; readonly path: string },
  host: DyldHost,
  system: DyldSystem,
): Prediction {
  const { mode = rtld.now | rtld.global } = system;
  const call = `dlopen(${plugin.path}, 0x${mode.toString(16).toUpperCase().padStart(4, "0")}): `;
  const verdict = new Verdict();
  const sound = examineImage(plugin.source, { asked: plugin.path, real: plugin.path }, host, verdict);
  const obstacles = verdict.reasons.map((reason) => ofFile(reason, call, plugin.path));
  if (sound !== undefined)
    obstacles.push(...needed(plugin.path, sound, host, { ...system, mode }, call, verdict));
  const { doubts, needs } = verdict;
  const [first, ...further] = obstacles;
  if (first !== undefined) return { outcome: first.outcome, first, further, needs };
  if (doubts.length > 0 || sound === undefined) {
    return { outcome: "unknown", reason: sentence(doubts), needs };
  }
  return { outcome: "loads", needs };
}

/** What stands in the way beyond the file itself: its libraries, then its symbols. */
function needed(
  path: string,
  sound: SoundImage,
  host: DyldHost,
  { files, root, mode = 0 }: DyldSystem,
  call: string,
  verdict: Verdict,
): readonly Obstacle[] {
  const search = new LibrarySearch(files, host, root, verdict);
  try {
    search.loadAll(loadedImage({ path, local: path }, sound.file, sound.sdk));
    const { images, missing } = search;
    const namespace = { host, images, bindsAtOnce: (mode & rtld.now) !== 0 };
    const symbols = findMissingSymbols(namespace, verdict);
    return [...missing.map((one) => ofLibrary(one, call)), ...symbols.map((one) => ofSymbol(one, call))];
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    verdict.doubt(`what it exports or binds cannot be read: ${error.message}`);
    return search.missing.map((one) => ofLibrary(one, call));
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
  const message = `${call}Library not loaded: ${name}\n  Referenced from: <${file.uuid ?? "no uuid"}> ${place.path}\n  Reason: ${text ?? ""}`;
  const where = tried.length === 0 ? "there is no LC_RPATH to look in" : tried.join("; ");
  return {
    outcome: "refused",
    check: "missing-dylib",
    message: text === null ? null : message,
    cause: `It needs ${name}, which dyld does not find: ${where}.`,
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

function sentence(doubts: readonly string[]): string {
  const [first = "the file cannot be read", ...others] = doubts;
  const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
  return `${first.charAt(0).toUpperCase()}${first.slice(1)}${more}.`;
}
