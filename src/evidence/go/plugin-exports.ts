import type { AnyObject } from "../../object/any-object.ts";
import { known, unknown, type Fact } from "../fact.ts";
import { definedSymbols } from "./dynamic-name.ts";
import { escapePath } from "./plugin-path.ts";
import type { GoPluginTable } from "./plugin-table.ts";
import { guarded } from "../guarded.ts";
import { sourceName, symbolName } from "../../object/symbol-name.ts";

/** An identifier that is exported (Go specification, "Exported identifiers"). */
const exportedIdentifier = /^\p{Lu}[\p{L}_\p{Nd}]*$/u;

/**
 * The names that plugin.Lookup finds, sorted. plugin.Open resolves each as a dynamic symbol "PLUGINPATH.NAME" (Go:
 * src/plugin/plugin_dlopen.go). Unknown if they are not as many as the plugin counts.
 */
export function readPluginExports(
  object: AnyObject,
  { symbolPath, exportCount }: GoPluginTable,
): Fact<readonly string[]> {
  const found = readExportedSymbols(object, symbolPath);
  if (!found.known || found.value.length === exportCount) return found;
  return unknown(
    `the plugin counts ${exportCount} exported names, its dynamic symbols have ${found.value.length}`,
  );
}

/** Exported names that stand under a different path than the one under which plugin.Open looks for them. */
export interface MisnamedExports {
  /** Import path of the main package as the symbols have it, with its escapes. */
  readonly symbolPath: string;
  readonly names: readonly string[];
}

/**
 * The names under the main package's own path, if the plugin path is not that: the compiler names symbols by the import path, and
 * `-ldflags=-pluginpath=…` changes the plugin path afterwards (Go: src/cmd/go/internal/work/gc.go, pluginPath; src/cmd/link, flagPluginPath).
 * @param mainPath by the build info; a package that was built from a list of files has a name of its own.
 */
export function readMisnamedExports(
  object: AnyObject,
  { symbolPath, exportCount }: GoPluginTable,
  mainPath: string | undefined,
): Fact<MisnamedExports> {
  return guarded(() => {
    const own = mainPath === undefined ? undefined : escapePath(mainPath);
    for (const path of new Set([own, ...unnamedPaths(object)])) {
      if (path === undefined || path === symbolPath) continue;
      const names = readExportedSymbols(object, path);
      if (names.known && names.value.length === exportCount) {
        return known({ symbolPath: path, names: names.value }, `dynamic symbols ${path}.*`);
      }
    }
    return unknown("no other path has as many exported names");
  });
}

/** What cmd/go calls a main package that is a list of files, by the hash of their contents. */
const unnamed = /^(plugin\/unnamed-[0-9a-f]{40})\./;

function unnamedPaths(object: AnyObject): readonly string[] {
  const start = symbolName(object, "plugin/unnamed-");
  if (!object.dynamicStringsContain(start)) return [];
  const paths = definedSymbols(object, start).map(({ name }) => unnamed.exec(sourceName(object, name))?.[1]);
  return [...new Set(paths.filter((path) => path !== undefined))];
}

/** The exported names that dynamic symbols of a plugin have, sorted, however many the plugin counts. */
export function readExportedSymbols(object: AnyObject, symbolPath: string): Fact<readonly string[]> {
  return guarded(() => {
    const prefix = symbolName(object, `${symbolPath}.`);
    const names = new Set<string>();
    for (const { name } of definedSymbols(object, prefix)) {
      const rest = name.slice(prefix.length);
      if (exportedIdentifier.test(rest)) names.add(rest);
    }
    return known([...names].sort(), "dynamic symbols");
  });
}
