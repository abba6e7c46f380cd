import type { AnyObject } from "../object/any-object.ts";
import type { Files } from "../files/files.ts";
import { known, unknown, type Fact } from "../evidence/fact.ts";
import { guarded } from "../evidence/guarded.ts";
import { isGoFile, readGoEvidence } from "../evidence/go/evidence.ts";
import { readGoBuildInfo, type GoBuildInfo } from "../evidence/go/build-info.ts";
import { readLinking } from "../evidence/system/linking.ts";
import { readPackageNote } from "../evidence/system/package-note.ts";
import { readRustEvidence, type RustEvidence } from "../evidence/rust/evidence.ts";
import { readSystemNeeds, type SystemNeeds } from "../evidence/system/system-needs.ts";
import type { Language } from "../language/language-facts.ts";
import type { CarrierNames } from "../manifest/carrier/carrier-names.ts";
import type { ByteSource } from "../object/image.ts";
import { listingOf, type Listing } from "../object/listing.ts";
import type { ObjectSymbol, Section } from "../object/object-file.ts";
import { openedWith, readWith, type Read, type ReadExtra } from "./artifact.ts";

/** What one slice is made of, beyond what comparing it needs. */
export interface Anatomy {
  readonly arch: string;
  /** What could not be read of it, a sentence each; the part is then empty. */
  readonly problems: readonly string[];
  readonly neededLibraries: readonly string[];
  /** Symbols defined for others. */
  readonly exportedSymbols: Listing<ObjectSymbol>;
  readonly sections: readonly Section[];
  /** ELF build id or Mach-O UUID, lower-case hex. */
  readonly buildId: string | null;
  /** Whether the static symbols are gone; null if the file does not tell. */
  readonly stripped: boolean | null;
  /** Facts that no manifest claims, by name. */
  readonly facts: Readonly<Record<string, Fact<string>>>;
  /** Go's build settings, in the file's order. */
  readonly buildSettings: readonly { readonly key: string; readonly value: string }[];
}

/** Reads a plugin and takes it apart in one go, one anatomy a slice. */
export function readAnatomy(files: Files, path: string, names: CarrierNames): Read<readonly Anatomy[]> {
  return readWith(files, path, names, "by-kind", dissectAll);
}

/** The same for a file that is open already. @throws FormatError @internal for its tests */
export function anatomyOf(path: string, source: ByteSource, names: CarrierNames): Read<readonly Anatomy[]> {
  return openedWith(path, source, names, "by-kind", dissectAll);
}

const dissectAll: ReadExtra<readonly Anatomy[]> = (slices) => slices.map(({ object }) => dissect(object));

/**
 * One slice of a file that is open.
 * @param ofCode whether all code of a program may be read for what it calls: of large ones, most of the time goes there.
 */
export function dissect(object: AnyObject, ofCode = true): Anatomy {
  const problems: string[] = [];
  const part = <List extends Listing<unknown>>(name: string, read: () => List, none: List): List => {
    const found = guarded(() => known(read(), name));
    if (!found.known) problems.push(`${name} cannot be read: ${found.why}`);
    return found.known ? found.value : none;
  };
  const { libraries, buildId, stripped } = readLinking(object);
  if (!libraries.known) problems.push(`linked libraries cannot be read: ${libraries.why}`);
  const buildInfo = readGoBuildInfo(object);
  return {
    arch: object.arch,
    neededLibraries: libraries.known ? libraries.value : [],
    exportedSymbols: part<Listing<ObjectSymbol>>(
      "exported symbols",
      () => listingOf(() => exportedBy(object)),
      [],
    ),
    sections: part<readonly Section[]>("sections", () => object.sections, []),
    buildId: buildId.known ? buildId.value : null,
    stripped: stripped.known ? stripped.value : null,
    facts: {
      ...systemFacts(object),
      ...languageFacts(object, buildInfo, ofCode),
    },
    buildSettings: buildInfo.known ? buildInfo.value.settings : [],
    problems,
  };
}

function* exportedBy(object: AnyObject): Generator<ObjectSymbol, void, undefined> {
  for (const symbol of object.eachDynamicSymbol())
    if (symbol.defined && symbol.binding !== "local" && !isVersionDefinition(symbol)) yield symbol;
}

/** GNU ld writes one for each version that a file defines (bfd/elflink.c, elf_link_assign_sym_version): it is no place, and bears its own name. */
function isVersionDefinition({ name, version, absolute }: ObjectSymbol): boolean {
  return absolute && version === name;
}

function systemFacts(object: AnyObject): Anatomy["facts"] {
  const needs = readSystemNeeds(object);
  const note = readPackageNote(object);
  return {
    ...ofSystem(object, needs),
    minimum_os: needs.minimumOs,
    ...(note.known
      ? {
          package: known(
            [note.value.type, note.value.name, note.value.version].filter(Boolean).join(" "),
            note.from,
          ),
        }
      : {}),
  };
}

/** What a file of that format says of the system beside its lowest release. */
function ofSystem({ format }: AnyObject, { platform, sdk, glibc }: SystemNeeds): Anatomy["facts"] {
  switch (format) {
    case "elf":
      return { glibc };
    case "macho":
      return { platform, sdk };
  }
}

type FactsOf = (
  object: AnyObject,
  buildInfo: Fact<GoBuildInfo>,
  ofCode: boolean,
) => Anatomy["facts"] | undefined;

/** In the order in which they are asked. */
const factsOf: Readonly<Record<Language, FactsOf>> = { go: goFacts, rust: rustFacts };

/** Of the first language that left its stamps. */
function languageFacts(object: AnyObject, buildInfo: Fact<GoBuildInfo>, ofCode: boolean): Anatomy["facts"] {
  for (const read of Object.values(factsOf)) {
    const facts = read(object, buildInfo, ofCode);
    if (facts !== undefined) return facts;
  }
  return {};
}

/** What plugin.Open needs to know. */
function goFacts(
  object: AnyObject,
  buildInfo: Fact<GoBuildInfo>,
  ofCode: boolean,
): Anatomy["facts"] | undefined {
  const isGo = isGoFile(object, buildInfo);
  if (!isGo.known || !isGo.value) return undefined;
  const go = readGoEvidence(object);
  const rust = readRustEvidence(object);
  const contained = rust?.certain === true ? containedRust(rust) : {};
  if (object.kind === "executable") {
    const { pluginPackage, cgo, dynamic, loaders } = go.hostAbility();
    return {
      package_plugin: pluginPackage,
      cgo: text(cgo, (linked) => (linked ? "linked" : "absent")),
      linked: text(dynamic, (is) => (is ? "dynamically" : "statically")),
      ...(ofCode ? { loaders: loaders() } : {}),
      moduledata_size: text(go.moduledataSize(), String),
      ...contained,
    };
  }
  const table = go.pluginTable();
  return {
    plugin_path: text(table, ({ path }) => path),
    plugin_exports: text(go.pluginExports(), (names) => names.join(", ") || "none"),
    package_hashes: text(table, ({ checks }) => `${checks.length} packages`),
    moduledata_size: text(go.moduledataSize(), String),
    shares_module_list: text(go.sharesModuleList(), (shares) => (shares ? "yes" : "no")),
    ...contained,
  };
}

function rustFacts(object: AnyObject): Anatomy["facts"] | undefined {
  const rust = readRustEvidence(object);
  if (rust === undefined) return undefined;
  const [hint] = rust.profile.hints;
  return {
    ...(rust.extent.known && rust.extent.value === "whole" ? {} : containedRust(rust)),
    compiler: text(rust.compiler, ({ text: stamp }) => stamp),
    std_commit: rust.library.commit,
    std_release: rust.library.release,
    same_toolchain: text(rust.sameToolchain, (same) =>
      same ? "yes" : "no: the standard library comes from a different toolchain",
    ),
    panic: rust.panic,
    profile_hint:
      hint === undefined
        ? unknown("no evidence of a build profile")
        : known(`${hint.profile} (${hint.strength}: ${hint.reason})`, hint.from),
    audited_packages: text(rust.audited, ({ packages }) => `${packages.length} packages`),
    registry_crates: text(rust.crates, (crates) =>
      crates.map(({ name, version }) => `${name} ${version}`).join(", "),
    ),
    libstd: rust.dylib.libstd,
  };
}

/** Of a file that is not Rust's, or not surely: that code of Rust is in it, of the release that its standard library is of. */
function containedRust({ witnesses, certain, toolchain, extent }: RustEvidence): Anatomy["facts"] {
  const [witness = ""] = witnesses;
  if (!certain) return { contains_rust: extent.known ? unknown(`only ${witness} says so`) : extent };
  return { contains_rust: known(toolchain.known ? toolchain.value : "of an unknown release", witness) };
}

function text<T>(fact: Fact<T>, show: (value: T) => string): Fact<string> {
  return fact.known ? known(show(fact.value), fact.from) : fact;
}
