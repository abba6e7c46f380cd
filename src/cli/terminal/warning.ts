import { writeRemark } from "./output.ts";

const said: string[] = [];

/** Says on stderr what is odd but stops nothing. The JSON report repeats it. @param text without "Warning:". */
export function warn(text: string): void {
  said.push(text);
  writeRemark(`Warning: ${text}`);
}

/** All that were said so far. */
export function warningsSaid(): readonly string[] {
  return [...said];
}
