import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";

/** A program that shows a text page by page. */
export interface Pager {
  /** As the user has set it: a program with arguments, or anything that a shell understands. */
  readonly command: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** What only a shell understands; git starts its pager by the same rule (run-command.c, prepare_shell_cmd). */
const forShell = /[|&;<>()$`\\"'\n*?[#~=%]/;

/**
 * Shows a text in a pager, which has the terminal until the user quits it. Quitting early is not an error.
 * @returns whether the pager could be started.
 */
export async function showInPager(text: string, { command, environment }: Pager): Promise<boolean> {
  const shell = forShell.test(command);
  const [program = "", ...args] = shell ? [command] : command.split(/\s+/);
  const pager = spawn(program, args, { shell, env: environment, stdio: ["pipe", "inherit", "inherit"] });
  const release = leaveSignalsTo(pager);
  try {
    // It may be quit before it has read everything.
    pager.stdin.on("error", () => undefined);
    pager.stdin.end(text);
    const [code] = (await once(pager, "close")) as [number | null];
    return code === null || !notStarted.includes(code);
  } catch {
    return false;
  } finally {
    release();
  }
}

/** What a shell answers for a program that is not there, or that it may not run. */
const notStarted: readonly number[] = [126, 127];

/**
 * Ctrl-C is for the pager, which gets it from the terminal, too; what else would end this process ends the pager first, so that
 * it leaves the terminal as it was.
 */
function leaveSignalsTo(pager: ChildProcess): () => void {
  const ignore = (): void => undefined;
  const pass = (signal: NodeJS.Signals): void => {
    pager.kill(signal);
    pager.once("close", () => process.kill(process.pid, signal));
  };
  process.on("SIGINT", ignore);
  for (const signal of ending) process.once(signal, pass);
  return () => {
    process.off("SIGINT", ignore);
    for (const signal of ending) process.off(signal, pass);
  };
}

const ending = ["SIGTERM", "SIGHUP"] as const;
