import { DT_NEEDED, VER_FLG_WEAK, VER_NEED_CURRENT } from "../../object/elf/constants.ts";
import type { Obstacle } from "../obstacle.ts";
import { filled } from "../message-form.ts";
import { need, obstacle, unknown, type Step } from "../step.ts";
import { GLIBC, glibcMessage } from "./messages.ts";
import { isLibcAtLeast, RELR_MARKER, RELR_RELEASE, type Release } from "../elf/libc-release.ts";
import type { LinkMap, LinkMaps } from "../elf/link-map.ts";

/**
 * Whether the libraries that an object needs have all the versions that it names (elf/dl-version.c, _dl_check_map_versions).
 * With `lacking`, some of the libraries are missing, and are left out.
 */
export function* checkVersions(
  map: LinkMap,
  maps: LinkMaps,
  { release, lacking }: { readonly release: Release | undefined; readonly lacking: boolean },
): Generator<Step, void, undefined> {
  const { object, library } = map;
  // glibc checks only the first library's record.
  const { revision = VER_NEED_CURRENT } = object.versionNeeds[0] ?? {};
  if (revision !== VER_NEED_CURRENT) {
    yield obstacle({
      outcome: "refused",
      check: "symbol-version",
      message: glibcMessage(object.name, filled(GLIBC.versionRevision, { revision })),
      cause: `The table of needed versions in ${object.name} has revision ${revision}, and glibc knows only ${VER_NEED_CURRENT}.`,
    });
    return;
  }
  for (const { file, versions } of object.versionNeeds) {
    const provider = maps.named(file);
    if (provider === undefined) {
      if (lacking) continue;
      yield lost(
        `${object.name} needs versions of ${file}, but does not link it: glibc aborts the process with a failed assertion.`,
        file,
      );
      return;
    }
    // A library without any versions satisfies all of them.
    if (!provider.object.hasVersionDefinitions) continue;
    const defined = new Map(provider.object.versionDefinitions.map(({ name, hash }) => [name, hash]));
    for (const { name, hash, flags } of versions)
      if (defined.get(name) !== hash && (flags & VER_FLG_WEAK) === 0)
        yield obstacle(missingVersion(map, provider.object.name, file, name));
  }
  if (library?.hasRelr === true) yield* checkRelrMarker(map, release);
}

/** What the loader does with DT_RELR, which some linkers write without the version that goes with it (elf/dl-version.c). */
export function* checkRelrMarker(
  { object, library }: Pick<LinkMap, "object" | "library">,
  release: Release | undefined,
): Generator<Step, void, undefined> {
  const needsVersions = object.versionNeeds.length > 0;
  const linksLibc = object.needed.some((name) => name.startsWith("libc.so."));
  const marked = object.versionNeeds.some(({ versions }) =>
    versions.some(({ name }) => name === RELR_MARKER),
  );
  if (release !== undefined && !isLibcAtLeast(release, ...RELR_RELEASE) && !marked) {
    // Its data are wrong then, but not the tables by which symbols are looked up.
    yield unknown(
      `${object.name} has relative relocations in DT_RELR, which this glibc does not apply: whether its code survives that is unknown.`,
    );
    return;
  }
  if (marked || library === undefined) return;
  const isAsked = needsVersions && linksLibc && library.elf.dynamic.some(({ tag }) => tag === DT_NEEDED);
  if (release === undefined) {
    const floor = RELR_RELEASE.join(".");
    if (!isAsked) yield need(`glibc >= ${floor}`, "glibc");
    else
      yield unknown(
        `${object.name} has relative relocations in DT_RELR, but does not need ${RELR_MARKER}: glibc ${floor} and later refuse it, and earlier ones do not apply them.`,
      );
    return;
  }
  if (!isAsked) return;
  yield obstacle({
    outcome: "refused",
    check: "relr-without-marker",
    message: glibcMessage(object.name, GLIBC.relr.words),
    cause: `${object.name} has DT_RELR, but does not need the version ${RELR_MARKER} of libc.so.6, which makes older C libraries refuse it.`,
    subject: RELR_MARKER,
  });
}

function missingVersion({ object }: LinkMap, provider: string, file: string, name: string): Obstacle {
  return {
    outcome: "refused",
    check: "symbol-version",
    message: glibcMessage(provider, filled(GLIBC.versionMissing, { version: name, path: object.name })),
    cause: `${provider} is older than the ${file} that ${object.name} was linked against, or a different library.`,
    subject: name,
    plugin: { value: name, from: `version needs of ${file}` },
    host: { value: provider, from: "version definitions" },
  };
}

function lost(cause: string, subject: string): Step {
  // It prints to standard error, with a line number of glibc's own source.
  return obstacle({ outcome: "crash", check: "lost-versions", message: null, cause, subject });
}
