import type { Fix } from "../../language/fix.ts";
import type { Cause } from "../model/cause.ts";
import { fixScriptLines } from "../model/fix-script.ts";
import { counted } from "../model/verdict.ts";
import { markup, type Html } from "./markup.ts";
import { room } from "./room.ts";

/** More steps of one cause are behind a fold. */
const mostSteps = 3;

/** More of them are only in the fix script. */
const mostFolded = 50;

export function fixList(fixes: readonly Fix[]): Html {
  const folded = fixes.slice(mostSteps, mostSteps + mostFolded);
  const left = fixes.length - mostSteps - folded.length;
  return markup`${fixes.slice(0, mostSteps).map(fixItem)}${
    folded.length === 0
      ? undefined
      : markup`<details class="more"><summary>${counted(fixes.length - mostSteps, "more step")}</summary>
${folded.map(fixItem)}${left > 0 ? markup`<p class="from">${left} more: the JSON report has all of them.</p>\n` : undefined}</details>
`
  }`;
}

function fixItem(fix: Fix): Html {
  return fix.kind === "advice"
    ? markup`<p class="fix"><b>Fix</b> <span>${fix.text}</span></p>\n`
    : markup`<div class="fix command"><b>Fix</b> <pre tabindex="0"><code>${fix.run}</code></pre></div>\n${fix.note === undefined ? undefined : markup`<p class="note from">${fix.note}</p>\n`}`;
}

/** All commands as one script; undefined if there are not two. */
export function fixScript(
  causes: readonly Cause[],
  nameOf: (path: string) => string,
  hostName: (path: string) => string,
): Html | undefined {
  const [, ...lines] = fixScriptLines(causes, nameOf, hostName);
  const count = lines.filter((line) => line !== "" && !line.startsWith("#")).length;
  if (count < 2) return undefined;
  let length = 0;
  const kept = lines.filter((line) => (length += line.length + 1) <= room.fixes);
  const left = lines.length - kept.length;
  // Line by line: a line break inside of a value stays spelled out, and cannot end a comment.
  return markup`<div class="all-fixes"><details class="more"><summary>Fix script: ${counted(count, "command")}</summary>
<div class="command"><pre tabindex="0"><code>${kept.map((line) => markup`${line}\n`)}${left > 0 ? markup`${`# ${left} more lines: the JSON report has all of them.`}\n` : undefined}</code></pre></div></details></div>
`;
}
