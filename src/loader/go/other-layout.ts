import type { GoPluginTable } from "../../evidence/go/plugin-table.ts";
import type { Obstacle } from "../prediction.ts";
import type { ModuleLayout } from "./module-layout.ts";
import { thrown } from "./open-text.ts";

/*
 * Go 1.21 and 1.22 have a moduledata of the same size as 1.26, Go 1.20 one as 1.27, but their fields stand elsewhere. The plugin then
 * gets into the host's list, and the host reads other words of it than it believes:
 *   -4 -3       ptab's length and capacity
 *   -2 -1       pluginpath's pointer and length
 *    0  1  2    pkghashes' pointer, length and capacity
 *    3          inittasks' pointer, which is never nil: package runtime has such tasks
 * counted from the plugin's pkghashes. Tried with all of these releases: docs/loader-go.md.
 */
type Word = number | "pointer" | "unknown";

/** Up to here an address that cannot be read is taken for nil (Go: src/runtime/signal_unix.go, sigpanic). */
const nilPage = 4096;

/** The last byte of the first entry that is looked at (moduledata.pkghashes, runtimehash of a 64-bit program). */
const entryEnd = 40;

/** Where the host's fields are not the plugin's; undefined where they are the same, or where either is not known. */
export function otherLayout(
  table: GoPluginTable,
  plugin: ModuleLayout,
  host: ModuleLayout,
): Obstacle | undefined {
  if (host.packageHashes === undefined || host.packageHashes === table.packageHashesAt) return undefined;
  const shift = host.packageHashes - table.packageHashesAt;
  const pathLength = wordAt(table, shift - 1);
  const data = wordAt(table, shift);
  const length = wordAt(table, shift + 1);
  const place = (words: number): string => `pkghashes at word ${words}`;
  return {
    outcome: "crash",
    check: "other-module-layout",
    message: messageOf(pathLength, data, length),
    cause:
      "Plugin and host were built with Go releases whose moduledata has the same size but other fields: the host takes other words for the package hashes and faults.",
    plugin: { value: place(table.packageHashesAt), from: `moduledata of ${plugin.size} words` },
    host: { value: place(host.packageHashes), from: `moduledata of ${host.size} words` },
  };
}

function wordAt(table: GoPluginTable, at: number): Word {
  const words: Readonly<Record<number, Word>> = {
    [-4]: table.exportCount,
    [-3]: table.exportCount,
    [-2]: "pointer",
    [-1]: Buffer.byteLength(table.symbolPath),
    0: "pointer",
    1: table.checks.length,
    2: table.checks.length,
    3: "pointer",
  };
  return words[at] ?? "unknown";
}

/** A pointer taken for a length is not 0. What is read through a pointer that leads somewhere is not followed: the words are not known. */
function messageOf(pathLength: Word, data: Word, length: Word): string | null {
  if (pathLength === 0) return thrown("runtime: plugin has empty pluginpath");
  const isFault = typeof data === "number" && data + entryEnd < nilPage;
  return isFault && pathLength !== "unknown" && length !== "unknown" && length !== 0
    ? "panic: runtime error: invalid memory address or nil pointer dereference"
    : null;
}
