import type { Obstacle } from "../obstacle.ts";
import { mapGlibcLibrary, type GlibcLibrary } from "./library.ts";
import { filled } from "../message-form.ts";
import { need, obstacle, unknown, type Step, type Unsure } from "../step.ts";
import { GLIBC, glibcMessage } from "./messages.ts";
import { loadNeeded, glibcProcess } from "./process.ts";
import type { GlibcSearch } from "./search.ts";
import { relocate } from "./relocations.ts";
import { verifyHeader } from "./header-checks.ts";
import { staticGlibcOf, type DlopenHost } from "../elf/host.ts";
import { isaName, isaNeed } from "../elf/isa-level.ts";
import { isLibcAtLeast, UNKNOWN_GLIBC, type Glibc, type Release } from "../elf/libc-release.ts";
import { breadthFirst, dependenciesFirst, linkMap, LinkMaps, type LinkMap } from "../elf/link-map.ts";
import type { LoadedObject } from "../elf/loaded-object.ts";
import type { ReadablePlugin, UnreadablePlugin } from "../elf/plugin-file.ts";
import type { Folder } from "../elf/root-folder.ts";
import { StaticTls } from "./static-tls.ts";
import { lateSanitizer } from "./sanitizer.ts";
import type { System } from "../elf/system.ts";
import { checkVersions } from "./version-needs.ts";

/** What glibc answers if the file cannot be read at all. */
export function glibcUnreadable({ error, path }: UnreadablePlugin): Obstacle {
  const [check, { words }, cause] = (
    {
      missing: ["missing-file", GLIBC.missing, "There is no such file."],
      "no-permission": ["no-permission", GLIBC.denied, "The file is not readable (permissions)."],
      folder: ["not-a-file", GLIBC.folder, "The path is a folder."],
    } as const
  )[error];
  return { outcome: "refused", check, message: glibcMessage(path, words), cause };
}

/** The file by itself: header, segments, flags (open_verify and _dl_map_object_from_fd). */
export function* openGlibcPlugin(
  plugin: ReadablePlugin,
  host: DlopenHost,
  glibc: Glibc,
  origin: Folder,
): Generator<Step, GlibcLibrary | undefined, undefined> {
  const { source, path, realPath } = plugin;
  const verified = verifyHeader(source, host, glibc);
  switch (verified.kind) {
    case "unknown":
      yield verified;
      return undefined;
    case "refused": {
      const { check, text, cause } = verified;
      const message = text === null ? null : glibcMessage(path, text);
      yield obstacle({ outcome: "refused", check, message, cause });
      return undefined;
    }
    case "passed-over":
      yield obstacle(passedOver(verified, path, host));
      return undefined;
    case "fits": {
      const mapped = mapGlibcLibrary(source, verified, host, glibc.release, { name: path, realPath, origin });
      for (const each of mapped.needs) yield need(each);
      for (const { outcome, check, text, cause } of mapped.faults) {
        const message = text === null ? null : glibcMessage(path, text);
        yield obstacle({ outcome, check, message, cause });
      }
      if (mapped.unsure !== undefined) yield mapped.unsure;
      return mapped;
    }
  }
}

function passedOver(
  { check, header }: Extract<ReturnType<typeof verifyHeader>, { kind: "passed-over" }>,
  path: string,
  host: DlopenHost,
): Obstacle {
  if (check === "class") {
    const other = host.bits === 64 ? 32 : 64;
    return {
      outcome: "refused",
      check,
      message: glibcMessage(path, filled(GLIBC.wrongClass, { class: `ELFCLASS${other}` })),
      cause: `The file is not built for ${host.bits} bits, as the host is.`,
      plugin: { value: String(header.ident[4]), from: "EI_CLASS" },
      host: { value: String(host.bits / 32), from: "EI_CLASS" },
    };
  }
  return {
    outcome: "refused",
    check,
    // The loader skips files for other machines, and then reports them as missing.
    message: glibcMessage(path, GLIBC.missing.words),
    cause: "The file exists, but is built for a different machine than the host.",
    plugin: { value: String(header.machine), from: "e_machine" },
    host: { value: String(host.machine), from: "e_machine" },
  };
}

/**
 * All that glibc does in dlopen(path, RTLD_NOW | RTLD_GLOBAL), in its order (elf/dl-open.c, dl_open_worker_begin).
 * @param searches on one of the processors that the host may run on: one for the process, which all plugins share, and one for this file.
 */
export function* walkGlibc(
  plugin: ReadablePlugin,
  host: DlopenHost,
  system: System,
  { shared, own: search }: { readonly shared: GlibcSearch; readonly own: GlibcSearch },
): Generator<Step, void, undefined> {
  const process = glibcProcess(host, system, shared);
  if (!("maps" in process)) {
    if (process.kind === "obstacle") yield process;
    const own = yield* openGlibcPlugin(plugin, host, UNKNOWN_GLIBC, system.root.folderOf(plugin.path));
    // What the process contains matters only for what the file needs, and of that nothing is certain then.
    if (own?.library !== undefined && process.kind === "unknown") yield process;
    return;
  }
  const maps = new LinkMaps(process.maps);
  if (maps.sameFile(plugin.realPath, plugin.path) !== undefined) return;
  const own = yield* openGlibcPlugin(plugin, host, process.glibc, system.root.folderOf(plugin.path));
  if (own?.library === undefined) return;
  const map = linkMap(own.library.object, undefined, own.library);
  maps.add(map, plugin.path);

  let lacking = false;
  for (const step of loadNeeded(map, maps, search)) {
    lacking ||= step.kind === "obstacle" && step.obstacle.check === "missing-library";
    yield step;
  }
  const list = breadthFirst(map);
  const settled = process.present;
  for (const each of list)
    if (!settled.has(each)) yield* checkVersions(each, maps, { release: process.glibc.release, lacking });
  const inOrder = dependenciesFirst(list).filter((each) => !settled.has(each));
  yield* checkIsa(inOrder, system, search.isaLevels, process.glibc.release);
  if (lacking) return;
  const scope = [...process.scope, ...list];
  const tls = new StaticTls(host, process.scope, process.glibc.release);
  for (const each of inOrder)
    yield* relocate(each, { maps, scope, settled, tls, release: process.glibc.release });
  const late = lateSanitizer(inOrder);
  if (late !== undefined) yield obstacle(late);
  const libc = otherLibc(inOrder, host, process.glibc, system);
  if (libc !== undefined) yield libc;
  for (const { library } of inOrder) if (library?.stray !== undefined) yield library.stray;
  for (const { library } of inOrder) if (library?.unapplied !== undefined) yield library.unapplied;
}

/**
 * A static program loads the C library a second time, and shares data with it whose layout is that of one release. Seen with 2.36 and
 * 2.41: each crashes with the other's library, after everything is relocated. Undefined if the releases are the same.
 */
function otherLibc(
  added: readonly LinkMap[],
  host: DlopenHost,
  { release }: Glibc,
  system: System,
): Unsure | undefined {
  const libc = added.find(({ object }) => object.soname === "libc.so.6")?.object;
  if (libc === undefined || staticGlibcOf(host) === undefined) return undefined;
  const [ours, theirs] = [release, system.glibc(libc.realPath).release].map((each) => each?.join("."));
  if (ours !== undefined && ours === theirs) return undefined;
  const unnamed = "of an unknown release";
  return unknown(
    `The glibc in the host is ${ours ?? unnamed}, ${libc.name} is ${theirs ?? unnamed}, and a static executable works only with exactly its own release.`,
  );
}

/**
 * sysdeps/x86/dl-prop.h, dl_isa_level_check: in the order of relocation.
 * @param assumed what the processor has at the least, if it is not known.
 */
function* checkIsa(
  added: readonly LinkMap[],
  system: System,
  assumed: number,
  release: Release | undefined,
): Generator<Step, void, undefined> {
  for (const { object, library } of added) {
    const wanted = library === undefined ? 0 : library.isa;
    if ((wanted & ~assumed) === 0) continue;
    if (system.isaLevels === undefined) yield need(isaNeed(wanted), "cpu");
    else if ((wanted & ~system.isaLevels) !== 0)
      yield otherProcessor(object, wanted, system.isaLevels, release);
  }
}

/**
 * What it means for a library that it is built for another processor. Releases before 2.33 load it (sysdeps/x86/dl-prop.h).
 * @param has the levels of the target's processor.
 */
export function otherProcessor(
  { name }: LoadedObject,
  wanted: number,
  has: number,
  release: Release | undefined,
): Step {
  const cause = `${name} is built for ${isaName(wanted)} processors, and this one is ${isaName(has)}`;
  if (release !== undefined && !isLibcAtLeast(release, 2, 33))
    return unknown(`${cause}: this glibc loads it all the same, and whether its code runs is unknown.`);
  return obstacle({
    outcome: "refused",
    check: "isa-level",
    message: glibcMessage(name, GLIBC.isa.words),
    cause: `${cause}.`,
    subject: isaName(wanted),
  });
}
