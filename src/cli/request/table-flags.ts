import type { TableView } from "../../report/screen/layout/table-view.ts";
import { unknownWord } from "../suggestion.ts";

/** The flags that choose what a table shows. */
export interface TableFlags {
  /** Comma-separated names. */
  readonly columns?: string | undefined;
  readonly sort?: string | undefined;
  readonly "no-headers"?: boolean;
}

/**
 * @param known names of the table's columns.
 * @throws UsageError for a column that the table does not have.
 */
export function tableView(flags: TableFlags, known: readonly string[]): TableView {
  const { columns, sort, "no-headers": bare } = flags;
  const names = columns?.split(",").map((name) => name.trim());
  for (const name of [...(names ?? []), ...(sort === undefined ? [] : [sort])]) {
    if (known.includes(name)) continue;
    throw unknownWord(`unknown column ${name}`, name, known, [`Columns: ${known.join(", ")}.`]);
  }
  return { columns: names === undefined ? undefined : [...new Set(names)], sort, bare };
}
