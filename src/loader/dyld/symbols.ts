import { libraryOrdinals, loadCommandKinds as lc } from "../../object/macho/constants.ts";
import type { BindTarget } from "../../object/macho/bind-target.ts";
import type { DyldHost } from "./host.ts";
import type { LoadedImage } from "./loaded-image.ts";
import { isSystemPath } from "./system-path.ts";
import { filled } from "../message-form.ts";
import { assumption, obstacle, unknown, type Step } from "../step.ts";
import { DYLD } from "./messages.ts";

/** A symbol that dyld does not find. */
export interface MissingSymbol {
  readonly symbol: string;
  readonly from: LoadedImage;
  /** dyld's message, without what dlopen puts before it; null if it names something unknown. */
  readonly text: string | null;
  readonly cause: string;
}

type Answer = "there" | "missing" | "unknown";

/** Where symbols are looked up. */
export interface Namespace {
  readonly host: DyldHost;
  /** The plugin and the libraries that are loaded with it, in load order. */
  readonly images: readonly LoadedImage[];
  /** RTLD_NOW: symbols that are bound lazily are looked up right away. */
  readonly bindsAtOnce: boolean;
}

/** What dyld finds out about the symbols that it looks up, in its order (dyld/Loader.cpp, resolveSymbol). */
export function findMissingSymbols(namespace: Namespace): readonly Step<MissingSymbol>[] {
  const anywhere = namesAnywhere(namespace);
  const steps: Step<MissingSymbol>[] = [];
  const unsure = new Set<string>();
  let before = 0;
  for (const image of namespace.images) {
    for (const target of boundTargets(image)) {
      const found = resolve(target, image, namespace.host, anywhere);
      if (found === undefined) continue;
      if (target.lazy && !namespace.bindsAtOnce) {
        steps.push(assumption(`${target.symbol}, when it is first called`));
      } else if (found === "unknown") {
        if (unsure.size === 0) before = steps.length;
        unsure.add(target.symbol);
      } else {
        steps.push(obstacle(found));
      }
    }
  }
  // One step for all of them, in the place of the first.
  if (unsure.size > 0) steps.splice(before, 0, unknown(unsureText([...unsure])));
  return steps;
}

/** What an image needs, each symbol of each library once. dyld handles lazy binds after all others. */
function boundTargets({ file }: LoadedImage): readonly BindTarget[] {
  const isChained = file.loadCommands.some(({ cmd }) => cmd === lc.LC_DYLD_CHAINED_FIXUPS);
  const targets = new Map<string, BindTarget>();
  for (const late of [false, true]) {
    for (const target of file.imports) {
      // Opcodes that coalesce weak definitions may find nothing.
      const isOptional = target.ordinal === libraryOrdinals.weakLookup && !isChained;
      const key = `${target.ordinal} ${target.symbol}`;
      if (target.lazy === late && !target.weak && !isOptional && !targets.has(key)) targets.set(key, target);
    }
  }
  return [...targets.values()];
}

function unsureText(symbols: readonly string[]): string {
  const named = symbols.slice(0, 3).join(", ");
  const more = symbols.length > 3 ? ` and ${symbols.length - 3} more` : "";
  return `Some symbols may come from any loaded image, and the host does not export them; whether the system exports them can only be checked on a Mac: ${named}${more}.`;
}

function resolve(
  { symbol, ordinal }: BindTarget,
  image: LoadedImage,
  host: DyldHost,
  anywhere: ReadonlySet<string>,
): MissingSymbol | "unknown" | undefined {
  const missing = (text: string | null, cause: string) => ({ symbol, from: image, text, cause });
  const notFound = (where: string | null, cause: string) => {
    if (where === null) return missing(null, cause);
    return missing(filled(DYLD.missingSymbol, { symbol, image: named(image), place: where }), cause);
  };
  if (ordinal === libraryOrdinals.self) {
    if (image.exports.has(symbol)) return undefined;
    return notFound(named(image), `${symbol} should come from the image itself, which does not export it.`);
  }
  if (ordinal === libraryOrdinals.mainExecutable) {
    if (host.exports.has(symbol)) return undefined;
    const where = host.path === undefined ? null : `<${host.uuid ?? "no uuid"}> ${host.path}`;
    return notFound(where, `${symbol} should come from the host, which does not export it.`);
  }
  if (ordinal === libraryOrdinals.flatLookup || ordinal === libraryOrdinals.weakLookup) {
    return anywhere.has(symbol) ? undefined : "unknown";
  }
  const link = image.links[ordinal - 1];
  if (link === undefined) {
    // An image that links nothing gets libSystem.
    if (ordinal === 1 && image.links.length === 0) return undefined;
    const text = filled(DYLD.unknownOrdinal, { ordinal, image: image.place.path, symbol });
    const linked = `${image.place.path} links only ${image.links.length}`;
    return missing(text, `${symbol} should come from library ${ordinal}, but ${linked}.`);
  }
  if (link.kind === "absent") {
    return notFound(
      "<no uuid> unknown",
      `${symbol} should come from ${link.library.name}, which does not exist.`,
    );
  }
  if (link.kind === "elsewhere" || lookUp(symbol, link.image) !== "missing") return undefined;
  return notFound(
    named(link.image),
    `${symbol} should come from ${link.library.name}, which does not export it.`,
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

/** What dyld finds in any image, as far as the files are available; what one of them binds in the system's libraries exists. */
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
