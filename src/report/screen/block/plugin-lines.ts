import type { LoaderResult, PluginResult } from "../../../check/model/result.ts";
import { labelled, value } from "../layout/paragraph.ts";
import type { Style } from "../layout/style.ts";
import { verdictOf } from "../../model/verdict.ts";
import { loaderAnswers } from "../../model/loader-answer.ts";
import { lookOf } from "../../model/look.ts";

/** `foo.so — incompatible`; with several hosts, with which. */
export function verdictLine(
  plugin: PluginResult,
  name: string,
  style: Style,
  hostName?: (path: string) => string,
): string {
  const { tone } = lookOf(plugin);
  const verdict = style.paint[tone](verdictOf(plugin) ?? "");
  const host =
    plugin.hostPath === undefined || hostName === undefined
      ? ""
      : ` with ${value(hostName(plugin.hostPath), style)}`;
  return `${style.paint.strong(value(name, style))}${style.marks.dash}${verdict}${host}`;
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
