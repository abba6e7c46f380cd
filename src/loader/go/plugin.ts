import type { AnyObject } from "../../object/any-object.ts";
import type { ObjectFormat } from "../../object/object-file.ts";
import { known, unknown, type Fact } from "../../evidence/fact.ts";
import { readGoBuildInfo, type GoBuildInfo } from "../../evidence/go/build-info.ts";
import { isGoFile } from "../../evidence/go/evidence.ts";
import { moduledataLayouts, readModuledataSize, sharesModuleList } from "../../evidence/go/moduledata.ts";
import {
  checkNewerHeader,
  readFunctionTable,
  type FunctionTableFault,
} from "../../evidence/go/function-table.ts";
import { readOpeningTables, type OpeningFault } from "../../evidence/go/opening-tables.ts";
import { linkerPrefix } from "../../evidence/go/package-hash.ts";
import {
  readExportedSymbols,
  readMisnamedExports,
  type MisnamedExports,
} from "../../evidence/go/plugin-exports.ts";
import { readPluginTable, type GoPluginTable } from "../../evidence/go/plugin-table.ts";
import { readGoRelease, type GoRelease } from "../../evidence/go/release.ts";
import { guarded } from "../../evidence/guarded.ts";
import type { MachoFile } from "../../object/macho/file.ts";
import { readModuleLayout, type ModuleLayout } from "./module-layout.ts";
import { symbolName } from "../../object/symbol-name.ts";

/** What plugin.Open depends on in the file that it opens. */
export interface GoPlugin {
  readonly format: ObjectFormat;
  /** Whether Go's linker made it. */
  readonly isGo: Fact<boolean>;
  readonly buildInfo: Fact<GoBuildInfo>;
  readonly release: Fact<GoRelease>;
  /** Whether it adds its moduledata to the list of the program that opens it. */
  readonly sharesModuleList: Fact<boolean>;
  readonly layout: Fact<ModuleLayout>;
  /** The checks of package hashes in their order, and the plugin path. */
  readonly table: Fact<GoPluginTable>;
  /** What the runtime finds wrong in the function table; undefined without a table of hashes or a size of module data. */
  readonly functionTable: Fact<FunctionTableFault | "sound" | "newer"> | undefined;
  /** The same of the other tables that it reads then; undefined also for a layout that is not known. */
  readonly openingTables: Fact<OpeningFault | "sound"> | undefined;
  /** Whether the hashes with which it compares its own are looked up by name, so in the host first. */
  readonly asksHost: Fact<boolean>;
  /** The exported names that are dynamic symbols; the table says how many there must be. */
  readonly exports: Fact<readonly string[]>;
  /** If some of those are missing: where they are instead. */
  readonly misnamed: Fact<MisnamedExports>;
}

/** Accepts any object file. What cannot be read makes facts unknown; nothing is thrown. */
export function readGoPlugin(object: AnyObject): GoPlugin {
  loadSymbols(object);
  const buildInfo = readGoBuildInfo(object);
  const table = readPluginTable(object);
  const release = readGoRelease(object, buildInfo, () => table);
  const shares = sharesModuleList(object);
  const layout = readModuleLayout(object, readModuledataSize(object), release, table);
  const exports = table.known ? readExportedSymbols(object, table.value.symbolPath) : table;
  return {
    format: object.format,
    isGo: isGoFile(object, buildInfo),
    buildInfo,
    release,
    sharesModuleList: shares,
    layout,
    table,
    ...tablesOf(object, table, layout),
    asksHost: guarded(() => readAsksHost(object, table, shares)),
    exports,
    misnamed:
      table.known && exports.known && exports.value.length < table.value.exportCount
        ? readMisnamedExports(object, table.value, buildInfo.known ? buildInfo.value.path : undefined)
        : unknown("no exported name is missing"),
  };
}

/** Hundreds of names are looked up: one read of each table is quicker. What cannot be read is found out when it is asked for. */
function loadSymbols(object: AnyObject): void {
  guarded(() => {
    if (object.format === "elf") object.loadDynamicSymbols();
    return known(undefined, "");
  });
}

/** The size of the moduledata and where it has the hashes tell the releases apart. */
function tablesOf(
  object: AnyObject,
  table: Fact<GoPluginTable>,
  layout: Fact<ModuleLayout>,
): Pick<GoPlugin, "functionTable" | "openingTables"> {
  if (!table.known || !layout.known) return { functionTable: undefined, openingTables: undefined };
  const { size, packageHashes } = layout.value;
  const found = moduledataLayouts.find((one) => one.size === size && one.packageHashes === packageHashes);
  if (found === undefined) return { functionTable: checkNewerHeader(object), openingTables: undefined };
  return {
    functionTable: readFunctionTable(object, table.value, found),
    openingTables: readOpeningTables(object, table.value, found),
  };
}

/**
 * In ELF the linker binds all names in the same way, so the module list tells. Apple's linker may bind names within the image
 * directly: then the plugin compares its hashes with themselves.
 */
function readAsksHost(object: AnyObject, table: Fact<GoPluginTable>, shares: Fact<boolean>): Fact<boolean> {
  const first = table.known ? table.value.checks[0] : undefined;
  if (first === undefined) return shares;
  switch (object.format) {
    case "elf":
      return shares;
    case "macho":
      return bindsHash(object, first.package);
  }
}

function bindsHash(object: MachoFile, path: string): Fact<boolean> {
  const prefix = linkerPrefix(object);
  if (prefix === undefined) return unknown("the file exports no package hashes");
  const name = symbolName(object, `${prefix}pkghash.${path}`);
  const isBound = object.imports.some(({ symbol }) => symbol === name);
  return known(isBound, `${name}, ${isBound ? "" : "not "}bound by name`);
}
