import { spawn, type SpawnOptions } from "node:child_process";
import { fileURLToPath } from "node:url";

const bin = fileURLToPath(new URL("../../bin/run.js", import.meta.url));

/** What one run of the real command gave. */
export interface CliRun {
  /** 128 + the signal's number where one ended it, as a shell has it. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly cwd?: string;
  /** Added to an environment without color, locale or settings of the command, but with the places of toolchains. */
  readonly env?: Readonly<Record<string, string>>;
  /** Without the right of root to read every file: setpriv (util-linux) takes it away. Changes nothing for other users. */
  readonly withoutRoot?: boolean;
  /** Called once the process runs. */
  readonly during?: (child: ReturnType<typeof spawn>) => void;
  readonly script?: string;
  /** What it is given on stdin; nothing if left out. */
  readonly input?: string;
}

const signals: Readonly<Record<string, number>> = { SIGINT: 2, SIGKILL: 9, SIGPIPE: 13, SIGTERM: 15 };
/** Where toolchains are, if not at their usual places in HOME. */
const places = ["RUSTUP_HOME", "CARGO_HOME", "GOPATH", "GOMODCACHE", "GOCACHE"];
const rights = "-dac_override,-dac_read_search";

/** Runs `plugins` with these arguments, its output in pipes. */
export function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliRun> {
  const command = [process.execPath, options.script ?? bin, ...args];
  const whole =
    options.withoutRoot === true && process.getuid?.() === 0
      ? ["setpriv", `--bounding-set=${rights}`, `--inh-caps=${rights}`, ...command]
      : command;
  const { PATH = "", HOME = "" } = process.env;
  const toolchains = places.flatMap((name) => {
    const place = process.env[name];
    return place === undefined ? [] : [[name, place] as const];
  });
  const spawnOptions: SpawnOptions = {
    env: { PATH, HOME, LANG: "C.UTF-8", ...Object.fromEntries(toolchains), ...options.env },
    stdio: [options.input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  };
  return new Promise((resolve, reject) => {
    const [program = "", ...rest] = whole;
    const child = spawn(program, rest, spawnOptions);
    const chunks: { readonly stdout: Buffer[]; readonly stderr: Buffer[] } = { stdout: [], stderr: [] };
    child.stdout?.on("data", (chunk: Buffer) => chunks.stdout.push(chunk));
    child.stderr?.on("data", (chunk: Buffer) => chunks.stderr.push(chunk));
    child.once("error", reject);
    child.once("close", (code, signal) => {
      resolve({
        code: code ?? 128 + (signals[signal ?? ""] ?? 0),
        stdout: Buffer.concat(chunks.stdout).toString("utf8"),
        stderr: Buffer.concat(chunks.stderr).toString("utf8"),
      });
    });
    child.stdin?.end(options.input);
    options.during?.(child);
  });
}
