import type { FunctionTableFault } from "../../evidence/go/function-table.ts";
import { hex } from "../../evidence/go/memory.ts";
import { assumption, obstacle, unknown, type Step } from "../step.ts";
import { GO } from "./messages.ts";
import { thrown } from "./open-text.ts";
import type { GoPlugin } from "./plugin.ts";

/** What the runtime checks when all hashes are equal: the plugin's function table. */
export function functionTableSteps({ functionTable }: GoPlugin): readonly Step[] {
  if (functionTable === undefined) return [];
  if (!functionTable.known) {
    return [
      unknown(`Whether the runtime accepts the plugin's function table is unknown: ${functionTable.why}.`),
    ];
  }
  if (functionTable.value === "sound") return [];
  if (functionTable.value === "newer") {
    return [
      assumption(
        "a function table as Go's linker wrote it: the plugin's Go release is newer than all whose layout is known",
      ),
    ];
  }
  const [form, cause] = wordsOf(functionTable.value);
  return [
    obstacle({
      outcome: "crash",
      check: "symbol-table",
      message: form === null ? null : thrown(form.words),
      cause: `${cause}: the host's runtime checks this when the plugin registers, and aborts. The file was changed after it was linked.`,
    }),
  ];
}

function wordsOf(fault: FunctionTableFault): readonly [{ readonly words: string } | null, string] {
  switch (fault.check) {
    case "outside":
      return [
        fault.areNamed ? GO.symbolTable : null,
        `The plugin's function table has a function at ${hex(fault.found)}, outside of its code from ${hex(fault.from)} to ${hex(fault.to)}`,
      ];
    case "header":
      return [
        GO.tableHeader,
        `The header of the plugin's function table has ${fault.found} where its Go release has ${fault.expected}`,
      ];
    case "order":
      return [
        GO.tableOrder,
        `Function ${fault.index} of the plugin's function table begins before the one in front of it`,
      ];
    case "ends":
      return [
        GO.tableEnds,
        `The plugin's functions go from ${fault.found} and its code from ${fault.expected}`,
      ];
  }
}
