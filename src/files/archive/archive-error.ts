/** The archive is refused: it is broken, hostile, or of a kind that is not read. The message is a clause without the archive's path. */
export class ArchiveError extends Error {
  override readonly name = "ArchiveError";
  constructor(
    message: string,
    /** What to try next, one sentence each. */
    readonly hints: readonly string[] = [],
  ) {
    super(message);
  }
}
