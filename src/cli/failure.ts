import type { Config } from "@oclif/core";
import { UsageError } from "../check/model/usage-error.ts";
import type { ToolError } from "../report/model/document.ts";
import { commandWord } from "./request/arguments.ts";
import { didYouMean } from "./suggestion.ts";

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
  if (error instanceof UsageError) {
    const { code, message, hints } = error;
    return { command, code, message, hints };
  }
  if (command !== null && isOclifError(error)) {
    return { command, code: "bad-usage", ...usage(error, command, config) };
  }
  return { command, ...bug(error, config) };
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

/** What oclif's parser throws (lib/parser/errors.js). */
interface OclifError extends Error {
  /** In a NonExistentFlagsError. */
  readonly flags?: readonly string[];
  /** In a RequiredArgsError the missing arguments, in an UnexpectedArgsError the surplus ones. */
  readonly args?: readonly (string | { readonly name: string })[];
}

/** A module of ours that cannot be loaded is an error of oclif too (lib/errors/errors/module-load.js), but not the user's. */
function isOclifError(error: unknown): error is OclifError {
  return (
    error instanceof Error && "oclif" in error && !("code" in error && error.code === "MODULE_NOT_FOUND")
  );
}

function usage(error: OclifError, command: string, config: Config): Pick<ToolError, "message" | "hints"> {
  const help = `See \`plugins ${command} --help\`.`;
  if (error.flags !== undefined) {
    const known = knownFlags(command, config);
    const meant = error.flags.flatMap((flag) => {
      const name = flag.replace(/=.*/s, "");
      const elsewhere = withFlag(name, command, config);
      return elsewhere.length === 0 ? didYouMean(name, known) : elsewhere;
    });
    return { message: `unknown flag ${error.flags.join(", ")}`, hints: [...meant, help] };
  }
  const [first] = error.args ?? [];
  if (first !== undefined) {
    const names = (error.args ?? []).map((arg) => (typeof arg === "string" ? arg : arg.name.toUpperCase()));
    const problem = typeof first === "string" ? "unexpected argument" : "missing argument";
    return { message: `${problem} ${names.join(", ")}`, hints: [help] };
  }
  // oclif adds its own advice to a message; the hints replace it.
  const [message = ""] = error.message.split("\nSee more help");
  const plain = message.replace(/^The following errors? occurred:/, "").replace(/\s*\n\s*/g, "; ");
  return { message: plain.replace(/^[;\s]+/, ""), hints: [help] };
}

/** Says which other commands have the flag. Who gives a host to a command that has none wants a comparison. */
function withFlag(flag: string, command: string, config: Config): readonly string[] {
  const others = config.commandIDs.filter((each) => knownFlags(each, config).includes(flag));
  if (others.length === 0) return [];
  if (/^--host(-manifest)?$/.test(flag) && ["list", "inspect"].includes(command)) {
    const instead = command === "list" ? "check-all" : "validate";
    return [`\`plugins ${command}\` compares nothing with a host. Use \`plugins ${instead}\` for that.`];
  }
  return [`${flag} is a flag of ${others.join(", ")}.`];
}

function knownFlags(command: string, config: Config): readonly string[] {
  return Object.entries(config.findCommand(command)?.flags ?? {}).flatMap(([name, flag]) =>
    flag.type === "boolean" && flag.allowNo ? [`--${name}`, `--no-${name}`] : [`--${name}`],
  );
}
