import type { GoPluginTable } from "../../evidence/go/plugin-table.ts";
import type { Obstacle } from "../obstacle.ts";
import { obstacle, unknown, type Step } from "../step.ts";
import { functionTableSteps } from "./function-table-steps.ts";
import { hashSteps } from "./hash-steps.ts";
import type { GoHost } from "./host.ts";
import { GO } from "./messages.ts";
import { thrown } from "./open-text.ts";
import { dropPluginPath } from "./plugin-path.ts";
import { openingSteps } from "./opening-steps.ts";
import { otherLayout } from "./other-layout.ts";
import type { GoPlugin } from "./plugin.ts";
import { registrationSteps } from "./registration.ts";

/**
 * What the runtime does with a file that dlopen has mapped (Go: src/runtime/plugin.go, plugin_lastmoduleinit). A refusal has the
 * runtime's own words, without what package plugin puts before them.
 * @param isOld for Go 1.8 and 1.9.
 */
export function moduleSteps(plugin: GoPlugin, host: GoHost, isOld: boolean): readonly Step[] {
  const { table } = plugin;
  const registration = registrationSteps(plugin, host);
  if (table.known) return [...registration, ...tableSteps(plugin, host, table.value, isOld)];
  // A file that does not register has no table that matters.
  return registration.some(({ kind }) => kind === "obstacle")
    ? registration
    : [...registration, unknown(`The plugin's table of package hashes is unknown: ${table.why}.`)];
}

/** The checks that use the plugin's own table. */
function tableSteps(plugin: GoPlugin, host: GoHost, table: GoPluginTable, isOld: boolean): readonly Step[] {
  const isRead =
    plugin.layout.known && host.layout.known && plugin.layout.value.size === host.layout.value.size;
  const layout = isRead ? otherLayout(table, plugin.layout.value, host.layout.value) : undefined;
  return [
    ...(layout === undefined ? [] : [obstacle(layout)]),
    ...pathSteps(table, isOld),
    ...hashSteps(plugin, host, table),
    ...functionTableSteps(plugin),
    ...openingSteps(plugin),
    ...exportSteps(plugin, table),
  ];
}

function pathSteps({ symbolPath }: GoPluginTable, isOld: boolean): readonly Step[] {
  // Go 1.8 and 1.9 do not check.
  if (symbolPath !== "" || isOld) return [];
  return [
    obstacle({
      outcome: "crash",
      check: "no-plugin-path",
      message: thrown(GO.emptyPath.words),
      cause: "The plugin has no plugin path, so the host does not recognize it as a plugin and aborts.",
    }),
  ];
}

/**
 * plugin.Open looks up every name that the plugin counts (Go: src/plugin/plugin_dlopen.go). Which missing one it finds first depends
 * on the order of a Go map.
 */
function exportSteps(plugin: GoPlugin, { exportCount, symbolPath }: GoPluginTable): readonly Step[] {
  const { exports, misnamed, openingTables } = plugin;
  // The count may be as wrong as the rest.
  if (openingTables?.known === false) return [];
  if (!exports.known) return [unknown(`Whether all exported names exist is unknown: ${exports.why}.`)];
  const missing = exportCount - exports.value.length;
  if (missing <= 0) return [];
  return [
    obstacle({
      outcome: "refused",
      check: "missing-export",
      message: null,
      ...(misnamed.known
        ? ofPluginPath(symbolPath, misnamed)
        : {
            cause: `${missing} of the plugin's ${exportCount} exported names are missing from its dynamic symbol table.`,
            plugin: { value: String(exports.value.length), from: exports.from },
          }),
    }),
  ];
}

/** `-pluginpath` renames what plugin.Open looks for, but not what the compiler wrote. */
function ofPluginPath(
  symbolPath: string,
  { value: { symbolPath: main, names }, from }: Extract<GoPlugin["misnamed"], { known: true }>,
): Pick<Obstacle, "cause" | "plugin" | "fix"> {
  const [name = ""] = names;
  return {
    cause:
      `The plugin path is ${symbolPath}, but the exported names are those of package ${main}: plugin.Open looks for ` +
      `"${symbolPath}.${name}" and the file has "${main}.${name}". The linker was given -pluginpath.`,
    plugin: { value: main, from },
    fix: dropPluginPath,
  };
}
