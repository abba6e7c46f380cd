import { spawn, spawnSync, type ChildProcess } from "node:child_process";

/** A program to run to its end. */
export interface ProgramRun {
  /** A name that is looked up on the PATH, or a path. */
  readonly program: string;
  /** Handed over as they are: no shell reads them. */
  readonly args: readonly string[];
  readonly folder: string;
  /** Added to this process's environment; undefined removes a variable. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** A longer output ends the program, in bytes for each stream. */
  readonly outputLimit?: number;
  /** A longer run is ended, in milliseconds. */
  readonly timeLimit?: number;
}

/** How a program ended, with what it wrote. Its command line is for people. */
export type ProgramEnd =
  | { readonly kind: "ended"; readonly code: number; readonly stdout: string; readonly stderr: string }
  /** By a signal that this process did not send. */
  | { readonly kind: "killed"; readonly signal: string; readonly stderr: string }
  /** It is not on the PATH, or not executable. */
  | { readonly kind: "missing" }
  | { readonly kind: "no-folder" }
  | { readonly kind: "too-long"; readonly limit: "time" | "output"; readonly stderr: string };

/** What go and cargo write for hundreds of modules is some megabytes. */
const usualOutputLimit = 256 * 2 ** 20;

/** Longer than any listing takes, downloads of modules included. */
const usualTimeLimit = 30 * 60_000;

/** How long a program may tidy up after it was told to end, in milliseconds. */
const grace = 3000;

/**
 * Runs a program in a process group of its own and waits for its end. What ends this process from outside (Ctrl-C, SIGTERM) ends the whole
 * group first, so that no compiler that it started is left behind; then this process ends by the same signal.
 */
export function runProgram({
  program,
  args,
  folder,
  environment = {},
  outputLimit = usualOutputLimit,
  timeLimit = usualTimeLimit,
}: ProgramRun): Promise<ProgramEnd> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: folder,
      env: { ...process.env, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    let limit: "time" | "output" | undefined;
    const stop = (reason: "time" | "output"): void => {
      limit ??= reason;
      endGroup(child, "SIGKILL");
    };
    const stdout = collect(child.stdout, outputLimit, () => {
      stop("output");
    });
    const stderr = collect(child.stderr, outputLimit, () => {
      stop("output");
    });
    const timer = setTimeout(() => {
      stop("time");
    }, timeLimit);
    const release = passSignals(child);
    child.once("error", (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      release();
      // A folder that is not there gives the same error as a program that is not (Node: child_process.spawn, `cwd`).
      if (error.code === "ENOENT" && !canStartIn(folder)) resolve({ kind: "no-folder" });
      else if (error.code === "ENOENT" || error.code === "EACCES") resolve({ kind: "missing" });
      else reject(error);
    });
    child.once("close", (code, signal) => {
      clearTimeout(timer);
      release();
      if (limit !== undefined) resolve({ kind: "too-long", limit, stderr: stderr() });
      else if (code === null) resolve({ kind: "killed", signal: signal ?? "", stderr: stderr() });
      else resolve({ kind: "ended", code, stdout: stdout(), stderr: stderr() });
    });
  });
}

/** Whether a program that is surely there can be started in a folder. */
function canStartIn(folder: string): boolean {
  return spawnSync(process.execPath, ["--version"], { cwd: folder, stdio: "ignore" }).error === undefined;
}

/** @returns the text so far. */
function collect(stream: NodeJS.ReadableStream, limit: number, onLimit: () => void): () => string {
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size > limit) onLimit();
    else chunks.push(chunk);
  });
  return () => Buffer.concat(chunks).toString("utf8");
}

/** The program and what it started. A group that is gone already is fine. */
function endGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

const ending = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** @returns what ends it; a signal that has come meanwhile ends this process then. */
function passSignals(child: ChildProcess): () => void {
  let came: NodeJS.Signals | undefined;
  let impatience: NodeJS.Timeout | undefined;
  const pass = (signal: NodeJS.Signals): void => {
    came ??= signal;
    endGroup(child, signal);
    impatience ??= setTimeout(() => {
      endGroup(child, "SIGKILL");
    }, grace);
  };
  const atExit = (): void => {
    endGroup(child, "SIGKILL");
  };
  for (const signal of ending) process.on(signal, pass);
  process.once("exit", atExit);
  return () => {
    clearTimeout(impatience);
    for (const signal of ending) process.off(signal, pass);
    process.off("exit", atExit);
    if (came === undefined) return;
    // Of the group, whoever did not listen.
    endGroup(child, "SIGKILL");
    process.kill(process.pid, came);
  };
}
