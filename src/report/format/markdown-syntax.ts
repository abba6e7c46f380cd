import { shown } from "../model/shown.ts";
import { visible } from "../model/visible.ts";

/**
 * A text from outside as GitHub Flavored Markdown that shows it letter for letter: it never becomes emphasis, a link, a
 * mention, an issue number, a formula or a tag, whatever its place in the line.
 */
export function markdownText(raw: string): string {
  return shown(raw)
    .replace(/[\\`*[\]<>|~$]|_(?![A-Za-z0-9])|(?<![A-Za-z0-9])_/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("://", "\\://")
    .replace(/\bwww\./gi, (start) => `${start.slice(0, -1)}\\.`)
    .replace(/(?<![\w])[@#](?=\w)/g, "$&<!-- -->");
}

/** A value from outside in a code span, whose fence is longer than any run of backticks in it (CommonMark, 6.1). */
export function markdownCode(raw: string): string {
  const text = shown(raw);
  if (text === "") return "";
  const fence = "`".repeat(longestRun(text) + 1);
  // Markdown removes one space from both ends, unless the span has only spaces.
  const room = /^[` ]|[` ]$/.test(text) && /[^ ]/.test(text) ? " " : "";
  return fence + room + text + room + fence;
}

/** The same in a table, in which a bar ends the cell even inside a code span (GFM, 4.10). */
export function markdownCodeCell(raw: string): string {
  return markdownCode(raw).replaceAll("|", "\\|");
}

/** Lines to copy. A line break inside of one stays spelled out. */
export function markdownBlock(raw: readonly string[], language: string): readonly string[] {
  const lines = raw.map(visible);
  const fence = "`".repeat(Math.max(3, ...lines.map((line) => longestRun(line) + 1)));
  return [fence + language, ...lines, fence];
}

export function markdownTable(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(heads), line(heads.map(() => "---")), ...rows.map(line)];
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
