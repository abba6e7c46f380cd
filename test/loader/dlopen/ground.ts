import { spawnSync } from "node:child_process";
import { realpathSync, statSync } from "node:fs";
import { disk } from "../../../src/files/disk.ts";
import { readDlopenHost, type DlopenHost } from "../../../src/loader/elf/host.ts";
import { predictDlopen, type Target } from "../../../src/loader/dlopen/predict.ts";
import type { System } from "../../../src/loader/elf/system.ts";
import type { Prediction } from "../../../src/loader/prediction.ts";
import { openElf } from "../../../src/object/elf/file.ts";
import { Image } from "../../../src/object/image.ts";

/** What a loader really did, or what was predicted. */
export interface Answer {
  readonly outcome: Prediction["outcome"];
  /** The loader's words; null for a crash. */
  readonly message: string | null;
}

/** A real loader. */
export interface Loader {
  readonly name: string;
  /** What runs before the host's path, to use it instead of the host's own. */
  readonly command: readonly string[];
  readonly system: System;
}

/** Opens the file in a process of the host's. */
export function reallyOpen({ command }: Pick<Loader, "command">, host: string, path: string): Answer {
  const words = [...command, host, path];
  const [program, args] = [words[0] ?? host, words.slice(1)];
  const { stdout, status, signal } = spawnSync(program, args, { encoding: "utf8", timeout: 20_000, env: {} });
  if (stdout.startsWith("loaded") && status === 0) return { outcome: "loads", message: null };
  if (stdout.startsWith("refused ")) return { outcome: "refused", message: stdout.slice(8) };
  if (signal === null && status !== 127) throw new Error(`the host ended with ${status}: ${stdout}`);
  return { outcome: "crash", message: null };
}

export function readHost({ system }: Pick<Loader, "system">, host: string): DlopenHost {
  const image = Image.open(disk, host);
  try {
    return readDlopenHost(openElf(image), {
      realPath: realpathSync(host),
      origin: system.root.folderOf(host),
    });
  } finally {
    image.close();
  }
}

export function predictLoad(loader: Loader, host: string, path: string): Prediction {
  return predictFor(readHost(loader, host), loader.system, path);
}

export function predictFor(host: DlopenHost, system: Target | undefined, path: string): Prediction {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return predictDlopen({ error: "missing", path }, host, system);
  if (stat.isDirectory()) return predictDlopen({ error: "folder", path }, host, system);
  const source = Image.open(disk, path);
  try {
    return predictDlopen({ source, path, realPath: realpathSync(path) }, host, system);
  } finally {
    source.close();
  }
}

export function answerOf(prediction: Prediction): Answer {
  if (prediction.outcome === "loads") return { outcome: "loads", message: null };
  if (prediction.outcome === "unknown") return { outcome: "unknown", message: prediction.why };
  const { outcome, message } = prediction.first;
  return { outcome, message };
}
