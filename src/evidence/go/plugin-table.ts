import type { AnyObject } from "../../object/any-object.ts";
import type { ObjectSymbol } from "../../object/object-file.ts";
import { known, unknown, type Fact } from "../fact.ts";
import { hex, readPointer, readString, wordIn, wordSizeOf } from "./memory.ts";
import { findModuledata, longestModuledata } from "./moduledata.ts";
import { hashSymbolsOf, hashText, linkerPrefix } from "./package-hash.ts";
import { unescapePath } from "./plugin-path.ts";
import { guarded } from "../guarded.ts";

/** One comparison that plugin.Open makes: the hash that the plugin was built with against the one in the process. */
export interface GoPackageCheck {
  /** Import path; the plugin's own main package has the plugin path. */
  readonly package: string;
  /** In hexadecimal. */
  readonly hash: string;
}

/** What a plugin's moduledata says about it (Go: src/runtime/symtab.go, moduledata). */
export interface GoPluginTable {
  /** In the order in which plugin.Open makes them; it stops at the first that fails. */
  readonly checks: readonly GoPackageCheck[];
  /** Plugin path: the import path of the main package, or `plugin/unnamed-…` for one built from a list of files. */
  readonly path: string;
  /** The same with the escapes that it has in the file: two plugins with the same one cannot be loaded both. */
  readonly symbolPath: string;
  /** Count of the functions and variables that plugin.Lookup finds. */
  readonly exportCount: number;
  /** Offset of pkghashes in moduledata, in words; it tells releases apart if the size does not. */
  readonly packageHashesAt: number;
}

/*
 * In moduledata, from some word on that every release has elsewhere:
 *   ptab slice, pluginpath string, pkghashes slice
 * An entry of pkghashes is a modulehash of five words:
 *   modulename string, linktimehash string, runtimehash pointer to the string go:link.pkghash.PACKAGE
 */
const entryWords = 5;
const pathBefore = 2;
const exportCountBefore = 4;

/** More than any program has, and few enough that a table made to waste time wastes little. */
const mostPackages = 2 ** 14;
const mostExports = 2 ** 20;
const longestPath = 1024;
const longestHash = 64;

/** The plugin's own table. Unknown for a file that is not a Go plugin. */
export function readPluginTable(object: AnyObject): Fact<GoPluginTable> {
  return guarded(() => {
    const prefix = linkerPrefix(object);
    if (prefix === undefined) return unknown("the file exports no package hashes");
    const moduledata = findModuledata(object);
    if (!moduledata.known) return moduledata;
    const bytes = object.readAddress(moduledata.value, longestModuledata, "moduledata");
    const size = wordSizeOf(object);
    const hashes = hashSymbolsOf(object, prefix);
    for (let at = 0; at + 3 * size <= bytes.length; at += size) {
      const count = wordIn(object, bytes, at + size);
      const isSlice =
        count > 0n && count <= BigInt(mostPackages) && count === wordIn(object, bytes, at + 2 * size);
      if (!isSlice || at < exportCountBefore * size) continue;
      const place = { object, hashes, address: moduledata.value + BigInt(at) };
      const first = guarded(() => checksOf(place, 1));
      if (!first.known) continue;
      const exportCount = wordIn(object, bytes, at - exportCountBefore * size);
      if (exportCount > BigInt(mostExports)) return unknown(`it counts ${exportCount} exported names`);
      return tableAt(place, Number(count), at / size, Number(exportCount));
    }
    return unknown("its moduledata has no table of package hashes: it is not a plugin");
  });
}

/** A slice that may be pkghashes. */
interface Place {
  readonly object: AnyObject;
  readonly hashes: ReadonlyMap<string, ObjectSymbol>;
  readonly address: bigint;
}

function tableAt(
  place: Place,
  count: number,
  packageHashesAt: number,
  exportCount: number,
): Fact<GoPluginTable> {
  const { object, address } = place;
  const checks = checksOf(place, count);
  if (!checks.known) return checks;
  const path = readString(object, address - BigInt(pathBefore * wordSizeOf(object)), longestPath);
  if (!path.known) return path;
  const symbolPath = path.value.toString("utf8");
  return known(
    {
      checks: checks.value,
      path: unescapePath(symbolPath),
      symbolPath,
      exportCount,
      packageHashesAt,
    },
    `moduledata, pkghashes at ${hex(address)}`,
  );
}

function checksOf(place: Place, count: number): Fact<readonly GoPackageCheck[]> {
  const { object, address } = place;
  const table = readPointer(object, address);
  if (!table.known) return table;
  const step = BigInt(entryWords * wordSizeOf(object));
  const checks: GoPackageCheck[] = [];
  for (let index = 0; index < count; index++) {
    const check = checkAt(place, table.value + BigInt(index) * step);
    if (!check.known) return check;
    checks.push(check.value);
  }
  return known(checks, hex(table.value));
}

function checkAt({ object, hashes }: Place, entry: bigint): Fact<GoPackageCheck> {
  const wordSize = wordSizeOf(object);
  const name = readString(object, entry, longestPath);
  if (!name.known) return name;
  const hash = readString(object, entry + BigInt(2 * wordSize), longestHash);
  if (!hash.known) return hash;
  const path = name.value.toString("utf8");
  return leadsTo(object, entry + BigInt(4 * wordSize), hashes.get(path))
    ? known({ package: path, hash: hashText(hash.value) }, hex(entry))
    : unknown(`the entry at ${hex(entry)} does not lead to the hash of ${path}`);
}

/** Whether the pointer is bound to that symbol: here, or, in a flat namespace of Mach-O, by its name. */
function leadsTo(object: AnyObject, address: bigint, symbol: ObjectSymbol | undefined): boolean {
  const pointer = object.pointerAt(address);
  if (pointer.kind === "import") return pointer.symbol === symbol?.name;
  return pointer.kind === "address" && pointer.address === symbol?.address;
}
