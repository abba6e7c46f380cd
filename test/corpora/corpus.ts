import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { answerTo } from "../fuzz/property.ts";
import { elfFiles, sceneOf } from "../fuzz/scene.ts";

/** A longer file is left out, in bytes: Go's are the longest with 3 MB. */
const longest = 16 * 2 ** 20;

/** What became of the files of one source. */
export interface Count {
  files: number;
  elf: number;
  macho: number;
  /** As their first bytes say. */
  neither: number;
  /** They look like an object file, but cannot be read. */
  refused: number;
  /** How often each reason was given, without offsets and numbers. */
  readonly reasons: Map<string, number>;
  /** Each with the file's path. */
  readonly wrong: string[];
}

/**
 * Reads every file in a folder, as a plugin and as a host.
 * @param wanted which files, by their paths.
 */
export async function readFolder(
  folder: string,
  wanted: (path: string) => boolean = () => true,
): Promise<Count> {
  const count: Count = { files: 0, elf: 0, macho: 0, neither: 0, refused: 0, reasons: new Map(), wrong: [] };
  const plugin = elfFiles[0] ?? Buffer.alloc(0);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || !wanted(path)) continue;
    const bytes = contentOf(path);
    if (bytes === undefined || bytes.length === 0 || bytes.length > longest) continue;
    const { read } = await answerTo(sceneOf(bytes), false);
    const isNeither = read.startsWith("not ELF or Mach-O");
    count.files++;
    if (read === "elf" || read === "macho") count[read]++;
    else if (isNeither) count.neither++;
    else {
      count.refused++;
      const reason = read.replaceAll(/0x[0-9a-f]+|\d+/g, "N");
      count.reasons.set(reason, (count.reasons.get(reason) ?? 0) + 1);
    }
    // What is neither is refused by its first bytes.
    const scenes = [sceneOf(bytes), sceneOf(plugin, bytes)];
    for (const scene of scenes) {
      const { wrong } = await answerTo(scene, !isNeither);
      if (wrong !== undefined) count.wrong.push(`${path}: ${wrong}`);
    }
  }
  return count;
}

/** What is packed so that no scanner takes offense at it is unpacked; undefined if that fails. */
function contentOf(path: string): Buffer | undefined {
  const bytes = readFileSync(path);
  try {
    if (path.endsWith(".base64")) return Buffer.from(bytes.toString("latin1"), "base64");
    if (path.endsWith(".gz")) return gunzipSync(bytes, { maxOutputLength: longest });
    if (path.endsWith(".bz2")) {
      const limits = { maxBuffer: longest, stdio: ["pipe", "pipe", "ignore"] as const };
      return execFileSync("bzip2", ["-dc"], { ...limits, stdio: [...limits.stdio], input: bytes });
    }
    return bytes;
  } catch {
    return undefined;
  }
}
