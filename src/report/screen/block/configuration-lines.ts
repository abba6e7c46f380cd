import type { Configuration } from "../../../check/model/configuration.ts";
import { configurationText, loweredText } from "../../model/configuration-text.ts";
import { paragraph } from "../layout/paragraph.ts";
import type { Style } from "../layout/style.ts";

const label = "Configuration  ";

/**
 * The configuration file in one line, and in another one what it or a variable lowers; nothing without either.
 * @param isQuiet only if something is lowered: a quiet run must not hide why it passes.
 */
export function configurationLines(
  configuration: Configuration | null | undefined,
  isQuiet: boolean,
  style: Style,
): readonly string[] {
  const lowered = loweredText(configuration);
  if (isQuiet && lowered === undefined) return [];
  return [
    ...under(label, configurationText(configuration), style.paint.plain, style),
    ...under("Lowered".padEnd(label.length), lowered, style.paint.caution, style),
  ];
}

function under(
  head: string,
  text: string | undefined,
  paint: (head: string) => string,
  style: Style,
): readonly string[] {
  if (text === undefined) return [];
  const lines = paragraph(style.text(text), head.length, style);
  return lines.map((line, at) => (at === 0 ? paint(head) + line.slice(head.length) : line));
}
