import type { Config } from "@oclif/core";
import { UsageError } from "../../check/model/usage-error.ts";
import { CorrectableError, type Correction } from "../suggestion.ts";

/** What a command line asks for. */
export type Request =
  | { readonly kind: "version" }
  | { readonly kind: "help"; readonly about: readonly string[] }
  | { readonly kind: "command"; readonly id: string; readonly argv: readonly string[] };

/** Flags that every command has and that people also put before its name. None of them takes a value. */
export const switchesAnywhere: readonly string[] = ["--json", "--color", "--no-color"];

/** @throws UsageError for an unknown command, and for flags that oclif would silently misread. */
export function requestOf(argv: readonly string[], config: Config): Request {
  const [start, words] = parted(argv);
  const [first, ...rest] = words;
  if (first === "--version" || first === "-V") return { kind: "version" };
  if (first === undefined) return { kind: "help", about: [] };
  if (["help", "--help", "-h"].includes(first)) {
    const about = rest.filter((word) => !word.startsWith("-") && word !== "help");
    return helpAbout(about, config);
  }
  if (switchesAnywhere.some((flag) => first.startsWith(`${flag}=`)))
    throw valueOfSwitch(first, first.startsWith("--color"));
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
  const at = argv.findIndex((word) => !switchesAnywhere.includes(word));
  return at < 0 ? [argv, []] : [argv.slice(0, at), argv.slice(at)];
}

/** The words before `--`: all that can be flags. */
export function flagsIn(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf("--");
  return end < 0 ? argv : argv.slice(0, end);
}

function helpAbout([name]: readonly string[], config: Config): Request {
  return { kind: "help", about: name === undefined ? [] : [knownCommand(name, config)] };
}

/** No command has this name. Only what shows the error looks for what was meant. */
export class UnknownCommandError extends UsageError {
  constructor(readonly word: string) {
    super("bad-usage", `unknown ${word.startsWith("-") ? "flag" : "command"} ${word}`);
  }
}

function knownCommand(name: string, config: Config): string {
  if (config.findCommand(name) !== undefined) return name;
  throw new UnknownCommandError(name);
}

/** The same arguments for a different command. */
export function inCommand(id: string): Correction {
  return (argv) => {
    const [start, words] = parted(argv);
    return [...start, id, ...words.slice(1)];
  };
}

/**
 * oclif 4.14 looks flags up in a plain object, so that `--toString` is found and ignored, and it takes the value of
 * `--json=false` for an argument (lib/parser/parse.js, findLongFlag and parseFlag).
 */
function refuseFlagsOclifMistakes(id: string, argv: readonly string[], config: Config): void {
  const flags = config.findCommand(id)?.flags ?? {};
  for (const [at, word] of flagsIn(argv).entries()) {
    refusePastedDash(word);
    const [, name = "", value] = /^--([^=]+)(=.*)?$/s.exec(word) ?? [];
    const flag = Object.hasOwn(flags, name) ? flags[name] : undefined;
    if (flag === undefined && name in {}) throw new UsageError("bad-usage", `unknown flag --${name}`);
    if (flag?.type === "option" && (value === "=" || (value === undefined && argv[at + 1] === ""))) {
      throw new UsageError("bad-usage", `the value of --${name} is empty`);
    }
    if (flag?.type !== "boolean") continue;
    if (value !== undefined) throw valueOfSwitch(word, flag.allowNo);
    const next = argv[at + 1] ?? "";
    if (isSwitchWord(name, next)) throw valueOfSwitch(word, flag.allowNo, next);
  }
  if (argv.includes("")) throw new UsageError("bad-usage", "an argument is empty");
}

function isSwitchWord(flag: string, word: string): boolean {
  return /^(?:true|false)$/.test(word) || (flag === "color" && /^(?:always|never|auto)$/.test(word));
}

/**
 * @param canBeOff whether there is `--no-` of it.
 * @param next the value, if it is a word of its own.
 */
function valueOfSwitch(word: string, canBeOff: boolean, next?: string): CorrectableError {
  const [flag = "", value = next ?? ""] = word.split(/=(.*)/s);
  const off = flag.replace("--", "--no-");
  const hint = canBeOff ? `Use ${flag} or ${off}.` : `Use ${flag}, or leave it out.`;
  return new CorrectableError(`${flag} takes no value`, [hint], (argv) => {
    const at = argv.indexOf(word);
    const length = next === undefined ? 1 : 2;
    if (/^(?:true|yes|always|1|on)$/.test(value)) return argv.toSpliced(at, length, flag);
    if (/^(?:false|no|never|0|off)$/.test(value)) {
      return argv.toSpliced(at, length, ...(canBeOff ? [off] : []));
    }
    return value === "auto" ? argv.toSpliced(at, length) : undefined;
  });
}

/** A text processor makes one long dash of two hyphens. */
function refusePastedDash(word: string): void {
  if (!/^[–—−][a-z-]+(?:=|$)/.test(word)) return;
  const name = word.slice(1);
  const right = /^[^-=]$/.test(name) ? `-${name}` : `--${name}`;
  throw new CorrectableError(
    `${word} begins with a long dash, which is not a flag`,
    [`Did you mean ${right}?`],
    (argv) => argv.with(argv.indexOf(word), right),
  );
}
