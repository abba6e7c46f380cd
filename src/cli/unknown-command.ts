import type { Config } from "@oclif/core";
import type { UsageError } from "../check/model/usage-error.ts";
import { switchesAnywhere, type UnknownCommandError } from "./request/arguments.ts";
import { commandsWith } from "./known-flags.ts";
import { isPath, kindAt } from "./request/paths.ts";
import { CorrectableError, unknownWord } from "./suggestion.ts";

/** What other programs call it. Without a prototype: `toString` is not in it. */
const synonyms: Readonly<Record<string, string | undefined>> = Object.assign(
  Object.create(null) as Record<string, string>,
  {
    "-v": "--version",
    version: "--version",
    "-?": "--help",
    "/?": "--help",
    usage: "--help",
    ls: "list",
    show: "inspect",
    info: "inspect",
    compare: "diff",
    rule: "explain",
    rules: "explain",
  },
);

const checks: readonly string[] = ["check", "verify"];

/** What was meant by a word that no command has as its name, as far as anyone can tell. */
export function unknownCommand(
  { word, message }: UnknownCommandError,
  argv: readonly string[],
  config: Config,
): UsageError {
  const known = config.commandIDs;
  const at = argv.indexOf(word);
  const rest = argv.slice(at + 1);
  const isFirst = argv.slice(0, at).every((each) => switchesAnywhere.includes(each));
  const synonym = synonyms[word];
  if (word.trim() === "") {
    return new CorrectableError("the command is empty", [helpHint], () => undefined);
  }
  if (synonym !== undefined) {
    // `plugins help version`
    const corrected = synonym.startsWith("-") ? [synonym] : argv.with(at, synonym);
    const hint =
      word === "-v" ? "Did you mean --version? --verbose comes after a command." : `Did you mean ${synonym}?`;
    return new CorrectableError(message, [hint], () => corrected);
  }
  if (checks.includes(word)) {
    const file = rest.find((each) => kindAt(each) !== undefined);
    const command = file !== undefined && kindAt(file) === "file" ? "validate" : "check-all";
    const surplus = rest[0] === "all" ? 2 : 1;
    const corrected = argv.toSpliced(at, surplus, command);
    return new CorrectableError(message, ["Use check-all for folders, validate for files."], () => corrected);
  }
  if (word.startsWith("-")) return flagForCommand(word, message, argv, config);
  if (isFirst && [config.bin, config.name].includes(word) && known.includes(rest[0] ?? "")) {
    return new CorrectableError(message, ["The program's name is given twice."], () => argv.toSpliced(at, 1));
  }
  if (isFirst && isPath(word)) return pathAsCommand(word, argv);
  return unknownWord(
    message,
    word,
    [...known, "help"],
    [`Commands: ${known.join(", ")}. Run \`plugins --help\` for a description.`],
  );
}

const helpHint = "Run `plugins --help` for the commands.";

/** A path needs a command before it. With a host, it is to be checked. */
function pathAsCommand(path: string, argv: readonly string[]): UsageError {
  const hasHost = argv.some((word) => /^--host(?:-manifest)?(?:=|$)/.test(word));
  const isFolder = kindAt(path) === "folder";
  const command = isFolder ? (hasHost ? "check-all" : "list") : hasHost ? "validate" : "inspect";
  const hint = `A command comes before the path of a ${isFolder ? "folder" : "file"}.`;
  return new CorrectableError(`${path} is a path, not a command`, [hint], () =>
    argv.toSpliced(argv.indexOf(path), 1, command, path),
  );
}

/** A flag where the command's name is expected. */
function flagForCommand(flag: string, message: string, argv: readonly string[], config: Config): UsageError {
  const name = flag.replace(/=.*/s, "");
  const owners = commandsWith(name, config);
  if (owners.length === 0 && name !== "--") {
    return unknownWord(message, flag, ["--help", "--version", ...switchesAnywhere], [helpHint]);
  }
  const at = argv.findIndex((word) => config.commandIDs.includes(word));
  const moved =
    at < 0 ? undefined : [argv[at] ?? "", ...argv.toSpliced(at, 1).filter((word) => word !== "--")];
  const whose = owners.length === 0 ? "" : ` ${name} is a flag of ${owners.join(", ")}.`;
  const hint = at < 0 ? `${whose.trim()} ${helpHint}`.trim() : "The command comes first.";
  return new CorrectableError(`no command before ${flag}`, [hint], () => moved);
}
