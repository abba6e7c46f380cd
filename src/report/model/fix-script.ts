import { combinedFixes } from "../../language/combined-fixes.ts";
import type { Gate } from "../../check/model/gate.ts";
import type { CheckResult } from "../../check/model/result.ts";
import type { Fix } from "../../language/fix.ts";
import type { Cause } from "./cause.ts";
import { causeNumbers, headlineOf } from "./cause-text.ts";
import { listed } from "./listed.ts";
import { reportedCauses } from "./reported-causes.ts";
import { visible } from "./visible.ts";

/** The commands for plugins that have the same causes, in the order in which to run them. */
interface Part {
  /** In natural order. */
  readonly plugins: readonly string[];
  readonly causes: readonly Cause[];
  readonly commands: readonly Extract<Fix, { kind: "command" }>[];
}

/** Plugins that a part names; more are counted. */
const mostNames = 10;

/**
 * All commands that fix what is wrong, as lines of a shell script: a part for plugins with the same causes, to be run in their project. Nothing
 * from outside of it can end a comment: each is made visible.
 * @param nameOf what a plugin is called, by its path.
 */
export function fixScriptLines(
  causes: readonly Cause[],
  nameOf: (path: string) => string,
): readonly string[] {
  return partsOf(causes).flatMap(({ plugins, causes: own, commands }) => [
    "",
    `# ${listed(
      plugins.map((path) => visible(nameOf(path))),
      mostNames,
    )}`,
    ...own.map((cause) => `#   ${cause.rule}: ${visible(headlineOf(cause))}`),
    ...commands.flatMap(({ run, note }) => [...(note === undefined ? [] : [`# ${visible(note)}`]), run]),
  ]);
}

/** The script of a check as a file. */
export function fixScriptOf(result: CheckResult, gate: Gate): string {
  const lines = fixScriptLines(reportedCauses(result, gate), (path) => path);
  const nothing = lines.length === 0 ? ["", "# Nothing that a command fixes was found."] : [];
  return [
    "#!/usr/bin/env bash",
    "# Run each part in the project of the plugins that it names. What is only advice is not in here: see the report.",
    "set -eu",
    ...lines,
    ...nothing,
    "",
  ].join("\n");
}

function partsOf(causes: readonly Cause[]): readonly Part[] {
  const parts = new Map<string, string[]>();
  for (const [path, numbers] of causeNumbers(causes)) {
    const key = numbers.join();
    parts.set(key, [...(parts.get(key) ?? []), path]);
  }
  return [...parts].flatMap(([key, plugins]) => {
    const own = key
      .split(",")
      .flatMap((number) => causes[Number(number) - 1] ?? [])
      .filter(({ fix }) => fix.some(({ kind }) => kind === "command"));
    const wanted = new Set(plugins);
    const fixes = own.flatMap(({ members }) =>
      members
        .filter(({ plugin }) => plugin !== undefined && wanted.has(plugin.path))
        .flatMap(({ findings }) => findings.flatMap(({ fix }) => fix)),
    );
    const commands = combinedFixes(fixes).flatMap((fix) => (fix.kind === "command" ? [fix] : []));
    return commands.length === 0 ? [] : [{ plugins, causes: own, commands }];
  });
}
