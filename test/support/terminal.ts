import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { lackOf } from "./need.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Why no terminal can be had here; undefined if one can. */
export const noTerminal: string | undefined = lackOf("script");

export interface TerminalRun {
  readonly code: number | null;
  /** What the terminal was sent, stdout and stderr together, with plain line breaks. */
  readonly screen: string;
}

/** What a person does at the terminal. */
export interface Sitting {
  readonly columns: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** One after the other: once the screen shows a text, these keys are typed, or something else is done. */
  readonly keys?: readonly (readonly [shown: string, typed: string | ((screen: string) => void)])[];
  /** Whether keys are typed again as long as nothing comes of them: less throws away what was typed around a Ctrl-C. */
  readonly insists?: boolean;
  /** Commands of the shell before `plugins` takes its place. */
  readonly before?: string;
}

/** Runs `plugins` in the folder of the project with a pseudo-terminal of so many columns for stdout and stderr. */
export function runInTerminal(
  args: readonly string[],
  columns: number,
  env: Readonly<Record<string, string>> = {},
): TerminalRun {
  const { status, stdout } = spawnSync("script", scriptOf(args, { columns }), {
    ...optionsOf(env),
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
    maxBuffer: 16 * 1024 * 1024,
  });
  return { code: status, screen: stdout.replaceAll("\r\n", "\n") };
}

/** The same with somebody at the keyboard, who leaves once all keys are typed and the command has ended. */
export async function sitAtTerminal(args: readonly string[], sitting: Sitting): Promise<TerminalRun> {
  const terminal = spawn("script", scriptOf(args, sitting), {
    ...optionsOf(sitting.env ?? {}),
    stdio: ["pipe", "pipe", "inherit"],
  });
  const keys = [...(sitting.keys ?? [])];
  let screen = "";
  let from = 0;
  let last = "";
  // It may be gone before what is typed gets there.
  terminal.stdin.on("error", () => undefined);
  const insisting = setInterval(() => {
    if (sitting.insists === true && last !== "") terminal.stdin.write(last);
  }, 1000);
  terminal.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    screen += chunk;
    const [next] = keys;
    const at = next === undefined ? -1 : screen.indexOf(next[0], from);
    if (next === undefined || at < 0) return;
    from = at + next[0].length;
    keys.shift();
    if (typeof next[1] !== "string") {
      next[1](screen);
      return;
    }
    last = next[1];
    terminal.stdin.write(last);
  });
  const [code] = (await once(terminal, "close")) as [number | null];
  clearInterval(insisting);
  if (keys.length > 0) throw new Error(`the terminal never showed ${JSON.stringify(keys[0])}:\n${screen}`);
  return { code, screen: screen.replaceAll("\r\n", "\n") };
}

function scriptOf(args: readonly string[], { columns, rows = 50, before }: Sitting): readonly string[] {
  const words = [process.execPath, "bin/run.js", ...args].map((word) => `'${word}'`);
  const commands = [`stty cols ${columns} rows ${rows}`, ...(before === undefined ? [] : [before])];
  // A shell that waits for it would end by Ctrl-C before it does.
  return ["-qec", [...commands, `exec ${words.join(" ")}`].join("\n"), "/dev/null"];
}

function optionsOf(env: Readonly<Record<string, string>>) {
  return {
    cwd: root,
    env: { PATH: process.env["PATH"], HOME: "/nonexistent", TERM: "xterm-256color", LANG: "C.UTF-8", ...env },
  };
}
