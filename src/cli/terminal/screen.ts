import type { ScreenOptions } from "../../report/screen/layout/style.ts";
import { colorLevel } from "./color.ts";
import { writeRemark } from "./output.ts";

/** The format of a report on this stdout: as wide as the terminal, unlimited in a pipe. */
export function screenOptions(color: boolean | undefined): ScreenOptions {
  const { stdout, env } = process;
  const isTerminal = stdout.isTTY;
  return {
    width: isTerminal && stdout.columns > 0 ? stdout.columns : null,
    color: colorLevel({
      flag: color,
      environment: env,
      isTerminal,
      depth: isTerminal ? stdout.getColorDepth(withoutWishes(env)) : 1,
    }),
    unicode: speaksUnicode(env),
  };
}

/** A line for people after the report, separated from it if both appear in one terminal. */
export function besideReport(text: string): void {
  const together = process.stdout.isTTY && process.stderr.isTTY;
  writeRemark(together ? `\n${text}` : text);
}

/** Columns of the terminal that remarks go to; undefined for a pipe. */
export function stderrWidth(): number | undefined {
  const { isTTY, columns } = process.stderr;
  return isTTY && columns > 0 ? columns : undefined;
}

/** Whether a person sits at the stream: a terminal that can do more than show text, and not that of a CI job. */
export function isInteractive({ isTTY }: Pick<NodeJS.WriteStream, "isTTY">): boolean {
  const { CI = "", TERM } = process.env;
  return isTTY && CI === "" && TERM !== "dumb";
}

/** Asks what the terminal can do, not what the user wants: Node would warn about variables that contradict each other. */
function withoutWishes(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const wishes = ["FORCE_COLOR", "NO_COLOR", "NODE_DISABLE_COLORS"];
  return Object.fromEntries(Object.entries(env).filter(([name]) => !wishes.includes(name)));
}

/** POSIX: LC_ALL overrides LC_CTYPE, which overrides LANG. If none is set, as in many containers, UTF-8 is a safe guess. */
function speaksUnicode(env: NodeJS.ProcessEnv): boolean {
  if (env["TERM"] === "dumb") return false;
  const locale = [env["LC_ALL"], env["LC_CTYPE"], env["LANG"]].find(
    (value) => value !== undefined && value !== "",
  );
  return locale === undefined || /utf-?8/i.test(locale);
}
