import type { PluginResult } from "../../check/model/result.ts";
import { sourceOf } from "../model/claim.ts";
import { listed } from "../model/listed.ts";
import { lookOf } from "../model/look.ts";
import { verdictOf } from "../model/verdict.ts";
import { unreadableText } from "../../artifact/unreadable.ts";
import { factColumn, orNone } from "./block/fact-column.ts";
import type { Style } from "./layout/style.ts";
import type { Cell, Column } from "./layout/table.ts";
import { columnNames } from "./layout/table-view.ts";

/** A row of the table of `plugins check-all`. */
export interface CheckRow {
  readonly plugin: PluginResult;
  /** The path without the folder that all plugins share. */
  readonly name: string;
  /** Numbers of the causes that are shown for it. */
  readonly causes: readonly number[];
  /** What it is to each of several hosts, by their paths. */
  readonly withHosts?: ReadonlyMap<string, WithHost>;
}

/** What a plugin is to one of several hosts. */
export interface WithHost {
  readonly plugin: PluginResult;
  readonly causes: readonly number[];
}

const verdictColumn: Column<CheckRow> = {
  head: "VERDICT",
  cell: ({ plugin }) => ({ text: verdictOf(plugin) ?? "", tone: lookOf(plugin).tone }),
};

const reasonColumn: Column<CheckRow> = {
  head: "",
  cell: (row, style) => ({
    text: style.text(reasonOf(row)),
    tone: "faint",
    ...(row.causes.length < 2 ? {} : { shorter: (columns) => fewerCauses(row.causes, columns) }),
  }),
  shrinkTo: 9,
  cut: true,
};

export const checkColumns: readonly Column<CheckRow>[] = [
  {
    head: "",
    cell: ({ plugin }, { marks }) => ({ text: marks[lookOf(plugin).mark], tone: lookOf(plugin).tone }),
  },
  {
    head: "PLUGIN",
    cell: ({ name }, style) => ({ text: style.text(name), tone: "strong" }),
    shrinkTo: 24,
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
  verdictColumn,
  reasonColumn,
];

/** A host as a column. */
export interface HostColumn {
  readonly path: string;
  readonly head: string;
}

/**
 * The columns for several hosts: in place of the verdict one for each of them.
 * @param isShort whether the verdict is only a sign.
 */
export function matrixColumns(hosts: readonly HostColumn[], isShort: boolean): readonly Column<CheckRow>[] {
  return checkColumns.flatMap((column): readonly Column<CheckRow>[] => {
    if (column === reasonColumn)
      return [{ ...column, cell: ({ plugin }, style) => unreadableCell(plugin, style) }];
    if (column !== verdictColumn) return [column];
    return hosts.map(({ path, head }) => ({
      head,
      name: verdictColumn.head,
      cell: ({ withHosts }, style) => matrixCell(withHosts?.get(path), isShort, style),
      ...(isShort ? {} : { shrinkTo: 14 }),
    }));
  });
}

function unreadableCell({ unreadable }: PluginResult, style: Style): Cell {
  return { text: unreadable === null ? "" : style.text(unreadableText(unreadable)), tone: "faint" };
}

/** `✗ incompatible 1, 3`, or `✗ 1, 3`. */
function matrixCell(pair: WithHost | undefined, isShort: boolean, style: Style): Cell {
  if (pair === undefined) return { text: style.marks.none };
  const { mark, tone } = lookOf(pair.plugin);
  const parts = [
    style.marks[mark],
    ...(isShort ? [] : [verdictOf(pair.plugin) ?? ""]),
    ...(pair.causes.length === 0 ? [] : [pair.causes.join(", ")]),
  ];
  return { text: parts.join(" "), tone };
}

/** What `--columns` and `--sort` accept. */
export const checkColumnNames = columnNames(checkColumns);

/** Which causes are said below; of an unreadable file, why it is. */
function reasonOf({ plugin, causes }: CheckRow): string {
  if (plugin.unreadable !== null) return unreadableText(plugin.unreadable);
  if (causes.length === 0) return "";
  return `${causes.length === 1 ? "cause" : "causes"} ${causes.join(", ")}`;
}

/** `causes 1, 2 and 5 more`, or `7 causes` if not even that fits. */
function fewerCauses(causes: readonly number[], columns: number): string {
  for (let count = causes.length - 1; count > 0; count--) {
    const text = `causes ${listed(causes.map(String), count)}`;
    if (text.length <= columns) return text;
  }
  return `${causes.length} causes`;
}
