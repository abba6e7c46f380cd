import type { Progress } from "../../check/model/request.ts";
import { visible } from "../../report/model/visible.ts";
import { holdInterruptions } from "./interruption.ts";
import { isInteractive } from "./screen.ts";

/** Progress appears only after this time, and is then updated this often, in milliseconds. */
const patience = 500;
const interval = 100;

const eraseLine = "\r\u001b[2K";

function erase(): void {
  process.stderr.write(eraseLine);
}

/**
 * Does the work while one line on stderr shows how far it is. There is no such line if stderr is not a terminal, in CI, or if it
 * is not wanted.
 * @returns the result, and how many seconds it took.
 */
export async function withProgress<Result>(
  wanted: boolean,
  work: (progress: Progress) => Promise<Result>,
): Promise<{ readonly result: Result; readonly seconds: number }> {
  const start = performance.now();
  let last = 0;
  let release: (() => void) | undefined;
  const show: Progress = (done, total, path) => {
    const now = performance.now();
    if (now - start < patience || now - last < interval) return;
    if (last === 0) release = holdInterruptions(erase);
    last = now;
    const width = (process.stderr.columns || 80) - 1;
    process.stderr.write(eraseLine + `${done}/${total} ${visible(path)}`.slice(0, width));
  };
  const ignore: Progress = () => undefined;
  try {
    const result = await work(wanted && isInteractive(process.stderr) ? show : ignore);
    return { result, seconds: (performance.now() - start) / 1000 };
  } finally {
    if (release !== undefined) erase();
    release?.();
  }
}

/** A program that runs this long is named on the terminal, and then how long it runs, in milliseconds. */
const tick = 1000;

/**
 * Does work that waits for other programs, while one line on stderr says which one runs and for how long. There is no such line if stderr is
 * not a terminal, and in CI.
 * @param work is given what to call when a program is started, with its command line.
 */
export async function withActivity<Result>(
  work: (started: (command: string) => void) => Promise<Result>,
): Promise<Result> {
  if (!isInteractive(process.stderr)) return work(() => undefined);
  let command = "";
  let since = performance.now();
  let release: (() => void) | undefined;
  const timer = setInterval(() => {
    if (command === "") return;
    release ??= holdInterruptions(erase);
    const width = (process.stderr.columns || 80) - 1;
    const seconds = Math.round((performance.now() - since) / 1000);
    process.stderr.write(eraseLine + `${seconds} s ${visible(command)}`.slice(0, width));
  }, tick);
  try {
    return await work((next) => {
      command = next;
      since = performance.now();
    });
  } finally {
    clearInterval(timer);
    if (release !== undefined) erase();
    release?.();
  }
}
