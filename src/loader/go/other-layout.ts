import type { GoPluginTable } from "../../evidence/go/plugin-table.ts";
import type { Obstacle } from "../obstacle.ts";
import type { ModuleLayout } from "./module-layout.ts";
import { GO } from "./messages.ts";
import { thrown } from "./open-text.ts";

/*
 * The moduledata of Go 1.21 and 1.22 has the same size as that of 1.26, and that of Go 1.20 as that of 1.27, but the fields are in
 * other places. The plugin then gets into the host's list, and the host reads the wrong words of it:
 *   -4 -3       ptab's length and capacity
 *   -2 -1       pluginpath's pointer and length
 *    0  1  2    pkghashes' pointer, length and capacity
 *    3          inittasks' pointer, which is never nil: package runtime has such tasks
 * counted from the plugin's pkghashes. Tried with all of these releases: docs/loader-go.md.
 */
type Word = number | "pointer" | "unknown";

/** An invalid address below this is reported as nil (Go: src/runtime/signal_unix.go, sigpanic). */
const nilPage = 4096;

/** The end of the first entry that is read (moduledata.pkghashes, runtimehash of a 64-bit program). */
const entryEnd = 40;

/** What happens if the host's fields are in other places than the plugin's; undefined if they are the same, or either is unknown. */
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
      "Plugin and host were built with Go releases whose moduledata has the same size but different fields: the host reads the wrong fields as package hashes and crashes.",
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

/** A pointer read as a length is not 0. Valid pointers are not followed: the message is unknown then. */
function messageOf(pathLength: Word, data: Word, length: Word): string | null {
  if (pathLength === 0) return thrown(GO.emptyPath.words);
  const isFault = typeof data === "number" && data + entryEnd < nilPage;
  return isFault && pathLength !== "unknown" && length !== "unknown" && length !== 0
    ? GO.otherLayout.words
    : null;
}
