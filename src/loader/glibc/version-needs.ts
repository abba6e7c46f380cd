import { DT_NEEDED, VER_NEED_CURRENT } from "../../object/elf/constants.ts";
import type { Obstacle } from "../prediction.ts";
import { GLIBC, glibcMessage } from "./messages.ts";
import { isAtLeast, type Release } from "../elf/libc-release.ts";
import type { LinkMap, LinkMaps } from "../elf/link-map.ts";
import type { Step } from "../elf/step.ts";

/** VER_FLG_WEAK (elf.h). */
const WEAK = 2;
const RELR_MARKER = "GLIBC_ABI_DT_RELR";
/** From here on DT_RELR is known (commit e895cff59a). */
const RELR_RELEASE = [2, 36] as const;

/**
 * Whether all the versions are there that an object names of the libraries it needs (elf/dl-version.c, _dl_check_map_versions).
 * With `lacking`, some of those are missing, and of them nothing can be said.
 */
export function* checkVersions(
  map: LinkMap,
  maps: LinkMaps,
  { release, lacking }: { readonly release: Release | undefined; readonly lacking: boolean },
): Generator<Step, void, undefined> {
  const { object, library } = map;
  // Of the first library's record alone.
  const { revision = VER_NEED_CURRENT } = object.versionNeeds[0] ?? {};
  if (revision !== VER_NEED_CURRENT) {
    yield {
      outcome: "refused",
      check: "symbol-version",
      message: glibcMessage(object.name, GLIBC.versionRevision(revision)),
      cause: `its table of needed versions is of revision ${revision}, and glibc knows ${VER_NEED_CURRENT} alone`,
    };
    return;
  }
  for (const { file, versions } of object.versionNeeds) {
    const provider = maps.named(file);
    if (provider === undefined) {
      if (lacking) continue;
      yield lost(
        `${object.name} names versions of ${file}, which it does not link: glibc ends the process with a failed assertion`,
        file,
      );
      return;
    }
    // A library without versions at all takes the place of any.
    if (!provider.object.hasVersionDefinitions) continue;
    const defined = new Map(provider.object.versionDefinitions.map(({ name, hash }) => [name, hash]));
    for (const { name, hash, flags } of versions)
      if (defined.get(name) !== hash && (flags & WEAK) === 0)
        yield missingVersion(map, provider.object.name, file, name);
  }
  if (library?.hasRelr === true) yield* checkRelrMarker(map, release);
}

function* checkRelrMarker(
  { object, library }: LinkMap,
  release: Release | undefined,
): Generator<Step, void, undefined> {
  const needsVersions = object.versionNeeds.length > 0;
  const linksLibc = object.needed.some((name) => name.startsWith("libc.so."));
  const marked = object.versionNeeds.some(({ versions }) =>
    versions.some(({ name }) => name === RELR_MARKER),
  );
  if (release !== undefined && !isAtLeast(release, ...RELR_RELEASE) && !marked) {
    yield { doubt: `${object.name} has relative relocations in DT_RELR, which this glibc does not apply` };
    return;
  }
  if (!needsVersions || !linksLibc || marked || library === undefined) return;
  if (!library.elf.dynamic.some(({ tag }) => tag === DT_NEEDED)) return;
  yield {
    outcome: "refused",
    check: "relr-without-marker",
    message: glibcMessage(object.name, GLIBC.relr),
    cause: `it has DT_RELR, but does not name the version ${RELR_MARKER} of libc.so.6 by which older C libraries would refuse it`,
    subject: RELR_MARKER,
  };
}

function missingVersion({ object }: LinkMap, provider: string, file: string, name: string): Obstacle {
  return {
    outcome: "refused",
    check: "symbol-version",
    message: glibcMessage(provider, GLIBC.versionMissing(name, object.name)),
    cause: `${provider} is older than the ${file} that ${object.name} was linked to, or another one`,
    subject: name,
    plugin: { value: name, from: `version needs of ${file}` },
    host: { value: provider, from: "version definitions" },
  };
}

function lost(cause: string, subject: string): Obstacle {
  // What it says goes to the error output of the process, with a line number of its own source.
  return { outcome: "crash", check: "lost-versions", message: null, cause, subject };
}
