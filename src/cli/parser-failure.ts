import type { Config } from "@oclif/core";
import { UsageError } from "../check/model/usage-error.ts";
import { commandsWith, longFlags, hasFlag } from "./known-flags.ts";
import { inCommand } from "./request/arguments.ts";
import { messageWithoutFlag } from "./request/explained.ts";
import { CorrectableError, meansWord, unknownWord } from "./suggestion.ts";

/** What oclif's parser throws (lib/parser/errors.js). */
interface OclifError extends Error {
  /** In a NonExistentFlagsError. */
  readonly flags?: readonly string[];
  /** In a RequiredArgsError the missing arguments, in an UnexpectedArgsError the surplus ones. */
  readonly args?: readonly (string | { readonly name: string })[];
}

/** Whether the parser threw it. A module that cannot be loaded is an error of oclif too (lib/errors/errors/module-load.js). */
export function isOclifError(error: unknown): error is OclifError {
  return (
    error instanceof Error && "oclif" in error && !("code" in error && error.code === "MODULE_NOT_FOUND")
  );
}

/** The parser's error in the words of this program. */
export function parserFailure(
  error: OclifError,
  command: string,
  argv: readonly string[],
  config: Config,
): UsageError {
  const [flag] = error.flags ?? [];
  if (flag !== undefined) return unknownFlag(flag, error.flags ?? [], command, argv, config);
  const [first] = error.args ?? [];
  if (first !== undefined) {
    const names = (error.args ?? []).map((arg) => (typeof arg === "string" ? arg : arg.name.toUpperCase()));
    const problem = `${typeof first === "string" ? "unexpected" : "missing"} argument${names.length > 1 ? "s" : ""} ${names.join(", ")}`;
    const words = argv.slice(argv.indexOf(command) + 1);
    // A message without quotes.
    if (command === "explain" && names.length > 2 && !words.some((word) => word.startsWith("-"))) {
      return messageWithoutFlag("a loader's message must be one argument", words.join(" "));
    }
    return new UsageError("bad-usage", problem, [usageHint(command, config)]);
  }
  // oclif adds its own advice to a message; the hints replace it.
  const [text = ""] = error.message.split("\nSee more help");
  const plain = text.replace(/^The following errors? occurred:/, "").replace(/\s*\n\s*/g, "; ");
  return plainFailure(plain.replace(/^[;\s]+/, ""));
}

/** The sentences of oclif 4.14. Another one is shown as it is. */
function plainFailure(text: string): UsageError {
  const [, flag, given = "", options = ""] =
    /^Expected (?:(--[\w-]+)=)?(.*) to be one of: (.*)$/s.exec(text) ?? [];
  if (options !== "") {
    const what = flag === undefined ? given : `${flag} ${given}`;
    return unknownWord(`${what}: expected one of ${options}`, given, options.split(", "), []);
  }
  const said = text
    .replace(/^Flag (--\S+) expects/, "$1 expects")
    .replace(/^Flag (--\S+) can/, "$1 can")
    .replace(/^Parsing (--\S+); Expected/, "$1: expected")
    .replace(
      /^(--[\w-]+)(?:=.*)? cannot also be provided when using (--[\w-]+)/s,
      "$1 and $2 cannot be combined",
    )
    .replace(
      /^All of the following must be provided when using (--[\w-]+): (.*)$/,
      "$1 can only be used with $2",
    );
  return new UsageError("bad-usage", said);
}

function usageHint(command: string, config: Config): string {
  const usage = [config.findCommand(command)?.usage ?? []].flat();
  const lines = usage.map((each) => `\`plugins ${each}\``);
  return `Usage: ${lines.join(" or ")}. See \`plugins ${command} --help\`.`;
}

/** Flags of other programs for what is `--output` here. */
const formatFlags: readonly string[] = ["--format", "--output-format", "--output", "-o", "-f"];

/** @param all every flag that the command does not know; the hint is about the first. */
function unknownFlag(
  given: string,
  all: readonly string[],
  command: string,
  argv: readonly string[],
  config: Config,
): UsageError {
  const flag = given.replace(/=.*/s, "");
  const message = `unknown flag${all.length > 1 ? "s" : ""} ${all.join(", ")}`;
  if (formatFlags.includes(flag)) {
    const instead = formatFlag(flag, message, command, argv, config);
    if (instead !== undefined) return instead;
  }
  const owners = commandsWith(flag, config);
  const [owner, ...others] = owners;
  const known = [...longFlags(command, config), ...(/^--?h/i.test(flag) ? ["--help"] : [])];
  if (owner === undefined) return unknownWord(message, flag, known, []);
  if (/^--host(-manifest)?$/.test(flag) && ["list", "inspect"].includes(command)) {
    const instead = command === "list" ? "check-all" : "validate";
    const hint = `\`plugins ${command}\` compares nothing with a host. Use \`plugins ${instead}\` for that.`;
    return new CorrectableError(message, [hint], inCommand(instead));
  }
  const page = others.length === 0 ? owner : command;
  return new UsageError("bad-usage", message, [
    `${flag} is a flag of ${owners.join(", ")}. See \`plugins ${page} --help\`.`,
  ]);
}

/** `--format json` is `-o json`, or `--json` for a command that has no other format. */
function formatFlag(
  flag: string,
  message: string,
  command: string,
  argv: readonly string[],
  config: Config,
): UsageError | undefined {
  if (hasFlag(command, "--output", config))
    return meansWord(message, flag, "--output", "Did you mean --output?");
  const at = argv.findIndex((word) => word === flag || word.startsWith(`${flag}=`));
  const isPair = argv[at] === flag;
  const value = isPair ? argv[at + 1] : argv[at]?.slice(flag.length + 1);
  if (value !== "json") return undefined;
  const corrected = argv.toSpliced(at, isPair ? 2 : 1, "--json");
  return new CorrectableError(message, ["Did you mean --json?"], () => corrected);
}
