import { obstacle, undecided, type Step } from "./step.ts";
import type { GoHost } from "./host.ts";

/** Whether the host has package plugin at all: asked before plugin.Open looks at any file. */
export function abilitySteps({ ability, kind }: GoHost): readonly Step[] {
  const { pluginPackage, cgo } = ability;
  if (!pluginPackage.known)
    return [undecided(`Whether the host links package plugin is not known: ${pluginPackage.why}.`)];
  if (pluginPackage.value === "absent") {
    return [
      obstacle({
        outcome: "refused",
        check: "not-implemented",
        ofHost: true,
        message: null,
        cause: "The host does not link package plugin, so it never calls plugin.Open.",
        host: { value: "absent", from: pluginPackage.from },
      }),
    ];
  }
  if (pluginPackage.value === "stub") {
    return [
      obstacle({
        outcome: "refused",
        check: "not-implemented",
        ofHost: true,
        message: "plugin: not implemented",
        cause:
          "The host was built without cgo, or for a system without plugins: its plugin.Open refuses every file.",
        host: cgo.known
          ? { value: cgo.value ? "cgo" : "no cgo", from: cgo.from }
          : { value: "stub", from: pluginPackage.from },
      }),
    ];
  }
  if (!kind.known) return [undecided(`What kind of file the host is is not known: ${kind.why}.`)];
  if (kind.value !== "executable") {
    return [
      undecided(
        "The host is no program but a library: whether plugins find its symbols depends on the program that loads it.",
      ),
    ];
  }
  return [];
}

/**
 * Why no plugin can register with the host, whatever its own build.
 * @param startsRuntime the file is a Go library that is no plugin: its constructor starts a runtime of its own.
 */
export function deafHostStep(
  { ability, offersModuleList }: GoHost,
  message: string,
  startsRuntime: boolean,
): Step | undefined {
  const { dynamic } = ability;
  const rest = { outcome: "crash", check: "no-module-data", ofHost: true, message } as const;
  if (dynamic.known && !dynamic.value) {
    const host = { value: "static", from: dynamic.from };
    if (startsRuntime) {
      return obstacle({
        ...rest,
        // A fault in its constructor, where threads are made; were there none, the same as for other files.
        message: null,
        cause:
          "The host is a static program, and the file a Go library that starts a runtime of its own: in a static program that ends the process.",
        host,
      });
    }
    return obstacle({
      ...rest,
      cause:
        "The host is a static program: a plugin does not find its variables, so the host never hears of the plugin's own and ends itself.",
      host,
    });
  }
  if (offersModuleList.known && !offersModuleList.value) {
    return obstacle({
      ...rest,
      cause:
        "The host does not export its list of modules: it never hears of the plugin's own and ends itself.",
      host: { value: "not exported", from: offersModuleList.from },
    });
  }
  if (!offersModuleList.known)
    return undecided(`Whether the host exports its list of modules is not known: ${offersModuleList.why}.`);
  return undefined;
}
