import { isLibcAtLeast, type Release } from "../elf/libc-release.ts";
import type { CachePreference } from "../elf/ld-so-cache.ts";
import { platformBits, type Processor } from "../elf/processor.ts";
import { staticGlibcOf, type DlopenHost } from "../elf/host.ts";

/**
 * Which of several copies of a library one loader takes on one processor. In every folder that it searches it looks first into
 * subfolders for better processors (elf/dl-hwcaps.c, _dl_important_hwcaps).
 */
export interface Preference {
  readonly processor: Processor;
  /** In the order in which they are tried. */
  readonly subfolders: readonly string[];
  /** Of the entries in ld.so.cache. */
  readonly cache: CachePreference;
}

/** The first release that looks into glibc-hwcaps. */
const NAMED_FROM = [2, 33] as const;
/** The first release that does not look into tls, haswell and their like. */
const WITHOUT_LEGACY = [2, 37] as const;
/** One release of each era. */
const ERAS: readonly Release[] = [
  [2, 32],
  [2, 36],
  [2, 37],
];
/** _DL_HWCAP_TLS_MASK. */
const TLS = { name: "tls", bit: 1n << 63n };

/** What a loader may prefer, if its processor or its release is not known: one answer if both are. The first has the least. */
export function preferencesOf(
  host: DlopenHost,
  processors: readonly [Processor, ...Processor[]],
  release: Release | undefined,
): readonly [Preference, ...Preference[]] {
  const [first, ...others] = processors.flatMap((processor) =>
    (release === undefined ? ERAS : [release]).map((each) => preferenceOf(host, processor, each)),
  );
  // There is at least one processor, and at least one release.
  return [first ?? preferenceOf(host, processors[0], ERAS[0] ?? [2, 37]), ...others];
}

function preferenceOf(host: DlopenHost, processor: Processor, release: Release): Preference {
  const { isaLevels, features, platform } = processor;
  // A static program searches no subfolders, and finds only legacy entries in the cache (elf/dl-support.c; elf/dl-cache.c, SHARED).
  const isStatic = staticGlibcOf(host) !== undefined;
  const hwcaps = !isStatic && isLibcAtLeast(release, ...NAMED_FROM) ? processor.hwcaps : [];
  const hasLegacy = !isLibcAtLeast(release, ...WITHOUT_LEGACY);
  const names = [...features, ...(platform === undefined ? [] : [platform]), TLS].map(({ name }) => name);
  const legacy = hasLegacy && !isStatic ? combinations(names) : [];
  return {
    processor,
    subfolders: [...hwcaps.map((name) => `glibc-hwcaps/${name}`), ...legacy],
    cache: {
      isaLevels,
      hwcaps,
      legacy: hasLegacy ? features.reduce((all, { bit }) => all | bit, TLS.bit) : 0n,
      platform: platform?.bit ?? 0n,
      platforms: hasLegacy ? platformBits(host.machine) : 0n,
    },
  };
}

/** All that can be made of the names, the last one first in each path, longest first: a, b, c gives c/b/a, c/b, c/a, c, b/a, b, a. */
function combinations(names: readonly string[]): readonly string[] {
  const paths = new Set<string>();
  for (let chosen = 2 ** names.length - 1; chosen > 0; chosen--)
    paths.add(
      names
        .filter((_, index) => (chosen & (1 << index)) !== 0)
        .reverse()
        .join("/"),
    );
  return [...paths];
}
