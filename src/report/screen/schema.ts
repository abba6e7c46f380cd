import type { SchemaLine } from "../../check/model/shipped-schema.ts";
import { onScreen } from "./layout/screen.ts";
import type { ScreenOptions } from "./layout/style.ts";
import { renderTable } from "./layout/table.ts";

/** `plugins schema` without a name: a row for each schema. */
export function schemaListScreen(schemas: readonly SchemaLine[], options: ScreenOptions): Promise<string> {
  return onScreen(
    options,
    (style) =>
      renderTable<SchemaLine>(
        [
          { head: "SCHEMA", cell: ({ name }) => ({ text: name, tone: "strong" }) },
          { head: "OF", cell: ({ of }) => ({ text: style.text(of) }), shrinkTo: 24 },
          { head: "ID", cell: ({ id }) => ({ text: id, tone: "faint" }), giveUp: 1 },
        ],
        schemas,
        style,
      ).text,
  );
}
