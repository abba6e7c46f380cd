import { EM_386, EM_PPC, EM_PPC64, EM_S390 } from "../../object/elf/constants.ts";
import type { Obstacle } from "../obstacle.ts";
import { GlibcSearch, type Found } from "./search.ts";
import { glibcMessage } from "./messages.ts";
import type { LoadedObject } from "../elf/loaded-object.ts";
import { staticGlibcOf, type DlopenHost } from "../elf/host.ts";
import { glibcOfProgram, UNKNOWN_GLIBC, type Glibc } from "../elf/libc-release.ts";
import { breadthFirst, linkMap, LinkMaps, type LinkMap } from "../elf/link-map.ts";
import { wouldNotStart } from "../elf/host-start.ts";
import { need, obstacle, unknownFromHere, type Step } from "../step.ts";
import type { System } from "../elf/system.ts";
import { preferencesOf } from "./preference.ts";

/** The host's process before it opens anything: the program and the libraries that it was linked to. */
export interface GlibcProcess {
  readonly maps: LinkMaps;
  /** The global scope: the program, and what it needs, nearest first. */
  readonly scope: readonly LinkMap[];
  /** All that is in it and relocated: the scope, and the loader itself. */
  readonly present: ReadonlySet<LinkMap>;
  readonly glibc: Glibc;
}

/** DT_SONAME of the kernel's vDSO where it is not linux-vdso.so.1 (Linux: arch/<machine> in the Makefiles of the vDSOs, -soname). */
const VDSO_NAMES: Readonly<Record<number, string>> = {
  [EM_386]: "linux-gate.so.1",
  [EM_PPC]: "linux-vdso32.so.1",
  [EM_PPC64]: "linux-vdso64.so.1",
  [EM_S390]: "linux-vdso64.so.1",
};

/** With more libraries, the walk is given up; browsers have some 200. */
const MOST_LIBRARIES = 4096;

/** A search on each processor, and in each release, that the loader may be of; one if both are known. The first processor has the least. */
export function glibcSearches(host: DlopenHost, system: System): readonly GlibcSearch[] {
  return system.remember(host, () => {
    const glibc = glibcFor(host, system);
    const preferences = preferencesOf(host, system.processorsFor(host), glibc.release);
    return preferences.map((preference) => {
      const others = preferences.filter((each) => each !== preference);
      return new GlibcSearch({ system, host, glibc, preference, others });
    });
  });
}

/** Its C library tells, which has to be found first. Copies for better processors are of the same release, or nothing would start. */
function glibcFor(host: DlopenHost, system: System): Glibc {
  const inProgram = staticGlibcOf(host);
  if (inProgram !== undefined) return glibcOfProgram(inProgram);
  const [least] = preferencesOf(host, system.processorsFor(host), undefined);
  const preference = { ...least, subfolders: [] };
  const search = new GlibcSearch({ system, host, glibc: UNKNOWN_GLIBC, preference, others: [] });
  const libc = search.find("libc.so.6", { object: host.program, loader: undefined });
  return libc.kind === "library" ? system.glibc(libc.realPath) : UNKNOWN_GLIBC;
}

/** The process as it is before anything is opened, made once. @returns what keeps the host from starting on that system, if something does. */
export function glibcProcess(host: DlopenHost, system: System, search: GlibcSearch): Started {
  return system.remember(search, () => startGlibcProcess(host, system, search));
}

type Started = GlibcProcess | Exclude<Step, { kind: "need" }>;

function startGlibcProcess(host: DlopenHost, system: System, search: GlibcSearch): Started {
  const program = linkMap(host.program, undefined);
  const maps = new LinkMaps();
  maps.add(program);
  const loader = staticGlibcOf(host) === undefined ? system.loaderOf(host) : undefined;
  if (loader !== undefined) maps.add(linkMap(vdso(host), undefined));
  const steps = loader === undefined ? [] : mapLoader(loader, maps, search);
  for (const step of [...steps, ...loadNeeded(program, maps, search)]) {
    if (step.kind === "unknown") return step;
    if (step.kind === "obstacle") return wouldNotStart(step.obstacle, system);
  }
  return { maps, scope: breadthFirst(program), present: new Set(maps.all), glibc: search.glibc };
}

/** The loader is in the process before anything is searched for, and answers to its path and to its DT_SONAME (elf/rtld.c, dl_main). */
function* mapLoader(path: string, maps: LinkMaps, search: GlibcSearch): Generator<Step, void, undefined> {
  const found = search.atPath(path);
  if (found?.kind === "unknown") yield found;
  else if (found?.kind !== "library") {
    yield obstacle({
      outcome: "refused",
      check: "missing-library",
      message: null,
      cause: `its loader ${path} (PT_INTERP) does not exist there, or is built for a different machine.`,
      subject: path,
    });
  } else {
    const { library, faults, unsure } = found.library;
    const [fault] = faults;
    if (fault !== undefined) yield unknownFromHere(`The loader ${path} is damaged: ${fault.cause}`);
    if (unsure !== undefined) yield unsure;
    if (library !== undefined) maps.add(linkMap(library.object, undefined, library), path);
  }
}

const NONE: LoadedObject["symbols"] = { get: () => undefined, fault: () => undefined };

/** The kernel's vDSO answers to its DT_SONAME as well; only the C library calls its functions (elf/setup-vdso.h). */
function vdso({ machine }: DlopenHost): LoadedObject {
  const soname = VDSO_NAMES[machine] ?? "linux-vdso.so.1";
  return {
    name: soname,
    realPath: "",
    origin: { path: "", here: false },
    soname,
    needed: [],
    rpath: undefined,
    runpath: undefined,
    flags1: 0n,
    versionNeeds: [],
    versionDefinitions: [],
    hasVersionDefinitions: false,
    symbols: NONE,
    tls: undefined,
  };
}

/**
 * Loads what `start` needs, and what that needs (elf/dl-deps.c, _dl_map_object_deps). The walk goes on after a missing library, to
 * find all of them. It ends at one whose content is unknown: what that brings along may have the name or the symbols that something
 * later needs.
 */
export function* loadNeeded(
  start: LinkMap,
  maps: LinkMaps,
  search: GlibcSearch,
): Generator<Step, void, undefined> {
  const queue = new Set([start]);
  for (const map of queue) {
    if (maps.follow(map)) {
      if (map.library?.filters === true) {
        yield unknownFromHere(
          `${map.object.name} is a filter for other libraries (DT_FILTER, DT_AUXILIARY), which are not followed.`,
        );
        return;
      }
      for (const name of map.object.needed) {
        const target = maps.find(name) ?? (yield* load(name, map, maps, search));
        if (target !== undefined) map.needed.push(target);
      }
    }
    for (const each of map.needed) queue.add(each);
    if (maps.size <= MOST_LIBRARIES) continue;
    yield unknownFromHere(`It needs more than ${MOST_LIBRARIES} libraries, which are not followed.`);
    return;
  }
}

function* load(
  name: string,
  by: LinkMap,
  maps: LinkMaps,
  search: GlibcSearch,
): Generator<Step, LinkMap | undefined, undefined> {
  const found = search.find(name, by);
  if (found.kind === "unknown") {
    yield found;
    return undefined;
  }
  if (found.kind !== "library") {
    yield obstacle(missingLibrary(name, by, found));
    return undefined;
  }
  const same = maps.sameFile(found.realPath, name);
  if (same !== undefined) return same;
  const { faults, unsure, library, needs } = found.library;
  for (const each of needs) yield need(`${name}: ${each}`);
  for (const { outcome, check, text, cause } of faults) {
    // With the name that was asked for, not the path: _dl_map_object_from_fd.
    const message = text === null ? null : glibcMessage(name, text);
    yield obstacle({ outcome, check, message, cause: `${found.path}: ${cause}`, subject: name });
  }
  if (unsure !== undefined) yield { ...unsure, why: `${name}: ${unsure.why}` };
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
  const [by, subject] = object.name === "" ? ["the host", "The host"] : [object.name, object.name];
  return {
    outcome: "refused",
    check: "missing-library",
    message,
    cause: `${cause} ${subject} needs it.`,
    subject: name,
    plugin: { value: name, from: `DT_NEEDED of ${by}` },
  };
}
