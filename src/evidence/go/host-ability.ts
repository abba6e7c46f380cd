import type { AnyObject } from "../../object/any-object.ts";
import { known, unknown, type Fact } from "../fact.ts";
import type { GoBuildInfo } from "./build-info.ts";
import { callsDlopen } from "./dlopen-caller.ts";
import { linkerPrefix } from "./package-hash.ts";
import { guarded } from "../guarded.ts";
import { searchReadOnlyData } from "../read-only-data.ts";
import { symbolName } from "../../object/symbol-name.ts";

/** Whether a Go program can load Go plugins: all three must be so (Go: src/cmd/link/internal/ld/lib.go, canUsePlugins). */
export interface GoHostAbility {
  /** Package plugin: linked; linked as the stub of builds without cgo, which refuses everything; or absent. */
  readonly pluginPackage: Fact<"linked" | "stub" | "absent">;
  /** Whether runtime/cgo is linked. */
  readonly cgo: Fact<boolean>;
  /** Whether a loader starts it. In a static program a plugin does not find the host's variables. */
  readonly dynamic: Fact<boolean>;
  /** Which loaders its code can call. All its code may be read for it, when it is first asked for. */
  readonly loaders: () => Fact<GoLoaders>;
}

/**
 * What of the two a Go program's own code can call. A library that it links may open files for it.
 * With "plugin.Open" a file that is not a Go plugin ends the process, because plugin.Open is all that can open it.
 */
export type GoLoaders = "neither" | "plugin.Open" | "dlopen" | "both";

/**
 * Parts of messages that package plugin alone prints (Go: src/plugin/plugin_dlopen.go, src/plugin/plugin_stubs.go). The one about a different
 * version of a package is not among them: it is in package runtime.
 */
const texts = {
  linked: "): realpath failed",
  stub: "plugin: not implemented",
} as const;

const needles = [Buffer.from(texts.linked), Buffer.from(texts.stub)];

/** A program of a gigabyte has less read-only data; that is read only if no symbol tells. */
const longestSearch = 2 ** 29;

export function readHostAbility(object: AnyObject, buildInfo: Fact<GoBuildInfo>): GoHostAbility {
  const pluginPackage = guarded(() => readPluginPackage(object));
  const dynamic = readDynamic(object);
  let loaders: Fact<GoLoaders> | undefined;
  return {
    pluginPackage,
    cgo: guarded(() => readCgo(object, pluginPackage, buildInfo)),
    dynamic,
    loaders: () => (loaders ??= readLoaders(object, pluginPackage, dynamic)),
  };
}

function readLoaders(
  object: AnyObject,
  pluginPackage: GoHostAbility["pluginPackage"],
  dynamic: Fact<boolean>,
): Fact<GoLoaders> {
  if (!pluginPackage.known) return pluginPackage;
  if (!dynamic.known) return dynamic;
  if (!dynamic.value) return unknown("it is a static program, which may have a dlopen of its own");
  // The stub of package plugin opens nothing.
  const hasPlugin = pluginPackage.value === "linked";
  const other = callsDlopen(object, hasPlugin);
  if (!other.known) return other;
  const from = `${pluginPackage.from}; ${other.from}`;
  if (hasPlugin) return known(other.value ? "both" : "plugin.Open", from);
  return known(other.value ? "dlopen" : "neither", from);
}

function readPluginPackage(object: AnyObject): GoHostAbility["pluginPackage"] {
  const symbol = exportedHash(object, "plugin");
  if (symbol !== undefined) {
    // Up to Go 1.15 programs with the stub exported their hashes as well.
    const cgo = exportedHash(object, "runtime/cgo");
    return cgo === undefined
      ? known("stub", `dynamic symbol ${symbol}, without one of runtime/cgo`)
      : known("linked", `dynamic symbols ${symbol} and ${cgo}`);
  }
  const search = searchReadOnlyData(object, needles, longestSearch);
  const step = search.next();
  if (step.done === true) {
    const { gap } = step.value;
    return gap === undefined
      ? known("absent", "none of its messages in the read-only data")
      : unknown(`no message of package plugin was found, but ${gap}`);
  }
  const found = step.value.needle === 0 ? "linked" : "stub";
  return known(found, `text "${texts[found]}" in ${step.value.from}`);
}

function readCgo(
  object: AnyObject,
  pluginPackage: GoHostAbility["pluginPackage"],
  buildInfo: Fact<GoBuildInfo>,
): Fact<boolean> {
  const symbol = exportedHash(object, "runtime/cgo") ?? exportedByCgo(object);
  if (symbol !== undefined) return known(true, `dynamic symbol ${symbol}`);
  if (buildInfo.known) {
    const isOff = buildInfo.value.settings.some(({ key, value }) => key === "CGO_ENABLED" && value === "0");
    if (isOff) return known(false, `${buildInfo.from}, CGO_ENABLED=0`);
  }
  // Which of the two files of package plugin is compiled depends on cgo.
  if (pluginPackage.known && pluginPackage.value !== "absent") {
    return known(pluginPackage.value === "linked", pluginPackage.from);
  }
  return unknown("no dynamic symbol of runtime/cgo, and the build info does not rule it out");
}

/** The name by which the file exports the hash of a package, if it does. */
function exportedHash(object: AnyObject, path: string): string | undefined {
  const prefix = linkerPrefix(object);
  if (prefix === undefined) return undefined;
  const name = symbolName(object, `${prefix}pkghash.${path}`);
  return object.findDynamicSymbol(name)?.defined === true ? name : undefined;
}

/** runtime/cgo exports this one to C (Go: src/runtime/cgo/callbacks.go). */
function exportedByCgo(object: AnyObject): string | undefined {
  const name = symbolName(object, "_cgo_topofstack");
  return object.findDynamicSymbol(name)?.defined === true ? name : undefined;
}

function readDynamic(object: AnyObject): Fact<boolean> {
  return guarded(() => {
    if (object.kind !== "executable") return known(true, "it is not an executable");
    switch (object.format) {
      case "elf": {
        const { interpreter } = object;
        return interpreter === undefined
          ? known(false, "no PT_INTERP")
          : known(true, `PT_INTERP ${interpreter}`);
      }
      case "macho": {
        const name = "LC_LOAD_DYLINKER";
        const isLoaded = object.loadCommands.some((command) => command.name === name);
        return isLoaded ? known(true, name) : known(false, `no ${name}`);
      }
    }
  });
}
