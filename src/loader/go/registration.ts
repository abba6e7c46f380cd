import type { Obstacle } from "../obstacle.ts";
import { obstacle, unknown, type Step } from "../step.ts";
import { deafHostStep } from "./host-steps.ts";
import type { GoHost } from "./host.ts";
import { GO } from "./messages.ts";
import { thrown } from "./open-text.ts";
import type { GoPlugin } from "./plugin.ts";
import { isSameLine, releaseText } from "./release-line.ts";

/*
 * A plugin's constructor appends its module data to the list whose end is the host's runtime.lastmoduledatap: it finds that variable
 * by name, and writes into the field `next`, the last one, of the module data that it points to (Go: src/cmd/link/internal/ld/ld.go,
 * addmoduledata; src/runtime/asm_*.s, runtime·addmoduledata). The offset of `next` is that of the plugin's own release. The runtime
 * then takes the last module in its list as the new one, and aborts if that is its own.
 */

/** Whether the plugin gets into the host's list, where the runtime looks for it. */
export function registrationSteps(plugin: GoPlugin, host: GoHost): readonly Step[] {
  const { sharesModuleList: shares, isGo, table } = plugin;
  const startsRuntime = isGo.known && isGo.value && !table.known;
  const deaf = deafHostStep(host, thrown(GO.noModuleData.words), startsRuntime);
  if (deaf?.kind === "obstacle") return [deaf];
  const before = deaf === undefined ? [] : [deaf];
  if (!shares.known) {
    return [...before, unknown(`Whether the file registers with the host is unknown: ${shares.why}.`)];
  }
  if (!shares.value) {
    const value = { value: "not registered", from: shares.from };
    const fix = isGo.known && !isGo.value ? { fix: otherHost } : {};
    return [unregistered(whyUnregistered(plugin), { plugin: value, ...fix })];
  }
  const [one, other] = [plugin.layout, host.layout];
  if (one.known && other.known && one.value.size !== other.value.size) {
    const values = {
      plugin: { value: `moduledata of ${one.value.size} words`, from: one.from },
      host: { value: `moduledata of ${other.value.size} words`, from: other.from },
    };
    return [unregistered(`${releasesDiffer(plugin, host)}, whose module data differ in size`, values)];
  }
  return [...before, ...unknownLayout(plugin, host)];
}

/** Releases that come after this was written may have any layout. */
function unknownLayout(plugin: GoPlugin, host: GoHost): readonly Step[] {
  if (isSameLine(plugin.release, host.release) === true) return [];
  for (const layout of [plugin.layout, host.layout]) {
    if (!layout.known) return [unknown(`The size of a module's data is unknown: ${layout.why}.`)];
    if (layout.value.packageHashes === undefined) {
      return [
        unknown(
          "Whether plugin and host have the same layout of module data is unknown: the Go release of one is unknown.",
        ),
      ];
    }
  }
  return [];
}

function whyUnregistered({ isGo, table }: GoPlugin): string {
  if (table.known) return "The plugin was linked with -Bsymbolic, so it uses its own list of modules";
  return isGo.known && !isGo.value
    ? "The file is not a Go plugin"
    : "The file was not built with -buildmode=plugin";
}

function releasesDiffer(plugin: GoPlugin, host: GoHost): string {
  const { release: one } = plugin;
  const { release: other } = host;
  if (!one.known || !other.known) return "Plugin and host were built with different Go releases";
  return `The plugin was built with ${releaseText(one.value)}, the host with ${releaseText(other.value)}`;
}

/** For a library of another language, which no release of Go and no flag makes a plugin. */
const otherHost =
  "package plugin opens Go plugins alone: give the plugin to a host that opens it with dlopen, or write it in Go.";

function unregistered(why: string, values: Pick<Obstacle, "plugin" | "host" | "fix">): Step {
  return obstacle({
    outcome: "crash",
    check: "no-module-data",
    message: thrown(GO.noModuleData.words),
    cause: `${why}: the host's runtime never sees the plugin's module data and aborts.`,
    ...values,
  });
}
