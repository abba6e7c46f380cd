import { libraryOrdinals, type BindTarget } from "../../object/macho/bind-target.ts";
import { loadCommandKinds as lc } from "../../object/macho/load-command-kind.ts";
import type { DyldHost } from "./host.ts";
import type { LoadedImage } from "./loaded-image.ts";
import { isSystemPath } from "./system-path.ts";
import type { Verdict } from "./verdict.ts";

/** A symbol that dyld does not find. */
export interface MissingSymbol {
  readonly symbol: string;
  readonly from: LoadedImage;
  /** dyld's words, without what comes before them; null where they name what is not known. */
  readonly text: string | null;
  readonly cause: string;
}

type Answer = "there" | "missing" | "unknown";

/** What symbols are looked for in. */
export interface Namespace {
  readonly host: DyldHost;
  /** The plugin and the libraries that are loaded with it, in load order. */
  readonly images: readonly LoadedImage[];
  /** RTLD_NOW: what is bound lazily is looked for at once. */
  readonly bindsAtOnce: boolean;
}

/** The symbols that dyld looks for and does not find, in its order (dyld/Loader.cpp, resolveSymbol). */
export function findMissingSymbols(namespace: Namespace, verdict: Verdict): readonly MissingSymbol[] {
  const anywhere = namesAnywhere(namespace);
  const missing: MissingSymbol[] = [];
  const unsure = new Set<string>();
  for (const image of namespace.images) {
    for (const target of boundTargets(image)) {
      const found = resolve(target, image, namespace.host, anywhere);
      if (found === undefined) continue;
      if (target.lazy && !namespace.bindsAtOnce) verdict.need(`${target.symbol}, when it is first called`);
      else if (found === "unknown") unsure.add(target.symbol);
      else missing.push(found);
    }
  }
  if (unsure.size > 0) verdict.doubt(flatDoubt([...unsure]));
  return missing;
}

/** What an image must find, each symbol of each library once. dyld goes through lazy binds after all others. */
function boundTargets({ file }: LoadedImage): readonly BindTarget[] {
  const isChained = file.loadCommands.some(({ cmd }) => cmd === lc.LC_DYLD_CHAINED_FIXUPS);
  const targets = new Map<string, BindTarget>();
  for (const late of [false, true]) {
    for (const target of file.imports) {
      // Of opcodes that coalesce weak definitions dyld does not mind when they find nothing.
      const isOptional = target.ordinal === libraryOrdinals.weakLookup && !isChained;
      const key = `${target.ordinal} ${target.symbol}`;
      if (target.lazy === late && !target.weak && !isOptional && !targets.has(key)) targets.set(key, target);
    }
  }
  return [...targets.values()];
}

function flatDoubt(symbols: readonly string[]): string {
  const named = symbols.slice(0, 3).join(", ");
  const more = symbols.length > 3 ? ` and ${symbols.length - 3} more` : "";
  return `some symbols may come from any loaded image, the host does not export them, and whether the system does only a Mac tells: ${named}${more}`;
}

function resolve(
  { symbol, ordinal }: BindTarget,
  image: LoadedImage,
  host: DyldHost,
  anywhere: ReadonlySet<string>,
): MissingSymbol | "unknown" | undefined {
  const missing = (text: string | null, cause: string) => ({ symbol, from: image, text, cause });
  const notFound = (where: string | null, cause: string) => {
    const text = `Symbol not found: ${symbol}\n  Referenced from: ${named(image)}\n  Expected in:     ${where ?? ""}`;
    return missing(where === null ? null : text, cause);
  };
  if (ordinal === libraryOrdinals.self) {
    if (image.exports.has(symbol)) return undefined;
    return notFound(named(image), `${symbol} is to come from the image itself, which does not export it.`);
  }
  if (ordinal === libraryOrdinals.mainExecutable) {
    if (host.exports.has(symbol)) return undefined;
    const where = host.path === undefined ? null : `<${host.uuid ?? "no uuid"}> ${host.path}`;
    return notFound(where, `${symbol} is to come from the host, which does not export it.`);
  }
  if (ordinal === libraryOrdinals.flatLookup || ordinal === libraryOrdinals.weakLookup) {
    return anywhere.has(symbol) ? undefined : "unknown";
  }
  const link = image.links[ordinal - 1];
  if (link === undefined) {
    // An image that links nothing is given libSystem.
    if (ordinal === 1 && image.links.length === 0) return undefined;
    const text = `unknown library ordinal ${ordinal} in ${image.place.path} when binding '${symbol}'`;
    return missing(text, `${symbol} is to come from library ${ordinal}, but it links ${image.links.length}.`);
  }
  if (link.kind === "absent") {
    return notFound(
      "<no uuid> unknown",
      `${symbol} is to come from ${link.library.name}, which is not there.`,
    );
  }
  if (link.kind === "elsewhere" || lookUp(symbol, link.image) !== "missing") return undefined;
  return notFound(
    named(link.image),
    `${symbol} is to come from ${link.library.name}, which does not export it.`,
  );
}

/** In a library, or in one that it re-exports (hasExportedSymbol); libraries may re-export one another. */
function lookUp(symbol: string, start: LoadedImage): Answer {
  const visited = new Set([start]);
  let answer: Answer = "missing";
  for (const image of visited) {
    if (image.exports.has(symbol)) return "there";
    for (const link of image.links) {
      if (link.library.kind !== "reexport") continue;
      if (link.kind === "image") visited.add(link.image);
      else answer = "unknown";
    }
  }
  return answer;
}

/** What dyld finds in any image, as far as these are at hand; what one of them binds in the system's libraries is there. */
function namesAnywhere({ host, images }: Namespace): ReadonlySet<string> {
  const names = new Set([...host.exports, ...host.systemSymbols]);
  for (const { exports, file, links } of images) {
    for (const name of exports) names.add(name);
    for (const { symbol, ordinal, weak } of file.imports) {
      const library = links[ordinal - 1]?.library;
      if (library !== undefined && !weak && isSystemPath(library.name)) names.add(symbol);
    }
  }
  return names;
}

function named({ file, place }: LoadedImage): string {
  return `<${file.uuid ?? "no uuid"}> ${place.path}`;
}
