import type { Suppression } from "../../rules/policy/policy.ts";
import type { SettingList, SettingRow } from "../model/config-document.ts";
import { onScreen } from "./layout/screen.ts";
import { value } from "./layout/paragraph.ts";
import type { ScreenOptions, Style } from "./layout/style.ts";
import { renderTable, type Column } from "./layout/table.ts";

/** `plugins config`: a row for each setting; defaults are faint. */
export function configScreen({ file, settings }: SettingList, options: ScreenOptions): Promise<string> {
  return onScreen(options, (style) => {
    const table = renderTable(columns(style), settings, style);
    const head = file === null ? "No configuration file." : `Configuration file ${value(file, style)}`;
    return [head, "", table.text].join("\n");
  });
}

function columns(style: Style): readonly Column<SettingRow>[] {
  const tone = ({ origin }: SettingRow): "plain" | "faint" => (origin.kind === "default" ? "faint" : "plain");
  return [
    { head: "SETTING", cell: (row) => ({ text: row.name, tone: tone(row) }) },
    {
      head: "VALUE",
      cell: (row) => ({ text: valueText(row.value, style), tone: tone(row) }),
      shrinkTo: 16,
    },
    { head: "FROM", cell: (row) => ({ text: style.text(row.from), tone: "faint" }), shrinkTo: 16 },
  ];
}

/** A word as it is; lists, severities and suppressions with one line per entry. */
function valueLines(value: unknown): readonly string[] {
  if (value === null) return [];
  if (Array.isArray(value))
    return value.map((each: unknown) => (isText(each) ? each : suppressionText(each)));
  if (typeof value === "object")
    return Object.entries(value).map(([rule, severity]) => `${rule}: ${severity}`);
  return [isText(value) ? value : JSON.stringify(value)];
}

/** `toolchain-mismatch in kafka*.so until 2027-01-31: known, OPS-1`. */
function suppressionText(value: unknown): string {
  const { rule, plugin, subject, reason, expires } = value as Suppression;
  const scope = [
    rule,
    ...(plugin === undefined ? [] : [`in ${plugin}`]),
    ...(subject === undefined ? [] : [`about ${subject}`]),
    ...(expires === undefined ? [] : [`until ${expires}`]),
  ];
  return `${scope.join(" ")}: ${reason}`;
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function valueText(value: unknown, style: Style): string {
  const lines = valueLines(value).map((line) => style.text(line));
  return lines.length === 0 ? style.marks.none : lines.join("\n");
}
