import { spawnSync } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { readGoPlugin, type GoPlugin } from "../../../src/loader/go/plugin.ts";
import type { OpenRequest } from "../../../src/loader/go/plugin-open.ts";
import type { Prediction } from "../../../src/loader/prediction.ts";
import { FormatError } from "../../../src/object/format-error.ts";
import { openFile } from "../../support/evidence-open.ts";

/** What a real program did with a file. */
export interface RealAnswer {
  readonly outcome: "loads" | "refused" | "crash";
  /** Its own words: the error, or the first line that says why it ended. */
  readonly message: string | null;
}

/**
 * Opens files in one process, in order; after a crash there are no more answers.
 * @param end what the program prints after each answer, which is empty where the file loads.
 */
export function openReally(
  program: string,
  folder: string,
  names: readonly string[],
  end = "\0",
): readonly RealAnswer[] {
  const { stdout, stderr, status, signal } = spawnSync(program, names, {
    cwd: folder,
    encoding: "utf8",
    env: { PATH: process.env["PATH"], LC_ALL: "C" },
    timeout: 60_000,
  });
  const answers = stdout
    .split(end)
    .slice(0, -1)
    .map((text): RealAnswer =>
      text === "" ? { outcome: "loads", message: null } : { outcome: "refused", message: text },
    );
  if (answers.length === names.length) return answers;
  if (status === 0 && signal === null) throw new Error(`${program} said ${stdout} ${stderr}`);
  const message = /^(?:fatal error|panic): .*/m.exec(stderr)?.[0] ?? null;
  return [...answers, { outcome: "crash", message }];
}

/** dlopen's own answer, which plugin.Open is given: by a C program that is linked to the same loader as the host. */
function dlopenReally(opener: string, folder: string, realPath: string): Prediction {
  const [answer] = openReally(opener, folder, [realPath]);
  if (answer === undefined || answer.outcome === "loads") return { outcome: "loads", needs: [] };
  const first = {
    outcome: answer.outcome,
    check: answer.outcome === "crash" ? ("truncated" as const) : ("magic" as const),
    message: answer.message,
    cause: "The real loader said so.",
  };
  return { outcome: answer.outcome, first, further: [], needs: [] };
}

/** What a prediction needs beside the host. */
export interface Candidate {
  readonly plugin: GoPlugin | undefined;
  readonly request: OpenRequest;
}

const read = new Map<string, GoPlugin | undefined>();
const answered = new Map<string, Prediction>();

export function candidateOf(opener: string, folder: string, name: string): Candidate {
  const path = join(folder, name);
  const realPath = existsSync(path) ? realpathSync(path) : null;
  if (!read.has(path)) read.set(path, realPath === null ? undefined : pluginAt(realPath));
  if (realPath === null)
    return { plugin: undefined, request: { name, realPath, dlopen: { outcome: "loads", needs: [] } } };
  const key = `${opener} ${realPath}`;
  const dlopen = answered.get(key) ?? dlopenReally(opener, folder, realPath);
  answered.set(key, dlopen);
  return { plugin: read.get(path), request: { name, realPath, dlopen } };
}

function pluginAt(path: string): GoPlugin | undefined {
  try {
    return readGoPlugin(openFile(path));
  } catch (error) {
    if (error instanceof FormatError || (error as NodeJS.ErrnoException).code === "EISDIR") return undefined;
    throw error;
  }
}
