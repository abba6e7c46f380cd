import tool from "../../package.json" with { type: "json" };

/** Of an error's message as much is quoted, in UTF-16 units: it may hold what a hostile file made of it. */
const LONGEST = 200;

/**
 * What is said of a file on which this program itself failed: what to put into a bug report, as a clause that follows the file's name.
 * @param error what was thrown: none of the errors that a file is to blame for.
 */
export function ownBugText(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const quoted = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  const place = error instanceof Error ? placeOf(error.stack ?? "") : undefined;
  const where = [quoted, ...(place === undefined ? [] : [place])].join(" ");
  const system = `Node ${process.version}, ${process.platform} ${process.arch}`;
  return `cannot be judged because of a bug in ${tool.name} ${tool.version} (${where}; ${system}): please report it with this file`;
}

/** The innermost line of a stack, without the folder that the program is installed in: "at read (object/image.js:93:19)". */
function placeOf(stack: string): string | undefined {
  const line = stack.split("\n").find((each) => /^ +at /.test(each));
  return line?.trim().replace(/(?:file:\/\/)?\/[^() ]*\/(?:dist|src)\//, "");
}
