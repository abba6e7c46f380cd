import { combinedFixes } from "../../language/combined-fixes.ts";
import type { Gate } from "../../check/model/gate.ts";
import type { CheckResult } from "../../check/model/result.ts";
import type { Fix } from "../../language/fix.ts";
import type { Cause } from "./cause.ts";
import { headlineOf, keyOf, numberedPlaces, type NumberedPlace } from "./cause-text.ts";
import { hostNamer } from "./hosts.ts";
import { listed } from "./listed.ts";
import { reportedCauses } from "./reported-causes.ts";
import { visible } from "./visible.ts";

/** The commands for plugins that have the same causes, in the order in which to run them. */
interface Part {
  /** In natural order. */
  readonly plugins: readonly string[];
  /** The paths of the hosts that they are to fit; none if there is only one. */
  readonly hosts: readonly string[];
  readonly causes: readonly Cause[];
  readonly commands: readonly Extract<Fix, { kind: "command" }>[];
}

/** Plugins that a part names; more are counted. */
const mostNames = 10;

/**
 * All commands that fix what is wrong, as lines of a shell script: a part for plugins with the same causes, to be run in their project. Nothing
 * from outside of it can end a comment: each is made visible.
 * @param nameOf what a plugin is called, by its path.
 * @param hostName what a host is called, by its path.
 */
export function fixScriptLines(
  causes: readonly Cause[],
  nameOf: (path: string) => string,
  hostName: (path: string) => string,
): readonly string[] {
  return partsOf(causes).flatMap((part) => [
    ...headLines(whoseText(part, nameOf, hostName), part),
    ...commandLines(part),
  ]);
}

/**
 * The script of a check as a file. If plugins of several projects are to be fixed, it runs one part, whose number is its argument: a
 * command for the dependencies of one project would change those of another.
 */
export function fixScriptOf(result: CheckResult, gate: Gate): string {
  const parts = partsOf(reportedCauses(result, gate));
  const namer = hostNamer(result);
  const whose = (part: Part): string => whoseText(part, (path) => path, namer);
  const lines =
    parts.length > 1
      ? [
          ...chosenPart(parts.map(whose)),
          ...parts.flatMap((part, at) => [
            ...headLines(`${at + 1}: ${whose(part)}`, part),
            `if [ "$part" -eq ${at + 1} ]; then`,
            ...commandLines(part),
            "fi",
          ]),
        ]
      : parts.flatMap((part) => [...headLines(whose(part), part), ...commandLines(part)]);
  return [
    "#!/usr/bin/env bash",
    "# Run it in the project of the plugins that it names. What is only advice is not in here: see the report.",
    "set -eu",
    ...lines,
    ...(parts.length === 0 ? ["", "# Nothing that a command fixes was found."] : []),
    "",
  ].join("\n");
}

/** Without the number of a part the script lists them, and runs nothing. */
function chosenPart(parts: readonly string[]): readonly string[] {
  return [
    "part=${1-}",
    `if ! [ "$part" -ge 1 ] 2>/dev/null || [ "$part" -gt ${parts.length} ]; then`,
    "cat >&2 <<'PARTS'",
    "Each part is for another project. In the folder of that project, run the script with its number:",
    ...parts.map((whose, at) => `${at + 1}: ${whose}`),
    "PARTS",
    "exit 2",
    "fi",
  ];
}

function whoseText(
  { plugins, hosts }: Part,
  nameOf: (path: string) => string,
  hostName: (path: string) => string,
): string {
  const names = (paths: readonly string[], name: (path: string) => string): string =>
    listed(
      paths.map((path) => visible(name(path))),
      mostNames,
    );
  return `${names(plugins, nameOf)}${hosts.length === 0 ? "" : `, for ${names(hosts, hostName)}`}`;
}

function headLines(title: string, { causes }: Part): readonly string[] {
  const lines = causes.map((cause) => `#   ${cause.rule}: ${visible(headlineOf(cause))}`);
  return ["", `# ${title}`, ...lines];
}

function commandLines({ commands }: Part): readonly string[] {
  return commands.flatMap(({ run, note }) => [
    ...(note === undefined ? [] : [`# ${visible(note)}`]),
    // Who reads the script in a terminal must see what it runs. A comment alone would not be a part's body.
    visible(run) === run ? run : `false # Not run, as it has characters that cannot be seen: ${visible(run)}`,
  ]);
}

function partsOf(causes: readonly Cause[]): readonly Part[] {
  const parts = new Map<string, NumberedPlace[]>();
  for (const place of numberedPlaces(causes)) {
    const key = place.numbers.join();
    parts.set(key, [...(parts.get(key) ?? []), place]);
  }
  return [...parts].flatMap(([key, places]) => {
    const own = key
      .split(",")
      .flatMap((number) => causes[Number(number) - 1] ?? [])
      .filter(({ fix }) => fix.some(({ kind }) => kind === "command"));
    const wanted = new Set(places.map(keyOf));
    const fixes = own.flatMap(({ members }) =>
      members
        .filter(({ plugin }) => plugin !== undefined && wanted.has(keyOf(plugin)))
        .flatMap(({ findings }) => findings.flatMap(({ fix }) => fix)),
    );
    const commands = combinedFixes(fixes).flatMap((fix) => (fix.kind === "command" ? [fix] : []));
    const plugins = [...new Set(places.map(({ path }) => path))];
    const hosts = [...new Set(places.flatMap(({ hostPath }) => hostPath ?? []))];
    return commands.length === 0 ? [] : [{ plugins, hosts, causes: own, commands }];
  });
}
