import type { PluginResult } from "../../check/model/result.ts";
import { sourceOf } from "../model/claim.ts";
import { lookOf } from "../model/look.ts";
import { counted, severityCounts, verdictOf } from "../model/verdict.ts";
import { factColumn, orNone } from "./block/fact-column.ts";
import type { Column } from "./layout/table.ts";
import { columnNames } from "./layout/table-view.ts";

/** A row of the table of `plugins check-all`. */
export interface CheckRow {
  readonly plugin: PluginResult;
  /** The path without the folder that all plugins share. */
  readonly name: string;
}

export const checkColumns: readonly Column<CheckRow>[] = [
  {
    head: "",
    cell: ({ plugin }, { marks }) => ({ text: marks[lookOf(plugin).mark], tone: lookOf(plugin).tone }),
  },
  { head: "PLUGIN", cell: ({ name }, style) => ({ text: style.text(name), tone: "strong" }), shrinkTo: 24 },
  factColumn("LANGUAGE", "language", 3, ({ plugin }) => plugin),
  factColumn("TOOLCHAIN", "toolchain_version", 4, ({ plugin }) => plugin),
  factColumn("TARGET", "target", 1, ({ plugin }) => plugin),
  {
    head: "MANIFEST",
    cell: ({ plugin }, style) =>
      orNone(plugin.unreadable === null ? sourceOf(plugin.manifest) : undefined, style),
    giveUp: 2,
  },
  {
    head: "VERDICT",
    cell: ({ plugin }) => ({ text: verdictOf(plugin) ?? "", tone: lookOf(plugin).tone }),
  },
  { head: "", cell: ({ plugin }) => ({ text: countsOf(plugin), tone: "faint" }), shrinkTo: 12 },
];

/** What `--columns` and `--sort` accept. */
export const checkColumnNames = columnNames(checkColumns);

/** How much is wrong. */
function countsOf(plugin: PluginResult): string {
  const unknowns = plugin.unknowns?.length ?? 0;
  return [
    ...severityCounts(plugin),
    ...(verdictOf(plugin) === "unknown" && unknowns > 0 ? [`${counted(unknowns, "fact")} unknown`] : []),
  ].join(", ");
}
