import { longestLog } from "../loader/explain/log-text.ts";

/**
 * The text of --error: as given, or what stdin holds where that is `-`. No more than is looked at is kept, but all is
 * taken, so that a program that writes it into a pipe is not cut short.
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
