import type { PluginResult } from "../../check/model/result.ts";
import { sourceOf } from "../model/claim.ts";
import { lookOf } from "../model/look.ts";
import { verdictOf } from "../model/verdict.ts";
import { unreadableText } from "../../artifact/unreadable.ts";
import { factColumn, orNone } from "./block/fact-column.ts";
import type { Column } from "./layout/table.ts";
import { columnNames } from "./layout/table-view.ts";

/** A row of the table of `plugins check-all`. */
export interface CheckRow {
  readonly plugin: PluginResult;
  /** The path without the folder that all plugins share. */
  readonly name: string;
  /** Numbers of the causes that are shown for it. */
  readonly causes: readonly number[];
}

export const checkColumns: readonly Column<CheckRow>[] = [
  {
    head: "",
    cell: ({ plugin }, { marks }) => ({ text: marks[lookOf(plugin).mark], tone: lookOf(plugin).tone }),
  },
  {
    head: "PLUGIN",
    cell: ({ name }, style) => ({ text: style.text(name), tone: "strong" }),
    shrinkTo: 24,
    isForeign: true,
  },
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
  {
    head: "",
    cell: (row, style) => ({ text: style.text(reasonOf(row)), tone: "faint" }),
    shrinkTo: 9,
    cut: true,
  },
];

/** What `--columns` and `--sort` accept. */
export const checkColumnNames = columnNames(checkColumns);

/** Which causes are said below; of an unreadable file, why it is. */
function reasonOf({ plugin, causes }: CheckRow): string {
  if (plugin.unreadable !== null) return unreadableText(plugin.unreadable);
  if (causes.length === 0) return "";
  return `${causes.length === 1 ? "cause" : "causes"} ${causes.join(", ")}`;
}
