import { EM_AARCH64, EM_X86_64, R_X86_64_RELATIVE64 } from "../../object/elf/constants.ts";
import type { ElfFile } from "../../object/elf/file.ts";
import type { ElfSymbol } from "../../object/elf/symbol.ts";
import type { Obstacle } from "../obstacle.ts";
import { filled } from "../message-form.ts";
import { obstacle, unknown, unknownFromHere, type Step } from "../step.ts";
import { GLIBC, glibcMessage, relocationTypeText } from "./messages.ts";
import { isLibcAtLeast, type Release } from "../elf/libc-release.ts";
import type { LinkMap, LinkMaps } from "../elf/link-map.ts";
import { isOwn, type Reference } from "../elf/reference.ts";
import type { StaticTls } from "./static-tls.ts";
import { straySymbol, strayWrite } from "../elf/stray.ts";
import { lookUp, wantedVersion, type Bound } from "../elf/symbol-lookup.ts";

/** The process that a library is relocated in. */
export interface Scopes {
  readonly maps: LinkMaps;
  /** The global scope, and after it what was opened. */
  readonly scope: readonly LinkMap[];
  /** What was relocated before. */
  readonly settled: ReadonlySet<LinkMap>;
  readonly tls: StaticTls;
  readonly release: Release | undefined;
}

/** Seen to die: 2.36; seen to tolerate it: 2.41 (elf/dl-lookup.c, check_match). Which release in between changed it is unknown. */
const LAST_TO_DIE = [2, 36] as const;
const FIRST_TO_TOLERATE = [2, 41] as const;

function toleratesLostVersions(release: Release | undefined): boolean {
  return release !== undefined && isLibcAtLeast(release, ...FIRST_TO_TOLERATE);
}

/**
 * One object's relocations as glibc applies them under RTLD_NOW (elf/dl-reloc.c; sysdeps/<machine>/dl-machine.h): symbols that
 * RTLD_LAZY would bind later are looked up too, and the file is refused if one is missing.
 */
export function* relocate(map: LinkMap, scopes: Scopes): Generator<Step, void, undefined> {
  const library = map.library;
  if (library === undefined) return;
  const said = new Set<string>();
  const scope = library.symbolic ? [map, ...scopes.scope] : scopes.scope;
  for (const reference of library.references) {
    const { symbol, use, type, place, countedRelative } = reference;
    const stray = strayWrite(place, map.object.name);
    if (stray !== undefined) {
      yield stray;
      return;
    }
    if (countedRelative) {
      const step = falselyRelative(map, library.elf, type);
      if (step === undefined) continue;
      yield step;
      return;
    }
    if (reference.strayIndex) {
      yield straySymbol(map.object.name);
      return;
    }
    if (use === "unread") {
      // Applied or refused: it changes nothing for the symbols that others need.
      yield unknown(`Whether the loader knows relocation type ${type} of ${map.object.name} is unknown.`);
      continue;
    }
    if (symbol?.binding === "local" && !symbol.defined) {
      yield unknownFromHere(
        `${map.object.name} refers to a local symbol that it does not define: it is damaged, and what the loader does then is unknown.`,
      );
      return;
    }
    const bound = symbol === undefined || isOwn(symbol) ? undefined : bind(map, symbol, scope, scopes.maps);
    if (symbol !== undefined && bound?.kind === "nowhere" && symbol.binding !== "weak") {
      if (!said.has(nameOf(symbol))) yield obstacle(undefinedSymbol(map, symbol, reference));
      said.add(nameOf(symbol));
      continue;
    }
    if (bound?.kind === "lost-versions" && !toleratesLostVersions(scopes.release)) {
      const step = lostVersions(map, symbol, bound.map, scopes.release);
      yield step;
      if (step.kind === "obstacle") return;
    }
    if (use === "unsupported") yield obstacle(badType(map, type));
    else if (use === "static-tls" || (use === "descriptor" && scopes.tls.holdsDescribed))
      yield* takeStaticTls(bound, map, scopes);
    else if (use === "descriptor") offerStaticTls(bound, map, scopes);
  }
}

/**
 * What happens to a relocation that DT_RELACOUNT counts as a relative one (elf/do-rel.h, elf_dynamic_do_Rel): x86-64's loader
 * asserts that it is one, AArch64's does not check (elf_machine_rela_relative).
 */
export function falselyRelative(
  { object }: LinkMap,
  { machine, bits }: Pick<ElfFile, "machine" | "bits">,
  type: number,
): Step | undefined {
  const cause = `${object.name} counts a relocation of type ${type} among its relative ones (DT_RELACOUNT)`;
  switch (machine) {
    case EM_AARCH64:
      return undefined;
    case EM_X86_64:
      if (bits === 64 && type === R_X86_64_RELATIVE64) return undefined;
      return obstacle({
        outcome: "crash",
        check: "relocation-type",
        message: null,
        cause: `${cause}: glibc aborts the process with a failed assertion.`,
        subject: String(type),
      });
    default:
      return unknownFromHere(`${cause}, and what the loader of this machine does then is unknown.`);
  }
}

function bind(map: LinkMap, symbol: ElfSymbol, scope: readonly LinkMap[], maps: LinkMaps): Bound {
  return lookUp(symbol.name, wantedVersion(map, symbol), scope, maps);
}

function* takeStaticTls(
  bound: Bound | undefined,
  map: LinkMap,
  { settled, tls }: Scopes,
): Generator<Step, void, undefined> {
  if (bound?.kind === "nowhere") return;
  const owner = bound?.map ?? map;
  if (settled.has(owner)) return;
  const { name } = owner.object;
  const size = owner.object.tls?.size ?? 0n;
  switch (tls.take(owner)) {
    case "fits":
      return;
    case "unknown":
      // Without its room the next one is refused as well, if it is refused now.
      yield unknown(
        `Whether the ${size} bytes of thread-local data of ${name} fit depends on how much the host's own libraries use.`,
      );
      return;
    case "refused":
      yield obstacle({
        outcome: "refused",
        check: "static-tls",
        message: glibcMessage(name, GLIBC.staticTls.words),
        cause: `The ${size} bytes of thread-local data of ${name} use the initial-exec TLS model, and do not fit into the static TLS block.`,
        subject: "PT_TLS",
      });
  }
}

function offerStaticTls(bound: Bound | undefined, map: LinkMap, { settled, tls }: Scopes): void {
  const owner = bound === undefined ? map : bound.kind === "nowhere" ? undefined : bound.map;
  if (owner !== undefined && !settled.has(owner)) tls.offer(owner);
}

function nameOf({ name, version }: ElfSymbol): string {
  return `${name}@${version ?? ""}`;
}

function undefinedSymbol(map: LinkMap, symbol: ElfSymbol, { table }: Reference): Obstacle {
  const file = wantedVersion(map, symbol)?.file;
  const who =
    file === undefined
      ? `Neither the host nor any library it loads defines ${symbol.name}.`
      : `${file} does not define ${nameOf(symbol).replace(/@$/, "")}.`;
  const when = table === "JMPREL" ? " All symbols are bound when the file is opened." : "";
  return {
    outcome: "refused",
    check: "undefined-symbol",
    message: glibcMessage(map.object.name, undefinedText(symbol)),
    cause: who + when,
    subject: symbol.name,
    plugin: { value: nameOf(symbol).replace(/@$/, ""), from: ".dynsym" },
  };
}

/** glibc's words for a symbol that is not found, with the version in which it is needed. */
export function undefinedText({ name, version }: Pick<ElfSymbol, "name" | "version">): string {
  return version === undefined
    ? filled(GLIBC.undefinedSymbol, { symbol: name })
    : filled(GLIBC.undefinedVersion, { symbol: name, version });
}

function badType({ object }: LinkMap, type: number): Obstacle {
  return {
    outcome: "refused",
    check: "relocation-type",
    message: glibcMessage(object.name, filled(GLIBC.relocation, { type: relocationTypeText(type) })),
    cause: `Relocation type ${type} is not supported by this machine's loader.`,
    subject: String(type),
  };
}

function lostVersions(
  { object }: LinkMap,
  symbol: ElfSymbol | undefined,
  provider: LinkMap,
  release: Release | undefined,
): Step {
  const cause = `${provider.object.name} has no symbol versions, but ${object.name} was linked against one that had`;
  // A glibc that tolerates it binds the symbol, and goes on.
  if (release === undefined || isLibcAtLeast(release, LAST_TO_DIE[0], LAST_TO_DIE[1] + 1))
    return unknown(`${cause}: whether this glibc aborts the process is unknown.`);
  return obstacle({
    outcome: "crash",
    check: "lost-versions",
    message: null,
    cause: `${cause}: glibc aborts the process with a failed assertion.`,
    ...(symbol !== undefined && { subject: symbol.name }),
  });
}
