import { VER_FLG_WEAK } from "../../object/elf/constants.ts";
import { compareVersions, versionFloors } from "../../evidence/system/version-floor.ts";
import { isReservedByMusl } from "../../evidence/system/library-name.ts";
import { filled } from "../message-form.ts";
import type { Obstacle } from "../obstacle.ts";
import { need, obstacle, unknown, type Step } from "../step.ts";
import { GLIBC, glibcMessage } from "../glibc/messages.ts";
import { falselyRelative, undefinedText } from "../glibc/relocations.ts";
import { staticGlibcOf, type DlopenHost } from "../elf/host.ts";
import { ofUnstartedHost } from "../elf/host-start.ts";
import { isaNeed } from "../elf/isa-level.ts";
import {
  glibcReleaseOf,
  isLibcAtLeast,
  RELR_MARKER,
  RELR_RELEASE,
  type Release,
} from "../elf/libc-release.ts";
import type { Library } from "../elf/library.ts";
import { linkMap, LinkMaps } from "../elf/link-map.ts";
import { isOwn } from "../elf/reference.ts";
import { GlibcAbi } from "../glibc/abi.ts";
import { StaticTls } from "../glibc/static-tls.ts";
import { straySymbol, strayWrite } from "../elf/stray.ts";
import { lookUp, wantedVersion } from "../elf/symbol-lookup.ts";
import { MUSL } from "../musl/messages.ts";
import { isUnknownToMusl } from "../musl/relocations.ts";

/**
 * What a target must have for a file to load, if the target's files are not available. What the host itself needs is present
 * wherever the host runs, and is not listed.
 */
export function* listNeeds(
  library: Library,
  host: DlopenHost,
  glibc: Release | undefined,
): Generator<Step, void, undefined> {
  const { object } = library;
  const given = new Set(host.program.needed);
  const offer = host.libc === "gnu" ? offerOf(library, host, glibc) : undefined;
  for (const name of object.needed)
    if (!given.has(name) && !ofMusl(host, name) && offer?.abi.has(name) !== true) yield need(name, "sysroot");
  yield* listSameRelease(library, host, glibc);
  if (host.libc === "gnu") yield* listVersions(library, host, glibc);
  if (library.isa !== 0) yield need(isaNeed(library.isa), "cpu");
  yield* listSymbols(library, host, glibc, offer);
  if (library.stray !== undefined) yield library.stray;
}

/** The glibc of the target, as far as the process has it. */
interface Offer {
  readonly abi: GlibcAbi;
  /** Its libraries that are in the process once the plugin is. */
  readonly libraries: ReadonlySet<string>;
  /** Whether there are no others: then what these and the files lack is nowhere. */
  readonly isWhole: boolean;
}

function offerOf({ object }: Library, host: DlopenHost, release: Release | undefined): Offer | undefined {
  const abi = release && GlibcAbi.of(host.machine, host.bits, release);
  // A static program has parts of a C library of its own.
  if (abi === undefined || host.ownDlopen !== undefined) return undefined;
  const needed = [...host.program.needed, ...object.needed];
  return { abi, libraries: abi.closure(needed), isWhole: needed.every((name) => abi.has(name)) };
}

/** What a host asks for that the target's glibc does not have: there it does not start, and no plugin is ever opened. */
export function* hostTooNew({ program }: DlopenHost, glibc: Release): Generator<Step, void, undefined> {
  for (const each of tooNew(program, glibc, "it")) yield obstacle(ofUnstartedHost(each));
}

/** A static program shares data with the C library that it loads: only its own release works. */
function* listSameRelease(
  { object }: Library,
  host: DlopenHost,
  glibc: Release | undefined,
): Generator<Step, void, undefined> {
  const inProgram = staticGlibcOf(host);
  if (inProgram === undefined || object.needed.length === 0) return;
  const own = inProgram.release.known ? inProgram.release.value : undefined;
  const target = glibc?.join(".");
  const same = `exactly the glibc release that is linked into the host${own === undefined ? "" : `, ${own}`}`;
  if (own === undefined || target === undefined) yield need(same, "sysroot");
  else if (own !== target)
    yield unknown(`It needs ${same}, but the target has ${target}: whether the process survives is unknown.`);
}

/** musl is one library under many names. */
function ofMusl({ libc }: DlopenHost, name: string): boolean {
  return libc === "musl" && isReservedByMusl(name);
}

function* listVersions(
  { object }: Library,
  { program }: DlopenHost,
  glibc: Release | undefined,
): Generator<Step, void, undefined> {
  const floor = (library: string, prefix: string): string | undefined =>
    versionFloors(program).find((each) => each.library === library && each.prefix === prefix)?.version;
  let highest: string | undefined;
  for (const { library, prefix, version } of versionFloors(object)) {
    const glibcVersion =
      prefix === "GLIBC" ? version : prefix === RELR_MARKER ? RELR_RELEASE.join(".") : undefined;
    if (glibcVersion === undefined) {
      const has = floor(library, prefix);
      if (version === undefined || has === undefined || compareVersions(version, has) > 0)
        yield need(`${version === undefined ? prefix : `${prefix}_${version}`} of ${library}`, "sysroot");
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
    if (own === undefined || compareVersions(highest, own) > 0) yield need(`glibc >= ${highest}`, "glibc");
  } else {
    for (const each of tooNew(object, glibc, "The file")) yield obstacle(each);
  }
}

/** In the order of the file, which is the loader's. */
function* tooNew(
  { versionNeeds }: Library["object"],
  glibc: Release,
  who: string,
): Generator<Obstacle, void, undefined> {
  for (const { file, versions } of versionNeeds) {
    for (const { name, flags } of versions) {
      const wanted = glibcReleaseOf(name);
      if (wanted === undefined || (flags & VER_FLG_WEAK) !== 0 || isLibcAtLeast(glibc, ...wanted)) continue;
      yield {
        outcome: "refused",
        check: "symbol-version",
        // It would contain the path of the library on the target.
        message: null,
        cause: `${who} was linked against glibc ${wanted.join(".")} or later, but the target has ${glibc.join(".")}.`,
        subject: name,
        plugin: { value: name, from: `version needs of ${file}` },
        host: { value: glibc.join("."), from: "the target's glibc" },
      };
    }
  }
}

/** Symbols of unknown libraries. If neither the host nor the file links any, they are nowhere. */
function* listSymbols(
  library: Library,
  host: DlopenHost,
  release: Release | undefined,
  offer: Offer | undefined,
): Generator<Step, void, undefined> {
  const program = linkMap(host.program, undefined);
  const own = linkMap(library.object, undefined, library);
  const maps = new LinkMaps();
  const alone = host.program.needed.length === 0 && library.object.needed.length === 0;
  const tls = new StaticTls(host, [], release);
  for (const { symbol, use, place, type, countedRelative, strayIndex } of library.references) {
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
    // The loader refuses it after looking up symbols that only the target could define.
    const refused = host.libc === "musl" ? isUnknownToMusl({ use, type }) : use === "unsupported";
    if (strayIndex) {
      yield straySymbol(own.object.name);
      return;
    }
    if (use === "unread" || refused) {
      yield unknown(`Whether the loader knows relocation type ${type} of the file is unknown.`);
      continue;
    }
    const isFixed = use === "static-tls" || (use === "descriptor" && tls.holdsDescribed);
    if (isFixed && (symbol === undefined || symbol.defined)) yield* room(own, tls, host);
    if (symbol === undefined || isOwn(symbol) || symbol.defined || symbol.binding === "weak") continue;
    const version = wantedVersion(own, symbol);
    // Without lists: a release that has the version has all its symbols.
    if (host.libc === "gnu" && version?.file !== undefined && offer?.abi.has(version.file) !== true) continue;
    if (lookUp(symbol.name, version, [program, own], maps).kind !== "nowhere") continue;
    const since = version?.file === undefined ? undefined : glibcReleaseOf(version.name);
    // Refused for the version already.
    if (release !== undefined && since !== undefined && !isLibcAtLeast(release, ...since)) continue;
    const offered = offer?.abi.find(symbol.name, version?.name, offer.libraries);
    if (offered === "there") continue;
    if (!alone && !(offered === "missing" && offer?.isWhole === true)) {
      yield need(`the symbol ${symbol.name}`, "sysroot");
      continue;
    }
    const { name } = library.object;
    yield obstacle({
      outcome: "refused",
      check: "undefined-symbol",
      message:
        host.libc === "musl"
          ? filled(MUSL.notFound, { path: name, symbol: symbol.name })
          : glibcMessage(name, undefinedText(symbol)),
      cause: alone
        ? `The host does not define ${symbol.name}, and no library is linked that could.`
        : `Neither the host nor glibc ${release?.join(".") ?? ""} defines ${symbol.name} in a library that is linked.`,
      subject: symbol.name,
    });
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
  // The C library that a static program loads uses the same room, and how much is unknown.
  const taken = answer === "fits" && staticGlibcOf(host) !== undefined ? "unknown" : answer;
  if (taken === "fits") return;
  if (taken === "unknown") {
    yield unknown("Whether its thread-local data fit depends on how much the host's libraries use.");
    return;
  }
  yield obstacle({
    outcome: "refused",
    check: "static-tls",
    message: libc === "musl" ? null : glibcMessage(name, GLIBC.staticTls.words),
    cause: "Its thread-local data use the initial-exec TLS model, and do not fit into the static TLS block.",
    subject: "PT_TLS",
  });
}
