import type { Config } from "@oclif/core";
import { UsageError } from "../check/model/usage-error.ts";
import type { ToolError } from "../report/model/document.ts";
import { shellWord } from "../language/shell-word.ts";
import { hasFlag } from "./known-flags.ts";
import { isOclifError, parserFailure } from "./parser-failure.ts";
import { commandWord, flagsIn, UnknownCommandError } from "./request/arguments.ts";
import { CorrectableError } from "./suggestion.ts";
import { unknownCommand } from "./unknown-command.ts";

/** Why the command could not run. The exit code is always 2. */
export interface Failure extends ToolError {
  /** null if the command line names no known command. */
  readonly command: string | null;
  /** For a bug: where it happened. */
  readonly stack?: string;
}

/** What a command threw: an error that the user can fix, or a bug in this program. */
export function failureOf(error: unknown, argv: readonly string[], config: Config): Failure {
  const word = commandWord(argv);
  const command = word !== undefined && config.commandIDs.includes(word) ? word : null;
  const usage = usageErrorOf(error, command, argv, config);
  if (usage === undefined) return { command, ...bug(error, config) };
  const { code, message } = usage;
  return { command, code, message, hints: hintsOf(usage, command, argv, config) };
}

function usageErrorOf(
  error: unknown,
  command: string | null,
  argv: readonly string[],
  config: Config,
): UsageError | undefined {
  if (error instanceof UnknownCommandError) return unknownCommand(error, argv, config);
  if (error instanceof UsageError) return error;
  return command !== null && isOclifError(error) ? parserFailure(error, command, argv, config) : undefined;
}

/** What a bug report needs. */
function bug(error: unknown, config: Config): ToolError & { readonly stack?: string } {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const stack = error instanceof Error ? error.stack : undefined;
  return {
    code: "bug",
    message: `this is a bug in ${config.name} ${config.version}, not in your plugins: ${message}`,
    hints: [
      `Please report it, with the command line, the file that caused it, and this: Node ${process.version}, ${process.platform} ${process.arch}.`,
    ],
    ...(stack === undefined ? {} : { stack }),
  };
}

/**
 * What to do next. A command line that avoids the error is only given if it has no flag that its command does not know; without any
 * other hint, the help is named.
 */
function hintsOf(
  error: UsageError,
  command: string | null,
  argv: readonly string[],
  config: Config,
): readonly string[] {
  const corrected = error instanceof CorrectableError ? error.corrected(argv) : undefined;
  if (corrected !== undefined && isPossible(corrected, config)) {
    const line = ["plugins", ...corrected].map(shellWord).join(" ");
    return [[...error.hints, `Run \`${line}\`.`].join(" ")];
  }
  const isAboutArguments = ["bad-usage", "folder-not-found", "file-not-found"].includes(error.code);
  if (command !== null && error.hints.length === 0 && isAboutArguments)
    return [`See \`plugins ${command} --help\`.`];
  return error.hints;
}

function isPossible(argv: readonly string[], config: Config): boolean {
  const command = commandWord(argv) ?? "";
  if (!config.commandIDs.includes(command)) return true;
  return flagsIn(argv)
    .filter((word) => /^-[a-z-]/i.test(word))
    .map((word) => word.replace(/=.*/s, ""))
    .every((flag) => flag === "--help" || hasFlag(command, flag, config));
}
