/** Where in a file a structure was found wanting, and what was expected there. */
export interface FormatProblem {
  /** What is wrong, as a sentence fragment without the file's name: "section header table is cut off". */
  readonly what: string;
  /** Byte offset in the file (in the whole file, also for a slice of a universal one). */
  readonly offset: number;
  /** The value found there, if one value is to blame. */
  readonly found?: number | bigint | string | undefined;
  /** What the format requires instead. */
  readonly expected?: string | undefined;
}

/**
 * The file breaks its own format: a header that lies, a table that is cut off, a number that points outside the file.
 * It is the only error the readers in this folder throw on purpose; whoever opens a file catches it for that
 * file alone.
 */
export class FormatError extends Error implements FormatProblem {
  override readonly name = "FormatError";
  readonly what: string;
  readonly offset: number;
  readonly found: number | bigint | string | undefined;
  readonly expected: string | undefined;

  constructor(problem: FormatProblem) {
    super(describe(problem));
    this.what = problem.what;
    this.offset = problem.offset;
    this.found = problem.found;
    this.expected = problem.expected;
  }
}

function describe({ what, offset, found, expected }: FormatProblem): string {
  const place = ` at offset 0x${offset.toString(16)}`;
  const value = found === undefined ? "" : `: found ${String(found)}`;
  const wanted = expected === undefined ? "" : `${found === undefined ? ":" : ","} expected ${expected}`;
  return what + place + value + wanted;
}
