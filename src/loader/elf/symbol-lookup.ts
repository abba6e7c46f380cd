import { VERSYM_HIDDEN } from "../../object/elf/constants.ts";
import type { ElfSymbol } from "../../object/elf/symbol.ts";
import type { LinkMap, LinkMaps } from "./link-map.ts";
import type { Definition } from "./loaded-object.ts";

/** A version that is asked for, and the library it is asked of (struct r_found_version). */
export interface WantedVersion {
  readonly name: string;
  /** Undefined if the version is the file's own. */
  readonly file: string | undefined;
  /** VERSYM_HIDDEN of the need. */
  readonly hidden: boolean;
}

/** Where a name is bound to. */
export type Bound =
  | { readonly kind: "bound"; readonly map: LinkMap; readonly definition: Definition }
  | { readonly kind: "nowhere" }
  /** The library that the version is asked of has none at all: until 2.36 glibc ends the process, from 2.41 on it does not mind. */
  | { readonly kind: "lost-versions"; readonly map: LinkMap; readonly definition: Definition };

/** Types of symbols that stand for something (elf/dl-lookup.c, ALLOWED_STT). */
const ALLOWED = new Set<ElfSymbol["type"]>(["none", "object", "function", "tls", "ifunc"]);
/** A file's oldest version; a reference without version takes that one, or none at all. */
const OLDEST = 2;

/** The versions that an object's references may name, by their number's name. */
export function wantedVersion(map: LinkMap, symbol: ElfSymbol): WantedVersion | undefined {
  if (symbol.version === undefined) return undefined;
  for (const { file, versions } of map.object.versionNeeds) {
    const found = versions.find(({ name }) => name === symbol.version);
    if (found !== undefined && !symbol.defined)
      return { name: found.name, file, hidden: (found.other & VERSYM_HIDDEN) !== 0 };
  }
  return { name: symbol.version, file: undefined, hidden: false };
}

/** glibc's _dl_lookup_symbol_x over objects in the order of the scopes. */
export function lookUp(
  name: string,
  version: WantedVersion | undefined,
  scope: Iterable<LinkMap>,
  maps: LinkMaps,
): Bound {
  for (const map of scope) {
    const first = map.object.symbols.get(name);
    if (first === undefined) continue;
    const definition = version === undefined ? unversioned(first, map) : versioned(first, version, map);
    if (definition === undefined || !isVisible(definition)) continue;
    const lost = version?.file !== undefined && isUnversioned(map) && maps.named(version.file) === map;
    return { kind: lost ? "lost-versions" : "bound", map, definition };
  }
  return { kind: "nowhere" };
}

/** An object that neither defines versions nor needs any has no table of them (dl-version.c: l_versyms). */
function isUnversioned({ object }: LinkMap): boolean {
  return object.versionNeeds.length === 0 && object.versionDefinitions.length === 0;
}

function isCandidate(definition: Definition): boolean {
  return !definition.void && ALLOWED.has(definition.type);
}

function isVisible({ visibility, binding }: Definition): boolean {
  return visibility !== "hidden" && visibility !== "internal" && binding !== "local" && binding !== "other";
}

/** check_match with a version. */
function versioned(first: Definition, wanted: WantedVersion, map: LinkMap): Definition | undefined {
  const any = isUnversioned(map);
  for (let each: Definition | undefined = first; each !== undefined; each = each.next) {
    if (!isCandidate(each)) continue;
    const same = each.version === wanted.name;
    const plain = !wanted.hidden && each.version === undefined && !each.versionHidden;
    if (any || same || plain) return each;
  }
  return undefined;
}

/** check_match without one: the oldest, or the default one if there is only one. */
function unversioned(first: Definition, map: LinkMap): Definition | undefined {
  const defaults: Definition[] = [];
  for (let each: Definition | undefined = first; each !== undefined; each = each.next) {
    if (!isCandidate(each)) continue;
    if (isUnversioned(map) || each.versionIndex <= OLDEST) return each;
    if (!each.versionHidden) defaults.push(each);
  }
  return defaults.length === 1 ? defaults[0] : undefined;
}
