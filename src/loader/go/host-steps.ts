import { filled } from "../message-form.ts";
import { obstacle, unknown, type Step } from "../step.ts";
import type { GoHost } from "./host.ts";
import { GO } from "./messages.ts";

/** Whether the host has package plugin at all, before plugin.Open looks at any file. */
export function abilitySteps({ ability, kind }: GoHost): readonly Step[] {
  const { pluginPackage, cgo } = ability;
  if (!pluginPackage.known)
    return [unknown(`Whether the host links package plugin is unknown: ${pluginPackage.why}.`)];
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
        message: filled(GO.notImplemented, {}),
        cause:
          "The host was built without cgo, or for a platform without plugin support: its plugin.Open always fails.",
        host: cgo.known
          ? { value: cgo.value ? "cgo" : "no cgo", from: cgo.from }
          : { value: "stub", from: pluginPackage.from },
      }),
    ];
  }
  if (!kind.known) return [unknown(`The host's file type is unknown: ${kind.why}.`)];
  if (kind.value !== "executable") {
    return [
      unknown(
        "The host is a library, not an executable: whether plugins find its symbols depends on the program that loads it.",
      ),
    ];
  }
  return [];
}

/**
 * Why no plugin can register with the host, whatever its own build.
 * @param startsRuntime the file is a Go library but not a plugin: its constructor starts its own runtime.
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
        // A fault in its constructor, which creates threads; without any, the same as for other files.
        message: null,
        cause:
          "The host is a static executable, and the file is a Go library that starts its own runtime, which crashes a static executable.",
        host,
      });
    }
    return obstacle({
      ...rest,
      cause:
        "The host is a static executable: a plugin does not find its variables, so the plugin is never registered and the runtime aborts.",
      host,
    });
  }
  if (offersModuleList.known && !offersModuleList.value) {
    return obstacle({
      ...rest,
      cause:
        "The host does not export its list of modules: the plugin is never registered and the runtime aborts.",
      host: { value: "not exported", from: offersModuleList.from },
    });
  }
  if (!offersModuleList.known)
    return unknown(`Whether the host exports its list of modules is unknown: ${offersModuleList.why}.`);
  return undefined;
}
