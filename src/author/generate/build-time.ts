import { UsageError } from "../../check/model/usage-error.ts";
import { askTool, type Tool } from "./tool.ts";

const git: Tool = { program: "git", how: "Install git." };

/** The latest moment that RFC 3339 can write, in seconds since 1970: 9999-12-31T23:59:59Z. */
const latest = 253_402_300_799;

/**
 * When a build of the sources is said to be made, so that every build of them says the same: SOURCE_DATE_EPOCH
 * (reproducible-builds.org/specs/source-date-epoch), else the time of the commit that is checked out.
 * @param folder of the sources; undefined if there are none.
 * @returns RFC 3339, or undefined if neither tells.
 * @throws UsageError if SOURCE_DATE_EPOCH is not a number of seconds.
 */
export async function buildTime(folder: string | undefined): Promise<string | undefined> {
  const epoch = process.env["SOURCE_DATE_EPOCH"];
  if (epoch !== undefined && epoch !== "") {
    const seconds = /^\d{1,12}$/.test(epoch) ? Number(epoch) : Infinity;
    if (seconds <= latest) return timeText(seconds);
    throw new UsageError("bad-usage", `SOURCE_DATE_EPOCH is not a number of seconds since 1970: ${epoch}`);
  }
  return folder === undefined ? undefined : commitTime(folder);
}

/**
 * Asked is plumbing that reads no file of the work tree and runs no program that the repository's own configuration may name, so that a
 * folder of another user is safe to ask about. Sources that were unpacked inside some other repository are not in its commit.
 */
async function commitTime(folder: string): Promise<string | undefined> {
  const ask = (...args: readonly string[]): Promise<string | undefined> =>
    askTool(git, { args: ["-c", "safe.directory=*", ...args], folder, environment: noRepository });
  if (((await ask("ls-tree", "--name-only", "HEAD", "./")) ?? "") === "") return undefined;
  const seconds = /^(\d+) /.exec((await ask("rev-list", "--max-count=1", "--timestamp", "HEAD")) ?? "")?.[1];
  return seconds === undefined || Number(seconds) > latest ? undefined : timeText(Number(seconds));
}

/** A hook of some repository runs with variables that name it (git: `rev-parse --local-env-vars`); the sources may be in another one. */
const noRepository = Object.fromEntries(
  ["GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY", "GIT_INDEX_FILE", "GIT_PREFIX"].map(
    (name) => [name, undefined],
  ),
);

function timeText(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
}
