import type { AnyObject } from "../../object/any-object.ts";
import { known, unknown, type Fact } from "../fact.ts";
import { definedSymbols } from "./dynamic-name.ts";
import type { GoPluginTable } from "./plugin-table.ts";
import { guarded } from "../guarded.ts";
import { symbolName } from "../../object/symbol-name.ts";

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
