import type { Obstacle } from "../prediction.ts";
import { deafHostStep } from "./host-steps.ts";
import type { GoHost } from "./host.ts";
import type { HostProcess } from "./host-process.ts";
import { thrown } from "./open-text.ts";
import type { GoPlugin } from "./plugin.ts";
import { isSameLine, releaseText } from "./release-line.ts";
import { obstacle, undecided, type Step } from "./step.ts";

/*
 * A plugin's constructor appends its moduledata to the list that the host's runtime.lastmoduledatap ends: it finds that variable by
 * name, and writes into the field `next`, the last one, of the moduledata that it points to (Go: src/cmd/link/internal/ld/ld.go,
 * addmoduledata; src/runtime/asm_*.s, runtime·addmoduledata). The offset of `next` is that of the plugin's own release.
 */

/** Whether the plugin gets into the host's list, where the runtime looks for it. */
export type Registration =
  /** With what is not known about it. */
  | { readonly kind: "registered"; readonly gaps: readonly Step[] }
  | {
      readonly kind: "unregistered";
      readonly step: Step;
      /** Whether the list's end now lies where the host does not look, so that no later plugin registers. */
      readonly cutsList: boolean;
    };

export function registrationOf(
  process: HostProcess,
  plugin: GoPlugin,
  host: GoHost,
  isOld: boolean,
): Registration {
  const { sharesModuleList: shares, isGo, table } = plugin;
  const startsRuntime = isGo.known && isGo.value && !table.known;
  const deaf = deafHostStep(host, thrown(noModuleData), startsRuntime);
  if (deaf?.kind === "obstacle") return { kind: "unregistered", step: deaf, cutsList: false };
  const gaps = deaf === undefined ? [] : [deaf];
  const refuse = (
    why: string,
    values?: Pick<Obstacle, "plugin" | "host">,
    cutsList = false,
  ): Registration => ({
    kind: "unregistered",
    step: unregistered(process, isOld, why, values),
    cutsList,
  });
  if (!shares.known) {
    const gap = undecided(`Whether the file registers with the host is not known: ${shares.why}.`);
    return { kind: "registered", gaps: [...gaps, gap] };
  }
  if (!shares.value) {
    return refuse(whyUnregistered(plugin), { plugin: { value: "not registered", from: shares.from } });
  }
  if (process.isListCut) {
    return refuse("A plugin of another Go release, opened before, has cut off the host's list of modules");
  }
  const [one, other] = [plugin.layout, host.layout];
  if (one.known && other.known && one.value.size !== other.value.size) {
    const values = {
      plugin: { value: `moduledata of ${one.value.size} words`, from: one.from },
      host: { value: `moduledata of ${other.value.size} words`, from: other.from },
    };
    return refuse(`${releasesDiffer(plugin, host)}, which describe a module in another size`, values, true);
  }
  return { kind: "registered", gaps: [...gaps, ...layoutGaps(plugin, host)] };
}

/** Releases that come after this was written may have any layout. */
function layoutGaps(plugin: GoPlugin, host: GoHost): readonly Step[] {
  if (isSameLine(plugin.release, host.release) === true) return [];
  for (const layout of [plugin.layout, host.layout]) {
    if (!layout.known) return [undecided(`The size of a moduledata is not known: ${layout.why}.`)];
    if (layout.value.packageHashes === undefined) {
      return [
        undecided(
          "Whether plugin and host lay out a moduledata alike is not known: one is of a Go release that is not.",
        ),
      ];
    }
  }
  return [];
}

function whyUnregistered({ isGo, table }: GoPlugin): string {
  if (table.known) return "The plugin was linked so that it uses its own list of modules (-Bsymbolic)";
  return isGo.known && !isGo.value
    ? "The file is no Go plugin"
    : "The file was not built with -buildmode=plugin";
}

function releasesDiffer(plugin: GoPlugin, host: GoHost): string {
  const { release: one } = plugin;
  const { release: other } = host;
  if (!one.known || !other.known) return "Plugin and host were built with different Go releases";
  return `The plugin was built with ${releaseText(one.value)}, the host with ${releaseText(other.value)}`;
}

const noModuleData = "runtime: no plugin module data";

/** The runtime takes the last module in its list for the new one; where there is none that is sound it ends the process. */
function unregistered(
  { modules }: HostProcess,
  isOld: boolean,
  why: string,
  values: Pick<Obstacle, "plugin" | "host"> = {},
): Step {
  const last = modules.at(-1);
  // Go 1.8 and 1.9 mark no module as bad, and compare the hashes of a refused one once more.
  if (last !== undefined && (last.state === "uncertain" || (isOld && last.state === "refused"))) {
    return undecided(
      `${why}, and what the host then makes of ${last.name}, which was opened before, is not known.`,
    );
  }
  if (last?.state !== "loaded") {
    return obstacle({
      outcome: "crash",
      check: "no-module-data",
      message: thrown(noModuleData),
      cause: `${why}: the host never hears of its module and ends itself.`,
      ...values,
    });
  }
  return obstacle({
    outcome: isOld ? "crash" : "refused",
    check: "already-loaded",
    message: isOld ? thrown("runtime: plugin already initialized") : "plugin already loaded",
    cause: `${why}: the host never hears of its module and takes that of ${last.name}, opened before, for it.`,
    ...values,
  });
}
