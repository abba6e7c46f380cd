import { UsageError } from "../../check/model/usage-error.ts";
import { shellWord } from "../../language/shell-word.ts";
import { runProgram, type ProgramRun } from "../../process/program.ts";

/** A program that describes a build, and how people get it. */
export interface Tool {
  readonly program: string;
  readonly how: string;
}

export interface ToolOutput {
  readonly stdout: string;
  readonly stderr: string;
}

/** Called when a program is started, with its command line. */
export type Started = (command: string) => void;

type Run = Omit<ProgramRun, "program">;

/** What a failed program wrote is cut to its last lines: the first of hundreds say the same. */
const shownLines = 40;

/**
 * Runs a program that must succeed.
 * @throws UsageError with the command line that was run, and what the program wrote.
 */
export async function runTool(tool: Tool, run: Run, started: Started): Promise<ToolOutput> {
  const command = commandText(tool, run);
  started(command);
  const end = await runProgram({ ...run, program: tool.program });
  switch (end.kind) {
    case "ended":
      if (end.code === 0) return end;
      throw failed(`${command}\nfailed with exit code ${end.code}`, run, end.stderr || end.stdout);
    case "killed":
      throw failed(`${command}\nwas ended by ${end.signal}`, run, end.stderr);
    case "too-long":
      throw failed(`${command}\n${tooLong[end.limit]}, and was ended`, run, end.stderr);
    case "missing":
      throw new UsageError("program-missing", `${tool.program} was not found on the PATH`, [tool.how]);
    case "no-folder":
      throw new UsageError("folder-not-found", `${run.folder}: no such folder`);
  }
}

const tooLong = { time: "took too long", output: "wrote too much" } as const;

/**
 * What a program answered in JSON.
 * @param command as people would type it.
 * @throws UsageError if it is something else: a stand-in or a wrapper of the program wrote it.
 */
export function jsonOf(text: string, command: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const [line = ""] = text.trimStart().split("\n", 1);
    throw new UsageError(
      "program-failed",
      `${command} did not answer in JSON${line === "" ? ", but with nothing" : `: ${line.slice(0, 200)}`}`,
    );
  }
}

/** Runs a program for a question that it may not be able to answer. @returns undefined if it fails or is missing. */
export async function askTool(tool: Tool, run: Run): Promise<string | undefined> {
  const end = await runProgram({ ...run, program: tool.program });
  return end.kind === "ended" && end.code === 0 ? end.stdout : undefined;
}

/** As people would type it, with the variables that were set for it. */
function commandText({ program }: Tool, { args, environment = {} }: Run): string {
  const variables = Object.entries(environment).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${shellWord(value)}`],
  );
  return [...variables, program, ...args.map(shellWord)].join(" ");
}

function failed(what: string, { folder }: Run, output: string): UsageError {
  // go indents by tabs, which would be shown as \\x09.
  const lines = output.trimEnd().replaceAll("\t", "    ").split("\n");
  const shown =
    lines.length > shownLines
      ? [`… ${lines.length - shownLines} lines before`, ...lines.slice(-shownLines)]
      : lines;
  return new UsageError("program-failed", [`${what} in ${folder}:`, ...shown].join("\n"));
}
