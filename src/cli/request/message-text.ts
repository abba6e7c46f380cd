import { longestLog } from "../../loader/explain/log-text.ts";

/**
 * The text of --error: as given, or from stdin if that is `-`. Only the part that is searched is kept, but all of it is read, so
 * that a program that writes into the pipe is not cut off.
 */
export async function messageText(given: string): Promise<string> {
  if (given !== "-") return given;
  let text = "";
  const input = process.stdin.setEncoding("utf8");
  for await (const chunk of input as AsyncIterable<string>) {
    if (text.length < longestLog) text += chunk;
  }
  return text.slice(0, longestLog);
}
