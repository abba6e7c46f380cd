import { createReadStream, fstatSync, statSync, type Stats } from "node:fs";
import { unreadable, unreadableText } from "../../artifact/unreadable.ts";
import { UsageError } from "../../check/model/usage-error.ts";

/** The flags that give a list of files. */
export interface FilesFromFlags {
  readonly "files-from"?: string | undefined;
  readonly null?: boolean;
}

/** A list may be a pipe that never ends: no more is read than so many entries, bytes of one path, and bytes in all. */
const limits = { entries: 1_000_000, path: 4096, bytes: 256 * 1024 * 1024 } as const;

/**
 * The files in a list: one per line, or each ended by a NUL; empty entries are skipped. undefined if there is no list. The list is
 * read as a stream, so that it may be a pipe.
 * @param folders folders to search for plugins; they cannot be combined with a list.
 * @throws UsageError if the list cannot be read, or is over one of the limits.
 */
export async function filesFrom(
  flags: FilesFromFlags,
  folders?: readonly string[],
): Promise<readonly string[] | undefined> {
  const { "files-from": list, null: byNul = false } = flags;
  if (list === undefined) return undefined;
  if (folders !== undefined && folders.length > 0) {
    throw new UsageError("bad-usage", "folders and --files-from cannot be combined", [
      "List the plugin files themselves, not folders.",
    ]);
  }
  if (list === "-") refuseNoStdin();
  const reader = new ListReader(list === "-" ? "stdin" : list, byNul);
  try {
    const stream: AsyncIterable<Buffer> = list === "-" ? process.stdin : createReadStream(list);
    for await (const chunk of stream) reader.add(chunk);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const subject = list === "-" ? "stdin" : "the list";
    throw new UsageError(
      "file-unreadable",
      `${list}: ${unreadableText(unreadable(list, null, error), subject)}`,
    );
  }
  return reader.end();
}

/** Node opens the null device in place of a closed stdin. Neither has a list, and an empty one would pass. */
function refuseNoStdin(): void {
  if (!isNullDevice(fstatSync(0))) return;
  throw new UsageError(
    "bad-usage",
    "--files-from - reads the list from stdin, which is closed or /dev/null",
    ["Pipe the list into the command, or name its file."],
  );
}

function isNullDevice(stat: Stats): boolean {
  const nullDevice = statSync("/dev/null", { throwIfNoEntry: false });
  return stat.isCharacterDevice() && stat.rdev === nullDevice?.rdev;
}

/** Takes a list in pieces. No more of it is kept than the paths. */
class ListReader {
  readonly #files: string[] = [];
  readonly #end: number;
  /** The beginning of the path that the next piece goes on with. */
  #begun: Buffer = Buffer.alloc(0);
  #bytes = 0;
  #entries = 0;

  constructor(
    private readonly name: string,
    private readonly byNul: boolean,
  ) {
    this.#end = byNul ? 0 : 0x0a;
  }

  /** @throws UsageError if the list is over one of the limits. */
  add(chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes > limits.bytes) throw this.#tooLong(`is longer than ${limits.bytes} bytes`);
    let start = 0;
    for (let end = chunk.indexOf(this.#end); end !== -1; end = chunk.indexOf(this.#end, start)) {
      if (++this.#entries > limits.entries) throw this.#tooLong(`has more than ${limits.entries} entries`);
      this.#take(Buffer.concat([this.#begun, chunk.subarray(start, end)]));
      this.#begun = Buffer.alloc(0);
      start = end + 1;
    }
    this.#begun = Buffer.concat([this.#begun, chunk.subarray(start)]);
    this.#checkPath(this.#begun);
  }

  end(): readonly string[] {
    this.#take(this.#begun);
    return this.#files;
  }

  #take(bytes: Buffer): void {
    this.#checkPath(bytes);
    let path = bytes.toString("utf8");
    if (!this.byNul && path.endsWith("\r")) path = path.slice(0, -1);
    // Some editors start a file with a byte order mark.
    if (this.#files.length === 0) path = path.replace(/^\ufeff/, "");
    if (path === "") return;
    this.#files.push(path);
  }

  /** No file system has such a path: say what is wrong instead of not finding the file. */
  #checkPath(bytes: Buffer): void {
    if (bytes.includes(0)) {
      throw new UsageError("bad-usage", `${this.name}: a path cannot contain a NUL`, [
        "With --null (-0), paths are separated by NULs, not newlines.",
      ]);
    }
    if (bytes.length <= limits.path) return;
    const hint = this.byNul ? "With --null (-0), paths are separated by NULs, not newlines." : undefined;
    throw new UsageError(
      "bad-usage",
      `${this.name}: a path is longer than ${limits.path} bytes`,
      hint === undefined ? [] : [hint],
    );
  }

  #tooLong(how: string): UsageError {
    return new UsageError("bad-usage", `${this.name}: the list ${how}, which is the limit`, [
      "Split the list, and run the command once for each part.",
    ]);
  }
}
