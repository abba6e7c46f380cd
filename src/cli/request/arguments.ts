import type { Config } from "@oclif/core";
import { UsageError } from "../../check/model/usage-error.ts";
import { didYouMean } from "../suggestion.ts";

/** What a command line asks for. */
export type Request =
  | { readonly kind: "version" }
  | { readonly kind: "help"; readonly about: readonly string[] }
  | { readonly kind: "command"; readonly id: string; readonly argv: readonly string[] };

/** Flags that every command has and that people also put before its name. None of them takes a value. */
const anywhere: readonly string[] = ["--json", "--color", "--no-color"];

/** @throws UsageError for an unknown command, and for flags that oclif would silently misread. */
export function requestOf(argv: readonly string[], config: Config): Request {
  const [start, words] = parted(argv);
  const [first, ...rest] = words;
  if (first === "--version" || first === "-V") return { kind: "version" };
  if (first === undefined || first === "--help" || first === "-h") return { kind: "help", about: [] };
  if (first === "help")
    return helpAbout(
      rest.filter((word) => !word.startsWith("-")),
      config,
    );
  const id = knownCommand(first, config);
  if (flagsIn(rest).some((word) => word === "--help" || word === "-h")) return { kind: "help", about: [id] };
  refuseFlagsOclifMistakes(id, rest, config);
  return { kind: "command", id, argv: [...start, ...rest] };
}

/**
 * Whether stdout must be JSON (`--json`, `-o json`). This is decided before anything is parsed, because usage errors must then
 * be JSON too.
 */
export function wantsJson(argv: readonly string[]): boolean {
  const words = flagsIn(argv);
  return words.some(
    (word, at) =>
      word === "--json" ||
      word.startsWith("--json=") ||
      /^(?:--output=|-o=?)json(?:=-)?$/.test(word) ||
      (/^(?:--output|-o)$/.test(word) && /^json(?:=-)?$/.test(words[at + 1] ?? "")),
  );
}

/** The last of --color and --no-color; undefined if neither is given. */
export function colorFlag(argv: readonly string[]): boolean | undefined {
  const last = flagsIn(argv).findLast((word) => word === "--color" || word === "--no-color");
  return last === undefined ? undefined : last === "--color";
}

/** The word that names the command, if there is one. */
export function commandWord(argv: readonly string[]): string | undefined {
  return parted(argv)[1][0];
}

function parted(argv: readonly string[]): readonly [readonly string[], readonly string[]] {
  const at = argv.findIndex((word) => !anywhere.includes(word));
  return at < 0 ? [argv, []] : [argv.slice(0, at), argv.slice(at)];
}

function flagsIn(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf("--");
  return end < 0 ? argv : argv.slice(0, end);
}

function helpAbout([name]: readonly string[], config: Config): Request {
  return { kind: "help", about: name === undefined ? [] : [knownCommand(name, config)] };
}

/** What other programs call it. Without a prototype: `toString` is not in it. */
const meantBy: Readonly<Record<string, string | undefined>> = Object.assign(
  Object.create(null) as Record<string, string>,
  {
    "-v": "Use --version for the version; --verbose comes after a command.",
    version: "Use --version: `plugins --version`.",
    check: "Use check-all for folders, validate for files.",
  },
);

function knownCommand(name: string, config: Config): string {
  if (config.findCommand(name) !== undefined) return name;
  const isFlag = name.startsWith("-");
  const known = config.commandIDs;
  const meant = meantBy[name];
  throw new UsageError("bad-usage", isFlag ? `unknown flag ${name}` : `unknown command ${name}`, [
    ...(meant === undefined
      ? didYouMean(name, isFlag ? ["--help", "--version", ...anywhere] : [...known, "help"])
      : [meant]),
    `Commands: ${known.join(", ")}. Run \`plugins --help\` for a description.`,
  ]);
}

/**
 * oclif 4.14 looks flags up in a plain object, so that `--toString` is found and ignored, and it takes the value of
 * `--json=false` for an argument (lib/parser/parse.js, findLongFlag and parseFlag).
 */
function refuseFlagsOclifMistakes(id: string, argv: readonly string[], config: Config): void {
  const flags = config.findCommand(id)?.flags ?? {};
  for (const word of flagsIn(argv)) {
    const [, name = "", value] = /^--([^=]+)(=.*)?$/s.exec(word) ?? [];
    const flag = Object.hasOwn(flags, name) ? flags[name] : undefined;
    if (flag === undefined && name in {}) throw new UsageError("bad-usage", `unknown flag --${name}`);
    if (flag?.type === "boolean" && value !== undefined) {
      throw new UsageError("bad-usage", `--${name} takes no value`);
    }
  }
}
