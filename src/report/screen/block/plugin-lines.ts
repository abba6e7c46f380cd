import type { LoaderResult, PluginResult } from "../../../check/model/result.ts";
import type { Finding } from "../../../rules/finding.ts";
import { rules } from "../../../rules/registry.ts";
import { labelled, paragraph } from "../layout/paragraph.ts";
import type { Style } from "../layout/style.ts";
import { unreadableText } from "../../../artifact/unreadable.ts";
import { sentence } from "../../model/problem-text.ts";
import { verdictOf } from "../../model/verdict.ts";
import { loaderAnswers } from "../../model/loader-answer.ts";
import { lookOf } from "../../model/look.ts";

/** `foo.so — incompatible`. */
export function verdictLine(plugin: PluginResult, name: string, style: Style): string {
  const { tone } = lookOf(plugin);
  const verdict = style.paint[tone](verdictOf(plugin) ?? "");
  return `${style.paint.strong(style.text(name))}${style.marks.dash}${verdict}`;
}

export function unreadableLines({ unreadable }: PluginResult, style: Style): readonly string[] {
  return unreadable === null ? [] : paragraph(style.text(sentence(unreadableText(unreadable))), 2, style);
}

/** Why a verdict is unknown. */
export function unknownLines(plugin: PluginResult, style: Style): readonly string[] {
  if (verdictOf(plugin) !== "unknown") return [];
  return (plugin.unknowns ?? []).flatMap((sentence) =>
    signed(`${style.marks.unknown} unknown`, sentence, style),
  );
}

function signed(sign: string, text: string, style: Style): readonly string[] {
  const indent = 4 + sign.length;
  const lines = paragraph(style.text(text), indent, style);
  return lines.map((line, at) => (at === 0 ? `  ${style.paint.caution(sign)}  ${line.slice(indent)}` : line));
}

/** The loader's predicted answer, unless a finding quotes it already, the plugin loads, or it is unknown. */
export function loaderLines(
  loader: LoaderResult | undefined,
  findings: readonly Finding[],
  style: Style,
): readonly string[] {
  if (loader === undefined || loader.outcome === "loads" || loader.outcome === "unknown") return [];
  const quoted = findings.some(({ rule }) => rules[rule].loader === "answer");
  return quoted ? [] : loaderSentence(loader, 2, style);
}

/** The loader's predicted answer in its own words. */
export function loaderSentence(loader: LoaderResult, indent: number, style: Style): readonly string[] {
  const words = loaderAnswers[loader.outcome];
  const why = loader.message ?? loader.reason ?? needsOf(loader);
  return labelled("loader", why === null ? words : `${words}: ${why}`, indent, style);
}

/** What is taken for granted. */
function needsOf({ needs }: LoaderResult): string | null {
  return needs.length === 0 ? null : `given ${needs.join(", ")}`;
}
