import type { ObjectFile } from "../object/object-file.ts";
import { known, unknown, type Fact } from "./fact.ts";
import { symbolName } from "./go-package-hash.ts";
import type { GoPluginTable } from "./go-plugin-table.ts";
import { guarded } from "./guarded.ts";

/** An identifier that is exported (Go specification, "Exported identifiers"). */
const exportedIdentifier = /^\p{Lu}[\p{L}_\p{Nd}]*$/u;

/**
 * The names that plugin.Lookup finds, sorted. plugin.Open resolves each as a dynamic symbol "PLUGINPATH.NAME" (Go:
 * src/plugin/plugin_dlopen.go). Unknown where they are not as many as the plugin counts.
 */
export function readPluginExports(
  object: ObjectFile,
  { symbolPath, exportCount }: GoPluginTable,
): Fact<readonly string[]> {
  return guarded(() => {
    const prefix = symbolName(object, `${symbolPath}.`);
    const names = new Set<string>();
    for (const { name, defined } of object.dynamicSymbols) {
      if (!defined || !name.startsWith(prefix)) continue;
      const rest = name.slice(prefix.length);
      if (exportedIdentifier.test(rest)) names.add(rest);
    }
    if (names.size !== exportCount) {
      return unknown(
        `the plugin counts ${exportCount} exported names, its dynamic symbols have ${names.size}`,
      );
    }
    return known([...names].sort(), "dynamic symbols");
  });
}
