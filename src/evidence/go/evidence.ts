import type { AnyObject } from "../../object/any-object.ts";
import { known, unknown, type Fact } from "../fact.ts";
import { readGoBuildInfo, type GoBuildInfo } from "./build-info.ts";
import { isGoSection } from "./build-info-place.ts";
import { readHostAbility, type GoHostAbility } from "./host-ability.ts";
import { readModuledataSize, sharesModuleList } from "./moduledata.ts";
import { linkerPrefix, readPackageHashes } from "./package-hash.ts";
import { readPluginExports } from "./plugin-exports.ts";
import { readPluginTable, type GoPluginTable } from "./plugin-table.ts";
import { readGoRelease, type GoRelease } from "./release.ts";
import { guarded } from "../guarded.ts";
import { hasSectionHeaders } from "../../object/object-file.ts";
import { once } from "../../object/once.ts";
import { symbolName } from "../../object/symbol-name.ts";

/** What a Go file proves of itself. What costs more than a few kilobytes is read when it is first asked for. */
export interface GoEvidence {
  readonly buildInfo: Fact<GoBuildInfo>;
  /** Without build info the plugin's table is read for it. */
  readonly release: () => Fact<GoRelease>;
  /** In bytes. */
  readonly moduledataSize: () => Fact<number>;
  /** By import path, in hexadecimal. All dynamic symbols are read for it. */
  readonly packageHashes: () => Fact<ReadonlyMap<string, string>>;
  /** Of a plugin. */
  readonly pluginTable: () => Fact<GoPluginTable>;
  /** Of a plugin: the names that plugin.Lookup finds, sorted. All dynamic symbols are read for it. */
  readonly pluginExports: () => Fact<readonly string[]>;
  /** Of a plugin: whether it hooks itself into the host's list of modules. Relocations are read until one tells. */
  readonly sharesModuleList: () => Fact<boolean>;
  /** Of a program: whether it can load plugins. Where no symbol tells, its read-only data is searched. */
  readonly hostAbility: () => GoHostAbility;
}

/**
 * Whether Go's linker made a file, and what says so: build info, a section or a note that only it writes, or the symbols of its
 * package hashes. Unknown if a part that would tell is broken or gone.
 */
export function isGoFile(object: AnyObject, buildInfo: Fact<GoBuildInfo>): Fact<boolean> {
  if (buildInfo.known) return known(true, buildInfo.from);
  const signs = [() => goSection(object), () => goNote(object), () => goSymbols(object)];
  let broken: string | undefined;
  for (const sign of signs) {
    const found = guarded(() => known(sign(), ""));
    if (!found.known) broken ??= found.why;
    else if (found.value !== undefined) return known(true, found.value);
  }
  if (broken !== undefined) return unknown(broken);
  return hasSectionHeaders(object)
    ? known(false, "section headers, none of them Go's")
    : unknown("the file has no section headers");
}

/** What is broken in a Go file makes facts unknown; nothing is thrown. */
export function readGoEvidence(
  object: AnyObject,
  buildInfo: Fact<GoBuildInfo> = readGoBuildInfo(object),
): GoEvidence {
  const pluginTable = once(() => readPluginTable(object));
  return {
    buildInfo,
    release: once(() => readGoRelease(object, buildInfo, pluginTable)),
    moduledataSize: once(() => readModuledataSize(object)),
    packageHashes: once(() => readPackageHashes(object)),
    pluginTable,
    pluginExports: once(() => {
      const table = pluginTable();
      return table.known ? readPluginExports(object, table.value) : table;
    }),
    sharesModuleList: once(() => sharesModuleList(object)),
    hostAbility: once(() => readHostAbility(object, buildInfo)),
  };
}

function goSection(object: AnyObject): string | undefined {
  const section = object.sections.find(isGoSection);
  return section && `section ${section.name}`;
}

/** The build id of Go's own linker (Go: src/cmd/link/internal/ld/elf.go, ELF_NOTE_GO_NAME). */
function goNote(object: AnyObject): string | undefined {
  switch (object.format) {
    case "elf":
      return object.notes.some(({ name }) => name === "Go") ? "note Go" : undefined;
    case "macho":
      return undefined;
  }
}

/** Every file that can be a plugin, or load one, exports these; they are looked up, since all names are many. */
const ownSymbols = [
  "runtime.firstmoduledata",
  "go:link.pkghashbytes.runtime",
  "go.link.pkghashbytes.runtime",
];

function goSymbols(object: AnyObject): string | undefined {
  const own = ownSymbols.find((name) => object.findDynamicSymbol(symbolName(object, name)) !== undefined);
  if (own !== undefined) return `dynamic symbol ${own}`;
  // Without section headers a few names are no proof, and the file is rare enough to be searched.
  const prefix = hasSectionHeaders(object) ? undefined : linkerPrefix(object);
  return prefix && `dynamic symbols ${prefix}pkghash.*`;
}
