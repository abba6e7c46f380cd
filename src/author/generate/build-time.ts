import { UsageError } from "../../check/model/usage-error.ts";
import { askTool, type Tool } from "./tool.ts";

const git: Tool = { program: "git", how: "Install git." };

/** The latest moment that RFC 3339 can write, in seconds since 1970: 9999-12-31T23:59:59Z. */
const latest = 253_402_300_799;

/**
 * When a build of the sources is said to be made, so that every build of them says the same: SOURCE_DATE_EPOCH
 * (reproducible-builds.org/specs/source-date-epoch), else the time of the commit that is checked out.
 * @param marker a file of the sources in `folder` that is under version control if they are.
 * @returns RFC 3339, or undefined if neither tells.
 * @throws UsageError if SOURCE_DATE_EPOCH is not a number of seconds.
 */
export async function buildTime(folder: string, marker: string | undefined): Promise<string | undefined> {
  const epoch = process.env["SOURCE_DATE_EPOCH"];
  if (epoch !== undefined && epoch !== "") {
    const seconds = /^\d{1,12}$/.test(epoch) ? Number(epoch) : Infinity;
    if (seconds <= latest) return timeText(seconds);
    throw new UsageError("bad-usage", `SOURCE_DATE_EPOCH is not a number of seconds since 1970: ${epoch}`);
  }
  return marker === undefined ? undefined : commitTime(folder, marker);
}

/**
 * Asked is plumbing that reads no file of the work tree and runs no program that the repository's own configuration may name, so that a
 * folder of another user is safe to ask about. Sources that were unpacked inside some other repository are not in its commit.
 */
async function commitTime(folder: string, marker: string): Promise<string | undefined> {
  const ask = (...args: readonly string[]): Promise<string | undefined> =>
    askTool(git, { args: ["-c", "safe.directory=*", ...args], folder });
  if ((await ask("cat-file", "-e", `HEAD:./${marker}`)) === undefined) return undefined;
  const seconds = /^(\d+) /.exec((await ask("rev-list", "--max-count=1", "--timestamp", "HEAD")) ?? "")?.[1];
  return seconds === undefined || Number(seconds) > latest ? undefined : timeText(Number(seconds));
}

function timeText(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
}
