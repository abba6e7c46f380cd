import { Image } from "../../object/image.ts";
import type { Obstacle } from "../prediction.ts";
import type { DlopenHost } from "../elf/host.ts";
import { isAtLeast } from "../elf/libc-release.ts";
import { breadthFirst, linkMap, LinkMaps, type LinkMap } from "../elf/link-map.ts";
import { isCLibrary, MuslSearch } from "./search.ts";
import { mapMuslLibrary, type MuslLibrary } from "./library.ts";
import { MUSL, MUSL_ERRNO } from "./messages.ts";
import { relocateMusl } from "./relocations.ts";
import type { ReadablePlugin, UnreadablePlugin } from "../elf/plugin-file.ts";
import type { Folder } from "../elf/root-folder.ts";
import { wouldNotStart } from "../elf/host-start.ts";
import { isDoubt, type Step } from "../elf/step.ts";
import type { System } from "../elf/system.ts";

export function muslUnreadable({ error, path }: UnreadablePlugin): Obstacle {
  const [check, errno, cause] = (
    {
      missing: ["missing-file", MUSL_ERRNO.missing, "there is no such file"],
      "no-permission": ["no-permission", MUSL_ERRNO.denied, "the file may not be read"],
      folder: ["not-a-file", MUSL_ERRNO.folder, "it is a folder"],
    } as const
  )[error];
  return { outcome: "refused", check, message: MUSL.loading(path, errno), cause };
}

/** The file by itself. */
export function* openMuslPlugin(
  { source, path, realPath }: ReadablePlugin,
  host: DlopenHost,
  origin: Folder,
): Generator<Step, Extract<MuslLibrary, { kind: "library" }> | undefined, undefined> {
  const mapped = mapMuslLibrary(source, host, { name: path, realPath, origin });
  switch (mapped.kind) {
    case "library":
      return mapped;
    case "doubt":
      yield mapped;
      return undefined;
    case "fault": {
      const { outcome, check, text, cause } = mapped.fault;
      yield { outcome, check, message: text === null ? null : MUSL.loading(path, text), cause };
      return undefined;
    }
  }
}

/** The host's process: all that is there before, in the order symbols are looked up in. */
interface MuslProcess {
  readonly maps: LinkMaps;
  readonly scope: readonly LinkMap[];
  readonly self: LinkMap;
  readonly search: MuslSearch;
}

/** All that musl does in dlopen(path, RTLD_NOW | RTLD_GLOBAL), in its order (ldso/dynlink.c, dlopen). */
export function* walkMusl(
  plugin: ReadablePlugin,
  host: DlopenHost,
  system: System,
): Generator<Step, void, undefined> {
  const process = system.remember(host, () => startMuslProcess(host, system));
  if (!("maps" in process)) {
    yield process;
    return;
  }
  const maps = new LinkMaps(process.maps);
  if (maps.sameFile(plugin.realPath, plugin.path) !== undefined) return;
  const own = yield* openMuslPlugin(plugin, host, muslOrigin(plugin.path, system));
  if (own === undefined || isCLibrary(own.library.object)) return;
  const [program] = process.scope;
  const map = linkMap(own.library.object, program, own.library);
  maps.add(map);
  let lacking = false;
  for (const step of loadNeeded(map, maps, process)) {
    lacking = true;
    yield step;
  }
  if (lacking) return;
  const list = breadthFirst(map);
  const settled = new Set(process.scope);
  const scope = [...process.scope, ...list.filter((each) => !settled.has(each))];
  const relr = knowsRelr(host, system);
  for (const each of list) {
    if (settled.has(each)) continue;
    yield* relocateMusl(each, scope, settled);
    if (!relr && each.library?.hasRelr === true) yield* withoutRelr(each);
  }
  for (const each of list)
    if (!settled.has(each) && each.library?.stray !== undefined) yield each.library.stray;
  if (own.foreign !== undefined)
    yield {
      doubt: `it is built for another machine (e_machine ${own.foreign}, the host's is ${host.machine}), which musl does not look at: it maps the file and calls its code`,
    };
}

/** @returns what keeps the host from starting on that system, where something does. */
function startMuslProcess(host: DlopenHost, system: System): MuslProcess | Step {
  const loader = system.loaderOf(host);
  const realPath = loader === undefined ? undefined : system.root.locate(loader);
  if (loader === undefined || realPath === undefined) return noLoader(loader, system);
  const image = Image.open(system.root.files, realPath);
  let library: MuslLibrary;
  try {
    library = mapMuslLibrary(image, host, { name: loader, realPath, origin: { path: "/lib", here: false } });
  } finally {
    image.close();
  }
  if (library.kind !== "library") return { doubt: `${loader} could not be read` };
  const self = linkMap(library.library.object, undefined, library.library);
  const program = linkMap(host.program, undefined);
  const maps = new LinkMaps();
  maps.add(program);
  const process = { maps, self, search: new MuslSearch(system, host) };
  for (const step of loadNeeded(program, maps, process))
    return isDoubt(step)
      ? { doubt: `the host itself would not start there: ${step.doubt}` }
      : wouldNotStart(step, system);
  return { ...process, scope: breadthFirst(program) };
}

function noLoader(loader: string | undefined, system: System): Step {
  if (loader === undefined) return { doubt: "the host asks for no loader" };
  const cause = `the loader that it asks for, ${loader}, is not there`;
  return wouldNotStart({ check: "missing-library", message: null, cause, subject: loader }, system);
}

/** load_deps: nearest first. */
function* loadNeeded(
  start: LinkMap,
  maps: LinkMaps,
  { search, self }: Omit<MuslProcess, "scope">,
): Generator<Step, void, undefined> {
  const queue = new Set([start]);
  for (const map of queue) {
    if (maps.follow(map))
      for (const name of map.object.needed) {
        // An empty name is none, though the program's own is empty.
        const target =
          (name === "" ? undefined : maps.named(name)) ?? (yield* load(name, map, maps, search, self));
        if (target !== undefined) map.needed.push(target);
      }
    for (const each of map.needed) queue.add(each);
  }
}

function* load(
  name: string,
  by: LinkMap,
  maps: LinkMaps,
  search: MuslSearch,
  self: LinkMap,
): Generator<Step, LinkMap | undefined, undefined> {
  const found = search.find(name, by);
  if (found.kind === "self") {
    if (maps.follow(self)) maps.add(self);
    return self;
  }
  if (found.kind === "missing") {
    yield missing(name, by, found.errno, `${name} is in none of the folders that are searched`);
    return undefined;
  }
  const same = maps.sameFile(found.realPath, name);
  if (same !== undefined) return same;
  switch (found.library.kind) {
    case "doubt":
      yield found.library;
      return undefined;
    case "fault": {
      const { outcome, check, text, cause } = found.library.fault;
      if (text === null)
        yield { outcome, check, message: null, cause: `${found.path}: ${cause}`, subject: name };
      else yield missing(name, by, text, `${found.path}: ${cause}`);
      return undefined;
    }
    case "library": {
      const { library } = found.library;
      if (isCLibrary(library.object)) return self;
      const map = linkMap(library.object, by, library);
      maps.add(map, name);
      return map;
    }
  }
}

function missing(name: string, { object }: LinkMap, errno: string, cause: string): Obstacle {
  return {
    outcome: "refused",
    check: "missing-library",
    message: MUSL.needed(name, errno, object.name),
    cause: `${cause}; ${object.name} needs it`,
    subject: name,
    plugin: { value: name, from: `DT_NEEDED of ${object.name}` },
  };
}

/** DT_RELR came with 1.2.4. */
function knowsRelr(host: DlopenHost, system: System): boolean | undefined {
  const release = system.muslReleaseOf(system.loaderOf(host));
  return release && isAtLeast(release, 1, 2, 4);
}

/** The relocations of DT_RELR are passed over, and the constructors' addresses are what the linker wrote. */
function* withoutRelr({ object, library }: LinkMap): Generator<Step, void, undefined> {
  if (library?.constructorsByRelr === true)
    yield {
      outcome: "crash",
      check: "relr-unsupported",
      message: null,
      cause: `${object.name} has relative relocations in DT_RELR, which musl applies only from 1.2.4 on: it calls constructors at addresses that are none`,
    };
}

/** Musl takes the folder of the path as it is given. */
function muslOrigin(path: string, system: System): Folder {
  const folder = system.root.folderOf(path);
  return path.startsWith("/")
    ? folder
    : { path: path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : ".", here: true };
}
