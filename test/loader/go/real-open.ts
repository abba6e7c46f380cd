import { spawnSync } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { disk } from "../../../src/files/disk.ts";
import type { GoHost } from "../../../src/loader/go/host.ts";
import { readGoPlugin, type GoPlugin } from "../../../src/loader/go/plugin.ts";
import type { OpenRequest } from "../../../src/loader/go/plugin-open.ts";
import { readLoadingHost, type ElfHost } from "../../../src/loader/loading-host.ts";
import { FormatError } from "../../../src/object/format-error.ts";
import { openFile } from "../../support/evidence-open.ts";
import { predictFor } from "../dlopen/ground.ts";

/** What a real program did with a file. */
export interface RealAnswer {
  readonly outcome: "loads" | "refused" | "crash";
  /** Its own words: the error, or the first line that says why it ended. */
  readonly message: string | null;
}

/**
 * Opens files in one process, in order; after a crash there are no more answers.
 * @param program its path, and before it what runs it.
 * @param end what the program prints after each answer, which is empty where the file loads.
 */
export function openReally(
  program: string | readonly string[],
  folder: string,
  names: readonly string[],
  end = "\0",
): readonly RealAnswer[] {
  const [command = "", ...words] = typeof program === "string" ? [program] : program;
  const { stdout, stderr, status, signal } = spawnSync(command, [...words, ...names], {
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
  if (status === 0 && signal === null)
    throw new Error(`${command} ${words.join(" ")} said ${stdout} ${stderr}`);
  const message = /^(?:fatal error|panic): .*/m.exec(stderr)?.[0] ?? null;
  return [...answers, { outcome: "crash", message }];
}

/** What a prediction needs beside the host. */
export interface Candidate {
  readonly plugin: GoPlugin | undefined;
  readonly request: OpenRequest;
}

const read = new Map<string, GoPlugin | undefined>();

/** A host as the prediction sees it, which goes by the system that the tests run on. */
export function hostAt(file: string): { readonly go: GoHost; readonly elf: ElfHost } {
  const { go, system } = readLoadingHost(disk, openFile(file), file, {});
  if (go === undefined || system.kind !== "dlopen")
    throw new Error(`${file} is a Go program for ELF systems`);
  return { go, elf: system };
}

/** What the host's dlopen says to the file is predicted as well. */
export function candidateOf({ host, target }: ElfHost, folder: string, name: string): Candidate {
  const path = join(folder, name);
  const realPath = existsSync(path) ? realpathSync(path) : null;
  if (!read.has(path)) read.set(path, realPath === null ? undefined : pluginAt(realPath));
  if (realPath === null)
    return { plugin: undefined, request: { name, realPath, dlopen: { outcome: "loads", needs: [] } } };
  const dlopen = predictFor(host, target, realPath);
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
