import type { Obstacle } from "../prediction.ts";
import type { DlopenCheck } from "../check.ts";
import { mapGlibcLibrary, type GlibcLibrary } from "./library.ts";
import { ERRNO, GLIBC, glibcMessage } from "./messages.ts";
import { loadNeeded, startGlibcProcess } from "./process.ts";
import { relocate } from "./relocations.ts";
import { verifyHeader } from "./header-checks.ts";
import { staticGlibcOf, type DlopenHost } from "../elf/host.ts";
import { isaLevelOf, isaName } from "../elf/isa-level.ts";
import { UNKNOWN_GLIBC, type Glibc } from "../elf/libc-release.ts";
import { breadthFirst, dependenciesFirst, linkMap, LinkMaps, type LinkMap } from "../elf/link-map.ts";
import type { ReadablePlugin, UnreadablePlugin } from "../elf/plugin-file.ts";
import type { Folder } from "../elf/root-folder.ts";
import { StaticTls } from "./static-tls.ts";
import { lateSanitizer } from "./sanitizer.ts";
import { isDoubt, type Step } from "../elf/step.ts";
import type { System } from "../elf/system.ts";
import { checkVersions } from "./version-needs.ts";

/** Why nothing of the file can be read. */
export function glibcUnreadable({ error, path }: UnreadablePlugin): Obstacle {
  switch (error) {
    case "missing":
      return opening("missing-file", path, ERRNO.missing, "there is no such file");
    case "no-permission":
      return opening("no-permission", path, ERRNO.denied, "the file may not be read");
    case "folder":
      return {
        outcome: "refused",
        check: "not-a-file",
        message: glibcMessage(path, GLIBC.cannotRead, ERRNO.folder),
        cause: "it is a folder",
      };
  }
}

function opening(check: DlopenCheck, path: string, errno: string, cause: string): Obstacle {
  return { outcome: "refused", check, message: glibcMessage(path, GLIBC.cannotOpen, errno), cause };
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
    case "doubt":
      yield verified;
      return undefined;
    case "refused": {
      const { check, text, errno, cause } = verified;
      const message = text === null ? null : glibcMessage(path, text, errno);
      yield { outcome: "refused", check, message, cause };
      return undefined;
    }
    case "passed-over":
      yield passedOver(verified, path, host);
      return undefined;
    case "fits": {
      const mapped = mapGlibcLibrary(source, verified, host, glibc.release, { name: path, realPath, origin });
      for (const { outcome, check, text, errno, cause } of mapped.faults)
        yield { outcome, check, message: text === null ? null : glibcMessage(path, text, errno), cause };
      if (mapped.doubt !== undefined) yield { doubt: mapped.doubt };
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
      message: glibcMessage(path, GLIBC.wrongClass(other)),
      cause: `it is not built for ${host.bits} bits, as the host is`,
      plugin: { value: String(header.ident[4]), from: "EI_CLASS" },
      host: { value: String(host.bits / 32), from: "EI_CLASS" },
    };
  }
  return {
    outcome: "refused",
    check,
    // The loader passes over files for other machines, and then says that there was none.
    message: glibcMessage(path, GLIBC.cannotOpen, ERRNO.missing),
    cause: "the file is there, but built for another machine than the host",
    plugin: { value: String(header.machine), from: "e_machine" },
    host: { value: String(host.machine), from: "e_machine" },
  };
}

/** All that glibc does in dlopen(path, RTLD_NOW | RTLD_GLOBAL), in its order (elf/dl-open.c, dl_open_worker_begin). */
export function* walkGlibc(
  plugin: ReadablePlugin,
  host: DlopenHost,
  system: System,
  needs: Set<string>,
): Generator<Step, void, undefined> {
  const process = system.remember(host, () => startGlibcProcess(host, system));
  if (!("maps" in process)) {
    if (!isDoubt(process)) yield process;
    const own = yield* openGlibcPlugin(plugin, host, UNKNOWN_GLIBC, system.root.folderOf(plugin.path));
    if (own?.library !== undefined && isDoubt(process)) yield process;
    return;
  }
  const maps = new LinkMaps(process.maps);
  if (maps.sameFile(plugin.realPath, plugin.path) !== undefined) return;
  const own = yield* openGlibcPlugin(plugin, host, process.glibc, system.root.folderOf(plugin.path));
  if (own?.library === undefined) return;
  for (const need of own.needs) needs.add(need);
  const map = linkMap(own.library.object, undefined, own.library);
  maps.add(map, plugin.path);

  let lacking = false;
  for (const step of loadNeeded(map, maps, process.search, needs)) {
    lacking ||= !isDoubt(step) && step.check === "missing-library";
    yield step;
  }
  const list = breadthFirst(map);
  const settled = new Set(process.scope);
  for (const each of list)
    if (!settled.has(each)) yield* checkVersions(each, maps, { release: process.glibc.release, lacking });
  const inOrder = dependenciesFirst(list).filter((each) => !settled.has(each));
  yield* checkIsa(inOrder, system, needs);
  if (lacking) return;
  const scope = [...process.scope, ...list];
  const tls = new StaticTls(host, process.scope, process.glibc.release);
  for (const each of inOrder)
    yield* relocate(each, { maps, scope, settled, tls, release: process.glibc.release });
  const late = lateSanitizer(inOrder);
  if (late !== undefined) yield late;
  const doubt = strangeLibc(inOrder, host, process.glibc, system);
  if (doubt !== undefined) yield { doubt };
  for (const { library } of inOrder) if (library?.stray !== undefined) yield library.stray;
}

/**
 * A static program loads the C library once more, and shares data with it whose layout is that of the very release. Seen with 2.36
 * and 2.41: either one dies of the other's library, once all is relocated. Gives what is not known then; undefined where all is well.
 */
function strangeLibc(
  added: readonly LinkMap[],
  host: DlopenHost,
  { release }: Glibc,
  system: System,
): string | undefined {
  const libc = added.find(({ object }) => object.soname === "libc.so.6")?.object;
  if (libc === undefined || staticGlibcOf(host) === undefined) return undefined;
  const [ours, theirs] = [release, system.glibc(libc.realPath).release].map((each) => each?.join("."));
  if (ours !== undefined && ours === theirs) return undefined;
  const unnamed = "an unknown release";
  return `the glibc in the host is of ${ours ?? unnamed}, ${libc.name} is of ${theirs ?? unnamed}, and only one of the very release works in a static program`;
}

/** sysdeps/x86/dl-prop.h, dl_isa_level_check: in the order of relocation. */
function* checkIsa(
  added: readonly LinkMap[],
  system: System,
  needs: Set<string>,
): Generator<Step, void, undefined> {
  for (const { object, library } of added) {
    const wanted = library === undefined ? 0 : isaLevelOf(library.elf);
    if (wanted === 0) continue;
    if (system.isaLevels === undefined) needs.add(`a processor of ${isaName(wanted)}`);
    else if ((wanted & ~system.isaLevels) !== 0)
      yield {
        outcome: "refused",
        check: "isa-level",
        message: glibcMessage(object.name, GLIBC.isa),
        cause: `it is built for processors of ${isaName(wanted)}, and this one is ${isaName(system.isaLevels)}`,
        subject: isaName(wanted),
      };
  }
}
