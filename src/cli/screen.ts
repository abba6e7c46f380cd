import type { ScreenOptions } from "../report/screen/layout/style.ts";
import { colourLevel } from "./colour.ts";
import { writeRemark } from "./output.ts";

/** How a report looks on this stdout: as wide as the terminal, unbounded in a pipe. */
export function screenOptions(colour: boolean | undefined): ScreenOptions {
  const { stdout, env } = process;
  const isTerminal = stdout.isTTY;
  return {
    width: isTerminal && stdout.columns > 0 ? stdout.columns : null,
    colour: colourLevel({
      flag: colour,
      environment: env,
      isTerminal,
      depth: isTerminal ? stdout.getColorDepth(withoutWishes(env)) : 1,
    }),
    unicode: speaksUnicode(env),
  };
}

/** A line for people after the report, set apart from it where both are seen together. */
export function besideReport(text: string): void {
  const together = process.stdout.isTTY && process.stderr.isTTY;
  writeRemark(together ? `\n${text}` : text);
}

/** What the terminal can do is asked for here, not what is wished: Node would warn of wishes that contradict each other. */
function withoutWishes(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const wishes = ["FORCE_COLOR", "NO_COLOR", "NODE_DISABLE_COLORS"];
  return Object.fromEntries(Object.entries(env).filter(([name]) => !wishes.includes(name)));
}

/** POSIX: LC_ALL goes before LC_CTYPE, that before LANG. Where none is set, as in many containers, UTF-8 is usual by now. */
function speaksUnicode(env: NodeJS.ProcessEnv): boolean {
  if (env["TERM"] === "dumb") return false;
  const locale = [env["LC_ALL"], env["LC_CTYPE"], env["LANG"]].find(
    (value) => value !== undefined && value !== "",
  );
  return locale === undefined || /utf-?8/i.test(locale);
}
