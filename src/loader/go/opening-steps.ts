import { hex } from "../../evidence/go/memory.ts";
import { obstacle, unknown, type Step } from "../step.ts";
import { GO } from "./messages.ts";
import { thrown } from "./open-text.ts";
import type { GoPlugin } from "./plugin.ts";

/** What the runtime reads of the plugin's module data once its function table is accepted. */
export function openingSteps({ openingTables: tables }: GoPlugin): readonly Step[] {
  if (tables === undefined) return [];
  if (!tables.known) {
    return [
      unknown(
        `What the runtime does with the plugin's module data is unknown, which is not as Go's linker writes it: ${tables.why}.`,
      ),
    ];
  }
  if (tables.value === "sound") return [];
  const { outside, index, found, end } = tables.value;
  return [
    obstacle({
      outcome: "crash",
      check: "symbol-table",
      message: thrown((outside === "name" ? GO.nameOffset : GO.typeOffset).words),
      cause: `The ${outside} of exported name ${index} of the plugin is said to be at ${hex(found)}, behind the end of its types at ${hex(end)}: the host's runtime aborts. The file was changed after it was linked.`,
    }),
  ];
}
