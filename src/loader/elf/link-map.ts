import type { Library } from "./library.ts";
import type { LoadedObject } from "./loaded-object.ts";

/** One object in a process: glibc's struct link_map, musl's struct dso. */
export interface LinkMap {
  readonly object: LoadedObject;
  /** Who asked for it first. */
  readonly loader: LinkMap | undefined;
  /** What DT_NEEDED names, in order; filled while they are loaded. */
  readonly needed: LinkMap[];
  /** Undefined for the program itself. */
  readonly library: Library | undefined;
}

export function linkMap(object: LoadedObject, loader: LinkMap | undefined, library?: Library): LinkMap {
  return { object, loader, needed: [], library };
}

/** All objects of a process, in the order they came, and the names they were asked for by. */
export class LinkMaps {
  readonly #all: LinkMap[];
  readonly #names: Map<string, LinkMap>;
  readonly #followed: Set<LinkMap>;

  /** @param from a process that is to stay as it is. */
  constructor(from?: LinkMaps) {
    this.#all = [...(from === undefined ? [] : from.#all)];
    this.#names = new Map(from === undefined ? [] : from.#names);
    this.#followed = new Set(from === undefined ? [] : from.#followed);
  }

  get size(): number {
    return this.#all.length;
  }

  get all(): readonly LinkMap[] {
    return this.#all;
  }

  add(map: LinkMap, name?: string): void {
    this.#all.push(map);
    if (name !== undefined) this.#names.set(name, map);
  }

  /** Who is asked for by that name: by a name it had before, its path, or its DT_SONAME (elf/dl-load.c, _dl_map_object). */
  find(name: string): LinkMap | undefined {
    const found =
      this.named(name) ?? this.#all.find(({ object }) => object.name !== "" && object.soname === name);
    if (found !== undefined) this.#names.set(name, found);
    return found;
  }

  /** The same without a look at DT_SONAME (_dl_name_match_p). */
  named(name: string): LinkMap | undefined {
    return this.#names.get(name) ?? this.#all.find(({ object }) => object.name === name);
  }

  /** The same file under another name. */
  sameFile(realPath: string, name: string): LinkMap | undefined {
    const found = this.#all.find(({ object }) => object.realPath === realPath && realPath !== "");
    if (found !== undefined) this.#names.set(name, found);
    return found;
  }

  /** Whether what it needs is still to be loaded; asked once. */
  follow(map: LinkMap): boolean {
    if (this.#followed.has(map)) return false;
    this.#followed.add(map);
    return true;
  }
}

/** An object and all that it needs, each once, nearest first: glibc's search list. */
export function breadthFirst(start: LinkMap): readonly LinkMap[] {
  const list = new Set([start]);
  for (const map of list) for (const each of map.needed) list.add(each);
  return [...list];
}

/**
 * The order of relocation: what an object needs comes before it (glibc 2.35 on: elf/dl-sort-maps.c, _dl_sort_maps_dfs, read from
 * its end). Walks with a stack of its own.
 */
export function dependenciesFirst(list: readonly LinkMap[]): readonly LinkMap[] {
  const visited = new Set<LinkMap>();
  const done: LinkMap[] = [];
  for (const start of list.toReversed()) {
    const stack: { readonly map: LinkMap; next: number }[] = [];
    const enter = (map: LinkMap): void => {
      if (visited.has(map)) return;
      visited.add(map);
      stack.push({ map, next: 0 });
    };
    enter(start);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const child = top.map.needed[top.next++];
      if (child === undefined) {
        done.push(top.map);
        stack.pop();
      } else {
        enter(child);
      }
    }
  }
  return done;
}
