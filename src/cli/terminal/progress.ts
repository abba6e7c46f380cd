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
