import type { Obstacle } from "../prediction.ts";
import { GlibcSearch, type Found } from "./search.ts";
import { glibcMessage } from "./messages.ts";
import { staticGlibcOf, type DlopenHost } from "../elf/host.ts";
import { glibcOfProgram, type Glibc } from "../elf/libc-release.ts";
import { breadthFirst, linkMap, LinkMaps, type LinkMap } from "../elf/link-map.ts";
import { wouldNotStart } from "../elf/host-start.ts";
import { isDoubt, type Step } from "../elf/step.ts";
import type { System } from "../elf/system.ts";

/** The host's process before it opens anything: the program and the libraries that it was linked to. */
export interface GlibcProcess {
  readonly maps: LinkMaps;
  /** The global scope: the program, and what it needs, nearest first. */
  readonly scope: readonly LinkMap[];
  readonly search: GlibcSearch;
  readonly glibc: Glibc;
}

/** More libraries than this, and the walk is given up; browsers have some 200. */
const MOST_LIBRARIES = 4096;

/** @returns what keeps the host from starting on that system, where something does. */
export function startGlibcProcess(host: DlopenHost, system: System): GlibcProcess | Step {
  const search = new GlibcSearch(system, host);
  const inProgram = staticGlibcOf(host);
  if (inProgram === undefined) {
    const libc = search.find("libc.so.6", { object: host.program, loader: undefined });
    if (libc.kind === "library") search.glibc = system.glibc(libc.realPath);
  } else {
    search.glibc = glibcOfProgram(inProgram);
  }
  const program = linkMap(host.program, undefined);
  const maps = new LinkMaps();
  maps.add(program);
  for (const step of loadNeeded(program, maps, search, new Set())) {
    return isDoubt(step) ? step : wouldNotStart(step, system);
  }
  return { maps, scope: breadthFirst(program), search, glibc: search.glibc };
}

/**
 * Loads what `start` needs, and what that needs (elf/dl-deps.c, _dl_map_object_deps). A library that cannot be had is said, and
 * the walk goes on, to find all of them.
 * @param needs collects what holds only where the target is so.
 */
export function* loadNeeded(
  start: LinkMap,
  maps: LinkMaps,
  search: GlibcSearch,
  needs: Set<string>,
): Generator<Step, void, undefined> {
  const queue = new Set([start]);
  for (const map of queue) {
    if (maps.follow(map)) {
      if (map.library?.filters === true) {
        yield {
          doubt: `${map.object.name} is a filter for others (DT_FILTER, DT_AUXILIARY), which is not followed here`,
        };
        return;
      }
      for (const name of map.object.needed) {
        const target = maps.find(name) ?? (yield* load(name, map, maps, search, needs));
        if (target !== undefined) map.needed.push(target);
      }
    }
    for (const each of map.needed) queue.add(each);
    if (maps.size <= MOST_LIBRARIES) continue;
    yield { doubt: "it needs more libraries than are followed here" };
    return;
  }
}

function* load(
  name: string,
  by: LinkMap,
  maps: LinkMaps,
  search: GlibcSearch,
  needs: Set<string>,
): Generator<Step, LinkMap | undefined, undefined> {
  const found = search.find(name, by);
  if (found.kind === "doubt") {
    yield { doubt: found.doubt };
    return undefined;
  }
  if (found.kind !== "library") {
    yield missingLibrary(name, by, found);
    return undefined;
  }
  const same = maps.sameFile(found.realPath, name);
  if (same !== undefined) return same;
  const { faults, library, needs: wanted } = found.library;
  for (const need of wanted) needs.add(`${name}: ${need}`);
  for (const { outcome, check, text, errno, cause } of faults) {
    // By the name that was asked for, not the path: _dl_map_object_from_fd.
    const message = text === null ? null : glibcMessage(name, text, errno);
    yield { outcome, check, message, cause: `${found.path}: ${cause}`, subject: name };
  }
  if (library === undefined) return undefined;
  const map = linkMap(library.object, by, library);
  maps.add(map, name);
  return map;
}

function missingLibrary(
  name: string,
  { object }: LinkMap,
  { message, cause }: Extract<Found, { kind: "missing" | "refused" }>,
): Obstacle {
  const by = object.name === "" ? "the host" : object.name;
  return {
    outcome: "refused",
    check: "missing-library",
    message,
    cause: `${cause}; ${by} needs it`,
    subject: name,
    plugin: { value: name, from: `DT_NEEDED of ${by}` },
  };
}
