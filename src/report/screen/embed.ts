import type { EmbedResult } from "../../author/embed/embed.ts";
import { shellWord } from "../../language/shell-word.ts";
import { languageName } from "../model/language-name.ts";
import { sizeText } from "../model/size.ts";
import { labelled, paragraph } from "./layout/paragraph.ts";
import { onScreen } from "./layout/screen.ts";
import type { ScreenOptions, Style } from "./layout/style.ts";

/** `plugins embed`: what was done, where the manifest is, and what to run next. */
export function embedScreen(result: EmbedResult, options: ScreenOptions): Promise<string> {
  return onScreen(options, (style) => linesOf(result, style).join("\n"));
}

function linesOf(result: EmbedResult, style: Style): readonly string[] {
  const { output, size, notes, findings, carriers, outcome } = result;
  const change = size.after === size.before ? "as before" : `${sizeText(size.before)} before`;
  const next = outcome === "planned" ? undefined : `plugins inspect ${shellWord(output)}`;
  return [
    ...paragraph(style.text(`${output}: ${doneText(result)}`), 0, style),
    ...carriers.flatMap((each) => labelled("section", carrierText(each, carriers.length > 1), 2, style)),
    ...labelled("for", manifestsText(result), 2, style),
    ...labelled("file", `${sizeText(size.after)}, ${change}`, 2, style),
    ...findings.flatMap(({ rule, severity, message }) =>
      labelled(severity, `${message} (${rule})`, 2, style),
    ),
    ...notes.flatMap((note) => labelled("note", note, 2, style)),
    ...labelled("next", next, 2, style),
  ];
}

function doneText({ outcome, done }: EmbedResult): string {
  switch (outcome) {
    case "written":
      return done;
    case "unchanged":
      return "has this manifest already; nothing was written";
    case "planned":
      return `nothing was written; the result would be: ${done}`;
  }
}

function carrierText(
  { arch, location, offset, length }: EmbedResult["carriers"][number],
  isOneOfMany: boolean,
): string {
  const place = `${location}, ${sizeText(length)} at offset 0x${offset.toString(16)}`;
  return isOneOfMany ? `${arch}: ${place}` : place;
}

function manifestsText({ manifests, role }: EmbedResult): string {
  const each = manifests.map(({ language, name }) => {
    const said = languageName(language);
    return name === null ? said : `${said} (${name})`;
  });
  return `${role}, ${each.join(" and ")}`;
}
