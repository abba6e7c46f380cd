import { Image } from "../../object/image.ts";
import type { Obstacle } from "../obstacle.ts";
import type { DlopenHost } from "../elf/host.ts";
import { isLibcAtLeast } from "../elf/libc-release.ts";
import { breadthFirst, linkMap, LinkMaps, type LinkMap } from "../elf/link-map.ts";
import { isCLibrary, MuslSearch, openingCrash } from "./search.ts";
import { mapMuslLibrary, type MuslLibrary } from "./library.ts";
import { filled } from "../message-form.ts";
import { obstacle, unknown, unknownFromHere, type Step } from "../step.ts";
import { unreadableLibrary } from "../unreadable-library.ts";
import { MUSL, MUSL_ERRNO, muslLoading, type MuslErrno } from "./messages.ts";
import { relocateMusl } from "./relocations.ts";
import type { ReadablePlugin, UnreadablePlugin } from "../elf/plugin-file.ts";
import type { Folder } from "../elf/root-folder.ts";
import { wouldNotStart } from "../elf/host-start.ts";
import type { System } from "../elf/system.ts";

/** What musl answers if the file cannot be read at all. */
export function muslUnreadable({ error, path }: UnreadablePlugin): Obstacle {
  const [check, errno, cause] = (
    {
      missing: ["missing-file", "missing", "There is no such file."],
      "no-permission": ["no-permission", "denied", "The file is not readable (permissions)."],
      folder: ["not-a-file", "folder", "The path is a folder."],
    } as const
  )[error];
  return { outcome: "refused", check, message: muslLoading(path, errno), cause };
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
    case "unknown":
      yield mapped;
      return undefined;
    case "fault": {
      const { outcome, check, errno, cause } = mapped;
      const message = errno === undefined ? null : muslLoading(path, errno);
      yield obstacle({ outcome, check, message, cause });
      return undefined;
    }
  }
}

/** The host's process before it opens anything, in the order in which symbols are looked up. */
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
  const process = muslProcess(host, system);
  if (!("maps" in process)) {
    yield process;
    return;
  }
  const maps = new LinkMaps(process.maps);
  if (maps.sameFile(plugin.realPath, plugin.path) !== undefined) return;
  const own = yield* openMuslPlugin(plugin, host, muslOrigin(plugin.path, system));
  if (own === undefined) return;
  const crash = openingCrash(own.library.object);
  if (crash !== undefined) {
    yield crash;
    return;
  }
  if (isCLibrary(own.library.object)) return;
  const [program] = process.scope;
  const map = linkMap(own.library.object, program, own.library);
  maps.add(map);
  let lacking = false;
  for (const step of loadNeeded(map, maps, process)) {
    lacking ||= step.kind === "obstacle";
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
  const added = list.filter((each) => !settled.has(each));
  for (const { library } of added) if (library?.stray !== undefined) yield library.stray;
  for (const { library } of added) if (library?.unapplied !== undefined) yield library.unapplied;
  if (own.foreign !== undefined)
    yield unknown(
      `The file is built for a different machine (e_machine ${own.foreign}, the host's is ${host.machine}), which musl does not check: it maps the file and calls its code.`,
    );
}

/** The process as it is before anything is opened, made once. @returns what keeps the host from starting on that system, if something does. */
export function muslProcess(host: DlopenHost, system: System): Started {
  return system.remember(host, () => startMuslProcess(host, system));
}

type Started = MuslProcess | Exclude<Step, { kind: "need" }>;

function startMuslProcess(host: DlopenHost, system: System): Started {
  const loader = system.loaderOf(host);
  const realPath = loader === undefined ? undefined : system.root.locate(loader);
  if (loader === undefined || realPath === undefined) return noLoader(loader, system);
  const image = Image.open(system.root.files, realPath);
  let library: MuslLibrary;
  try {
    library = mapMuslLibrary(image, host, { name: loader, realPath, origin: { path: "/lib", here: false } });
  } catch (error) {
    return unreadableLibrary(loader, error);
  } finally {
    image.close();
  }
  if (library.kind !== "library")
    return unknownFromHere(`The target's loader, ${loader}, could not be read.`);
  const self = linkMap(library.library.object, undefined, library.library);
  const program = linkMap(host.program, undefined);
  const maps = new LinkMaps();
  maps.add(program);
  const process = { maps, self, search: new MuslSearch(system, host) };
  for (const step of loadNeeded(program, maps, process)) {
    if (step.kind === "unknown") {
      return { ...step, why: `Whether the host itself would start on this system is unknown: ${step.why}` };
    }
    if (step.kind === "obstacle") return wouldNotStart(step.obstacle, system);
  }
  return { ...process, scope: breadthFirst(program) };
}

function noLoader(loader: string | undefined, system: System): Exclude<Step, { kind: "need" }> {
  if (loader === undefined) return unknownFromHere("The host has no program interpreter (PT_INTERP).");
  const cause = `its program interpreter, ${loader}, does not exist.`;
  return wouldNotStart({ check: "missing-library", message: null, cause, subject: loader }, system);
}

/** load_deps: nearest first. Ends at a library whose content is unknown, as what it brings along may satisfy everything later. */
function* loadNeeded(
  start: LinkMap,
  maps: LinkMaps,
  { search, self }: Omit<MuslProcess, "scope">,
): Generator<Step, void, undefined> {
  const queue = new Set([start]);
  for (const map of queue) {
    if (maps.follow(map))
      for (const name of map.object.needed) {
        // An empty name matches nothing, though the program's own is empty.
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
    yield missing(name, by, found.errno, `${name} is in none of the searched folders.`);
    return undefined;
  }
  const same = maps.sameFile(found.realPath, name);
  if (same !== undefined) return same;
  switch (found.library.kind) {
    case "unknown":
      yield found.library;
      return undefined;
    case "fault": {
      const { outcome, check, errno } = found.library;
      const cause = `${found.path}: ${found.library.cause}`;
      if (errno === undefined) yield obstacle({ outcome, check, message: null, cause, subject: name });
      else yield missing(name, by, errno, cause);
      return undefined;
    }
    case "library": {
      const { library } = found.library;
      const crash = openingCrash(library.object);
      if (crash !== undefined) {
        yield crash;
        return undefined;
      }
      if (isCLibrary(library.object)) return self;
      const map = linkMap(library.object, by, library);
      maps.add(map, name);
      return map;
    }
  }
}

function missing(name: string, { object }: LinkMap, errno: MuslErrno | undefined, cause: string): Step {
  const [by, subject] = object.name === "" ? ["the host", "The host"] : [object.name, object.name];
  return obstacle({
    outcome: "refused",
    check: "missing-library",
    message:
      errno === undefined
        ? null
        : filled(MUSL.needed, { library: name, reason: MUSL_ERRNO[errno], path: object.name }),
    cause: `${cause} ${subject} needs it.`,
    subject: name,
    plugin: { value: name, from: `DT_NEEDED of ${by}` },
  });
}

/** DT_RELR is supported since 1.2.4. */
function knowsRelr(host: DlopenHost, system: System): boolean | undefined {
  const release = system.muslReleaseOf(system.loaderOf(host));
  return release && isLibcAtLeast(release, 1, 2, 4);
}

/** The relocations of DT_RELR are ignored, and the constructors' addresses are what the linker wrote. */
function* withoutRelr({ object, library }: LinkMap): Generator<Step, void, undefined> {
  if (library?.constructorsByRelr !== true)
    yield unknown(
      `${object.name} has relative relocations in DT_RELR, which musl before 1.2.4 ignores: whether its code survives that is unknown.`,
    );
  else
    yield obstacle({
      outcome: "crash",
      check: "relr-unsupported",
      message: null,
      cause: `${object.name} has relative relocations in DT_RELR, which musl before 1.2.4 ignores: it calls constructors at invalid addresses.`,
    });
}

/** musl uses the folder of the path as given. */
function muslOrigin(path: string, system: System): Folder {
  const folder = system.root.folderOf(path);
  return path.startsWith("/")
    ? folder
    : { path: path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : ".", here: true };
}
