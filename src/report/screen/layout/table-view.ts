import { naturalOrder } from "../../model/verdict.ts";
import type { Style } from "./style.ts";
import type { Column } from "./table.ts";

/** Which columns of a table are shown, and by which it is sorted. */
export interface TableView {
  /** These, in this order; all if absent. */
  readonly columns?: readonly string[] | undefined;
  /** Rows in the order of this column's texts; in the table's own order if absent. */
  readonly sort?: string | undefined;
  /** For scripts: the rows with whole paths, and nothing else. */
  readonly bare?: boolean | undefined;
}

/** A column is named by its heading, if it has no other name. */
function nameOf({ head, name = head }: Pick<Column<unknown>, "head" | "name">): string {
  return name.toLowerCase();
}

/** What the columns of a table are called in flags: those without a heading cannot be asked for. */
export function columnNames(columns: readonly Pick<Column<unknown>, "head">[]): readonly string[] {
  return columns.map(nameOf).filter((name) => name !== "");
}

/** The requested columns. None of them is left out, even if there is no room. */
export function columnsIn<Row>(all: readonly Column<Row>[], view: TableView): readonly Column<Row>[] {
  const chosen = chosenIn(all, view);
  return view.bare === true ? chosen.map((column) => ({ ...column, head: "", isWhole: true })) : chosen;
}

function chosenIn<Row>(all: readonly Column<Row>[], { columns }: TableView): readonly Column<Row>[] {
  if (columns === undefined) return all;
  return columns.flatMap((name) => {
    return all
      .filter((each) => nameOf(each) === name)
      .map((column) => {
        const { giveUp, ...lasting } = column;
        return giveUp === undefined ? column : lasting;
      });
  });
}

/** The rows in the requested order. Those without a value come last; equal ones keep their order. */
export function rowsIn<Row>(
  rows: readonly Row[],
  all: readonly Column<Row>[],
  { sort }: TableView,
  style: Style,
): readonly Row[] {
  const column = all.find((each) => sort !== undefined && nameOf(each) === sort);
  if (column === undefined) return rows;
  const { none } = style.marks;
  return rows
    .map((row) => ({ row, text: column.cell(row, style).text }))
    .sort((one, other) => {
      const last = Number(one.text === none) - Number(other.text === none);
      return last === 0 ? naturalOrder(one.text, other.text) : last;
    })
    .map(({ row }) => row);
}
