import type { ManifestResult, PluginResult } from "../../check/model/result.ts";
import { claimOf, dependencyCount, sourceOf } from "../model/claim.ts";
import { verdictLooks } from "../model/look.ts";
import { countOf, severityCounts } from "../model/verdict.ts";
import { factColumn, orNone } from "./block/fact-column.ts";
import type { Style } from "./layout/style.ts";
import type { Cell, Column } from "./layout/table.ts";
import { columnNames } from "./layout/table-view.ts";

/** A row of the table of `plugins list`: a thin file, one slice of a universal file, or a file that could not be read. */
export interface ListRow {
  readonly plugin: PluginResult;
  readonly name: string;
  readonly manifest: ManifestResult | null;
  readonly evidence: PluginResult["evidence"];
}

export const listColumns: readonly Column<ListRow>[] = [
  { head: "", cell: ({ plugin }, style) => signOf(plugin, style) },
  {
    head: "PLUGIN",
    cell: ({ name }, style) => ({ text: style.text(name), tone: "strong" }),
    shrinkTo: 24,
  },
  factColumn("LANGUAGE", "language", 7, (row) => row),
  factColumn("TOOLCHAIN", "toolchain_version", 6, (row) => row),
  factColumn("TARGET", "target", 2, (row) => row),
  factColumn("PROFILE", "build_profile", 3, (row) => row),
  {
    head: "DEPS",
    cell: ({ manifest }, style) => orNone(dependencyCount(claimOf(manifest))?.toString(), style),
    giveUp: 5,
  },
  { head: "MANIFEST", cell: carrierCell, giveUp: 4 },
  factColumn("BUILT", "build_time", 1, (row) => row),
  { head: "", cell: ({ plugin }) => remarkCell(plugin) },
];

/** What `--columns` and `--sort` accept. */
export const listColumnNames = columnNames(listColumns);

/** A word for what the mark says: no mark appears without one. */
function remarkCell(plugin: PluginResult): Cell {
  if (plugin.unreadable !== null) return { text: "unreadable", tone: verdictLooks.unreadable.tone };
  return { text: severityCounts(plugin).join(", "), tone: "faint" };
}

function carrierCell({ plugin, manifest }: ListRow, style: Style): Cell {
  if (plugin.unreadable !== null) return { text: style.marks.none, tone: "faint" };
  return { text: sourceOf(manifest), tone: manifest?.valid === true ? "plain" : "caution" };
}

/** In a listing only problems are marked. */
function signOf(plugin: PluginResult, { marks }: Style): Cell {
  if (plugin.unreadable !== null || countOf(plugin, "error") > 0) return { text: marks.bad, tone: "bad" };
  return countOf(plugin, "warning") > 0 ? { text: marks.warning, tone: "caution" } : { text: "" };
}
