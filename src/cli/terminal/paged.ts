import { stripVTControlCharacters } from "node:util";
import type { Pager } from "../../process/pager.ts";
import { writeReport } from "./output.ts";
import { isInteractive } from "./screen.ts";

/** Writes a screen to stdout; on a terminal that is not high enough for it, through the user's pager. */
export async function writePaged(screen: string): Promise<void> {
  const pager = pagerOf(process.env);
  const { stdout } = process;
  if (pager !== undefined && isInteractive(stdout) && isLonger(screen, stdout)) {
    const { showInPager } = await import("../../process/pager.ts");
    if (await showInPager(screen, pager)) return;
  }
  writeReport(screen);
}

/** As git does it: `cat` or nothing is no pager, and less shows colors and leaves the screen where it is. @internal for tests */
export function pagerOf(environment: NodeJS.ProcessEnv): Pager | undefined {
  const { PLUGINS_PAGER, PAGER, LESS = "FRX" } = environment;
  const command = (PLUGINS_PAGER ?? PAGER ?? "less").trim();
  if (command === "" || command === "cat") return undefined;
  return { command, environment: { ...environment, LESS } };
}

/** Whether a text takes more lines of the terminal than it has; one that is wider than the terminal takes several. @internal for tests */
export function isLonger(
  text: string,
  { columns, rows }: Pick<NodeJS.WriteStream, "columns" | "rows">,
): boolean {
  // A terminal that does not know its size has 0 of both.
  if (!(columns > 0 && rows > 0)) return false;
  let taken = 0;
  for (const line of stripVTControlCharacters(text).trimEnd().split("\n")) {
    taken += Math.max(1, Math.ceil(line.length / columns));
    if (taken > rows) return true;
  }
  return false;
}
