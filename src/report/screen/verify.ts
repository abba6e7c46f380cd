import type { CheckResult, PluginResult } from "../../check/model/result.ts";
import { mayFail } from "../../check/model/gate.ts";
import { causesOf } from "../model/cause.ts";
import { counted, countOf } from "../model/verdict.ts";
import { depthOf, type CheckView } from "./check-all.ts";
import { causeBlocks } from "./block/cause-block.ts";
import { configurationLines } from "./block/configuration-lines.ts";
import { suppressedLines } from "./block/suppressed-lines.ts";
import { value } from "./layout/paragraph.ts";
import { onScreen } from "./layout/screen.ts";
import type { ScreenOptions, Style } from "./layout/style.ts";

/** `plugins manifest --verify`: whether the manifest is what sources and file say, and every value that is not. */
export function verifyScreen(result: CheckResult, view: CheckView, options: ScreenOptions): Promise<string> {
  return onScreen(options, (style) => {
    const causes = causesOf(result).filter(
      ({ members }) =>
        !view.quiet || members.some(({ findings }) => findings.some((finding) => mayFail(finding, view))),
    );
    const configuration = configurationLines(view.configuration, view.quiet, style);
    if (view.quiet && causes.length === 0) return configuration.join("\n");
    const blocks = {
      depth: view.quiet ? depthOf(view) : "full",
      nameOf: undefined,
      isNumbered: false,
      indent: 2,
    } as const;
    return [
      ...configuration,
      ...result.plugins.map((plugin) => headline(plugin, style)),
      ...causeBlocks(causes, blocks, style),
      ...(view.quiet ? [] : suppressedLines(result, true, undefined, style)),
    ].join("\n");
  });
}

function headline(plugin: PluginResult, style: Style): string {
  const errors = countOf(plugin, "error");
  const { unreadable } = plugin;
  const text =
    unreadable !== null
      ? style.paint.bad(`cannot be read: ${style.text(unreadable.reason)}`)
      : errors === 0
        ? style.paint.good("its manifest is what the sources and the file say")
        : style.paint.bad(`its manifest is wrong: ${counted(errors, "error")}`);
  return `${style.paint.strong(value(plugin.path, style))}${style.marks.dash}${text}`;
}
