import { compareVersions, versionFloors } from "../../evidence/system/version-floor.ts";
import { GLIBC, glibcMessage } from "../glibc/messages.ts";
import { falselyRelative } from "../glibc/relocations.ts";
import { staticGlibcOf, type DlopenHost } from "../elf/host.ts";
import { isaName } from "../elf/isa-level.ts";
import { isAtLeast, parseRelease, type Release } from "../elf/libc-release.ts";
import type { Library } from "../elf/library.ts";
import { linkMap, LinkMaps } from "../elf/link-map.ts";
import { isOwn } from "../elf/reference.ts";
import { StaticTls } from "../glibc/static-tls.ts";
import type { Step } from "../elf/step.ts";
import { strayWrite } from "../elf/stray.ts";
import { lookUp, wantedVersion } from "../elf/symbol-lookup.ts";
import { MUSL } from "../musl/messages.ts";
import { isUnknownToMusl } from "../musl/relocations.ts";

/** The marker for DT_RELR came with that release. */
const RELR_RELEASE = "2.36";

/**
 * What a target must offer for a file to load, where the target's files are not at hand. What the host itself needs is there
 * wherever the host runs, and is not listed.
 */
export function* listNeeds(
  library: Library,
  host: DlopenHost,
  glibc: Release | undefined,
  needs: Set<string>,
  isa = 0,
): Generator<Step, void, undefined> {
  const { object } = library;
  const given = new Set(host.program.needed);
  for (const name of object.needed) if (!given.has(name) && !ofMusl(host, name)) needs.add(name);
  yield* listVeryRelease(library, host, glibc, needs);
  if (host.libc === "gnu") yield* listVersions(library, host, glibc, needs);
  if (isa !== 0) needs.add(`a processor of ${isaName(isa)}`);
  yield* listSymbols(library, host, glibc, needs);
  if (library.stray !== undefined) yield library.stray;
}

/** A static program shares data with the C library that it loads: only that of the release that it has itself will do. */
function* listVeryRelease(
  { object }: Library,
  host: DlopenHost,
  glibc: Release | undefined,
  needs: Set<string>,
): Generator<Step, void, undefined> {
  const inProgram = staticGlibcOf(host);
  if (inProgram === undefined || object.needed.length === 0) return;
  const own = inProgram.release.known ? inProgram.release.value : undefined;
  const target = glibc?.join(".");
  const very = `the very glibc release that the host has linked in${own === undefined ? "" : `, ${own}`}`;
  if (own === undefined || target === undefined) needs.add(very);
  else if (own !== target) yield { doubt: `it needs ${very}, and the target has ${target}` };
}

/** musl is one library with many names. */
function ofMusl({ libc }: DlopenHost, name: string): boolean {
  return libc === "musl" && /^lib(c|pthread|rt|m|dl|util|xnet)\./.test(name);
}

function* listVersions(
  { object }: Library,
  { program }: DlopenHost,
  glibc: Release | undefined,
  needs: Set<string>,
): Generator<Step, void, undefined> {
  const floor = (library: string, prefix: string): string | undefined =>
    versionFloors(program).find((each) => each.library === library && each.prefix === prefix)?.version;
  let highest: string | undefined;
  for (const { library, prefix, version } of versionFloors(object)) {
    const glibcVersion =
      prefix === "GLIBC" ? version : prefix === "GLIBC_ABI_DT_RELR" ? RELR_RELEASE : undefined;
    if (glibcVersion === undefined) {
      const has = floor(library, prefix);
      if (version === undefined || has === undefined || compareVersions(version, has) > 0)
        needs.add(`${version === undefined ? prefix : `${prefix}_${version}`} of ${library}`);
    } else if (highest === undefined || compareVersions(glibcVersion, highest) > 0) {
      highest = glibcVersion;
    }
  }
  const own = versionFloors(program)
    .filter(({ prefix }) => prefix === "GLIBC")
    .map(({ version }) => version ?? "0")
    .sort(compareVersions)
    .at(-1);
  if (highest === undefined) return;
  if (glibc === undefined) {
    if (own === undefined || compareVersions(highest, own) > 0) needs.add(`glibc >= ${highest}`);
  } else {
    yield* tooNew(object, glibc);
  }
}

/** In the order of the file, as the loader finds them. */
function* tooNew({ versionNeeds }: Library["object"], glibc: Release): Generator<Step, void, undefined> {
  for (const { file, versions } of versionNeeds) {
    for (const { name, flags } of versions) {
      const number = name === "GLIBC_ABI_DT_RELR" ? RELR_RELEASE : /^GLIBC_(\d.*)$/.exec(name)?.[1];
      const wanted = number === undefined ? undefined : parseRelease(number);
      if (wanted === undefined || (flags & 2) !== 0 || isAtLeast(glibc, ...wanted)) continue;
      yield {
        outcome: "refused",
        check: "symbol-version",
        // It would name the path of the library on the target.
        message: null,
        cause: `it was linked to glibc ${number ?? ""} or later, and the target's is ${glibc.join(".")}`,
        subject: name,
        plugin: { value: name, from: `version needs of ${file}` },
        host: { value: glibc.join("."), from: "the target's glibc" },
      };
    }
  }
}

/** Symbols of no known library; where the host links none and the file neither, they are nowhere. */
function* listSymbols(
  library: Library,
  host: DlopenHost,
  release: Release | undefined,
  needs: Set<string>,
): Generator<Step, void, undefined> {
  const program = linkMap(host.program, undefined);
  const own = linkMap(library.object, undefined, library);
  const maps = new LinkMaps();
  const alone = host.program.needed.length === 0 && library.object.needed.length === 0;
  const tls = new StaticTls(host, [], release);
  for (const { symbol, use, place, type, countedRelative } of library.references) {
    const stray = strayWrite(place, own.object.name);
    if (stray !== undefined) {
      yield stray;
      return;
    }
    if (countedRelative && host.libc === "gnu") {
      const step = falselyRelative(own, library.elf, type);
      if (step === undefined) continue;
      yield step;
      return;
    }
    // What the loader says of it comes after symbols that only the target could define.
    const refused = host.libc === "musl" ? isUnknownToMusl({ use, type }) : use === "unsupported";
    if (use === "unread" || refused) {
      yield { doubt: "its relocations cannot all be followed" };
      return;
    }
    const isFixed = use === "static-tls" || (use === "descriptor" && tls.holdsDescribed);
    if (isFixed && (symbol === undefined || symbol.defined)) yield* room(own, tls, host);
    if (symbol === undefined || isOwn(symbol) || symbol.defined || symbol.binding === "weak") continue;
    const version = wantedVersion(own, symbol);
    if (host.libc === "gnu" && version?.file !== undefined) continue;
    if (lookUp(symbol.name, version, [program, own], maps).kind !== "nowhere") continue;
    if (!alone) {
      needs.add(`the symbol ${symbol.name}`);
      continue;
    }
    const { name } = library.object;
    yield {
      outcome: "refused",
      check: "undefined-symbol",
      message:
        host.libc === "musl"
          ? MUSL.notFound(name, symbol.name)
          : glibcMessage(name, GLIBC.undefinedSymbol(symbol.name, symbol.version)),
      cause: "the host does not define it, and no library is linked that could",
      subject: symbol.name,
    };
  }
}

function* room(
  own: ReturnType<typeof linkMap>,
  tls: StaticTls,
  host: DlopenHost,
): Generator<Step, void, undefined> {
  const { name } = own.object;
  const { libc } = host;
  const answer = libc === "musl" ? "refused" : tls.take(own);
  // The C library that a static program loads takes of the same room, and it is not known how much.
  const taken = answer === "fits" && staticGlibcOf(host) !== undefined ? "unknown" : answer;
  if (taken === "fits") return;
  if (taken === "unknown") {
    yield { doubt: "whether its thread-local data fit depends on what the host's libraries take" };
    return;
  }
  yield {
    outcome: "refused",
    check: "static-tls",
    message: libc === "musl" ? null : glibcMessage(name, GLIBC.staticTls),
    cause:
      "its thread-local data are accessed as only a program's own may be (initial-exec), and there is no room for that",
    subject: "PT_TLS",
  };
}
