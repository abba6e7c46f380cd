import type { GoPluginTable } from "../../evidence/go/plugin-table.ts";
import { hashSteps } from "./hash-steps.ts";
import type { GoHost } from "./host.ts";
import type { HostProcess } from "./host-process.ts";
import { thrown } from "./open-text.ts";
import { otherLayout } from "./other-layout.ts";
import type { GoPlugin } from "./plugin.ts";
import { registrationOf } from "./registration.ts";
import { obstacle, undecided, type Step } from "./step.ts";

/** What the runtime makes of a file that dlopen has mapped (Go: src/runtime/plugin.go, plugin_lastmoduleinit). */
export interface ModuleSteps {
  /** A refusal has the runtime's own words, without what package plugin puts before them. */
  readonly steps: readonly Step[];
  readonly mapped: MappedModule;
}

/** What the file leaves in the process. */
export interface MappedModule {
  /** Plugin path; undefined where the file does not get into the host's list. */
  readonly symbolPath?: string;
  readonly hashes?: ReadonlyMap<string, string>;
  readonly cutsList?: boolean;
}

/** @param isOld of Go 1.8 and 1.9. */
export function moduleSteps(
  process: HostProcess,
  plugin: GoPlugin,
  host: GoHost,
  isOld: boolean,
): ModuleSteps {
  const registration = registrationOf(process, plugin, host, isOld);
  const { table } = plugin;
  const hashes = table.known
    ? { hashes: new Map(table.value.checks.map((check) => [check.package, check.hash])) }
    : {};
  const rest = table.known ? tableSteps(process, plugin, host, table.value, isOld) : [];
  if (registration.kind === "unregistered") {
    const { step, cutsList } = registration;
    return { steps: [step, ...rest], mapped: { ...hashes, cutsList } };
  }
  const gap = table.known
    ? []
    : [undecided(`The plugin's table of package hashes is not known: ${table.why}.`)];
  return {
    steps: [...registration.gaps, ...gap, ...rest],
    mapped: { ...hashes, ...(table.known && { symbolPath: table.value.symbolPath }) },
  };
}

/** The checks that go by the plugin's own table. */
function tableSteps(
  process: HostProcess,
  plugin: GoPlugin,
  host: GoHost,
  table: GoPluginTable,
  isOld: boolean,
): readonly Step[] {
  const isRead =
    plugin.layout.known && host.layout.known && plugin.layout.value.size === host.layout.value.size;
  const layout = isRead ? otherLayout(table, plugin.layout.value, host.layout.value) : undefined;
  return [
    ...(layout === undefined ? [] : [obstacle(layout)]),
    ...pathSteps(process, table, isOld),
    ...hashSteps(process, plugin, host, table),
    ...exportSteps(plugin, table),
  ];
}

function pathSteps({ modules }: HostProcess, table: GoPluginTable, isOld: boolean): readonly Step[] {
  const { symbolPath, path } = table;
  if (symbolPath === "") {
    // Go 1.8 and 1.9 do not ask.
    if (isOld) return [];
    return [
      obstacle({
        outcome: "crash",
        check: "no-plugin-path",
        message: thrown("runtime: plugin has empty pluginpath"),
        cause: "The plugin has no plugin path, so the host takes its module for no plugin's and ends itself.",
      }),
    ];
  }
  const same = modules.filter((module) => module.symbolPath === symbolPath && module.state !== "refused");
  const loaded = same.find(({ state }) => state === "loaded");
  if (loaded !== undefined) {
    return [
      obstacle({
        outcome: isOld ? "crash" : "refused",
        check: "already-loaded",
        message: isOld ? thrown("plugin: plugin already loaded") : "plugin already loaded",
        cause: `It has the same plugin path as ${loaded.name}, which was opened before: a host can hold one of them.`,
        subject: path,
      }),
    ];
  }
  const [maybe] = same;
  if (maybe === undefined) return [];
  return [
    undecided(
      `${maybe.name}, which comes before, has the same plugin path, and whether it is loaded is not known.`,
    ),
  ];
}

/**
 * plugin.Open looks up every name that the plugin counts (Go: src/plugin/plugin_dlopen.go). Which of them it misses first is left to
 * the order of a Go map.
 */
function exportSteps({ exports }: GoPlugin, { exportCount }: GoPluginTable): readonly Step[] {
  if (!exports.known)
    return [undecided(`Whether all exported names are there is not known: ${exports.why}.`)];
  const missing = exportCount - exports.value.length;
  if (missing <= 0) return [];
  return [
    obstacle({
      outcome: "refused",
      check: "missing-export",
      message: null,
      cause: `${missing} of the ${exportCount} names that the plugin exports are no dynamic symbols of it.`,
      plugin: { value: String(exports.value.length), from: exports.from },
    }),
  ];
}
