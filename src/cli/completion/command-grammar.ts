import type { Command } from "@oclif/core";
import type { CompletionCommand, CompletionFlag, CompletionGrammar, CompletionValue } from "./grammar.ts";
import { ruleIds } from "../../rules/registry.ts";
import type { ProgramConfig } from "../program.ts";
import { outputFlags } from "../request/flags.ts";

type FlagFacts = Command.Flag.Cached;
type ArgumentFacts = Command.Arg.Cached;

/** What can be typed, as the commands themselves describe it. */
export function completionGrammar(config: ProgramConfig): CompletionGrammar {
  const commands = config.commands
    .filter(({ hidden }) => !hidden)
    .toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const common = commands[0]?.flags ?? {};
  return {
    programs: config.program.names,
    made: `${config.name} ${config.version}`,
    commands: commands.map(commandOf),
    flags: [
      ...Object.keys(outputFlags).flatMap((name) => flagsOf(name, common[name])),
      helpFlag,
      plainFlag(["--version", "-V"], "Show the version."),
    ],
  };
}

function commandOf(command: Command.Loadable): CompletionCommand {
  const args = Object.values(command.args);
  const [first] = args;
  return {
    name: command.id,
    summary: command.summary ?? "",
    flags: [
      ...Object.entries(command.flags).flatMap(([name, flag]) => flagsOf(name, flag, command)),
      helpFlag,
    ],
    argument: first === undefined ? undefined : argumentOf(command.id, first),
    manyArguments: args.length > 1 || args.some(({ multiple }) => multiple === true),
  };
}

function argumentOf(command: string, { name, options, description = "" }: ArgumentFacts): CompletionValue {
  const words = options ?? listedWords(description);
  if (words.length > 0) return { kind: "words", words, list: false };
  // check-all and list take an archive too.
  if (name === "dir" && command === "lock") return { kind: "folders" };
  return { kind: "files", words: command === "explain" ? ruleIds : [] };
}

function flagsOf(
  name: string,
  flag: FlagFacts | undefined,
  command?: Command.Loadable,
): readonly CompletionFlag[] {
  if (flag === undefined || flag.hidden === true) return [];
  const description = flag.summary ?? flag.description ?? "";
  const names = flag.char === undefined ? [`--${name}`] : [`--${name}`, `-${flag.char}`];
  if (flag.type === "boolean") {
    const negated = flag.allowNo ? [plainFlag([`--no-${name}`], description)] : [];
    return [plainFlag(names, description), ...negated];
  }
  const valueName = String(flag.helpValue ?? name.toUpperCase());
  // A table can be sorted by any of its columns.
  const columns = name === "sort" ? command?.flags["columns"]?.description : undefined;
  const value = valueOf(flag, columns ?? description, valueName);
  // The values are offered, and need not be in the description too.
  const [short = ""] = /^.*?\.(?= [A-Za-z]|$)/.exec(description) ?? [description];
  return [{ names, description: short, value, valueName, repeatable: flag.multiple === true }];
}

function valueOf(flag: FlagFacts, description: string, valueName: string): CompletionValue {
  if (flag.type === "option" && flag.options !== undefined) {
    return { kind: "words", words: flag.options, list: false };
  }
  const words = listedWords(description);
  if (valueName.endsWith("[=FILE]")) return { kind: "formats", words };
  if (/^FILE\b/.test(valueName)) return { kind: "files", words: [] };
  if (valueName === "DIR") return { kind: "folders" };
  const list = valueName === "NAMES" || (flag.type === "option" && flag.delimiter === ",");
  return words.length === 0 ? { kind: "text" } : { kind: "words", words, list };
}

/** The help of a flag whose values oclif does not check ends with a list of them: "Formats: table, json." */
function listedWords(description: string): readonly string[] {
  const [, list] = /(?:^|[.:;] )([\w-]+(?:, [\w-]+)+)\.$/.exec(description) ?? [];
  return list?.split(", ") ?? [];
}

const helpFlag = plainFlag(["--help", "-h"], "Show help.");

function plainFlag(names: readonly string[], description: string): CompletionFlag {
  return { names, description, value: undefined, valueName: "", repeatable: false };
}
