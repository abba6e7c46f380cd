import type { Fix } from "../../language/fix.ts";
import type { Finding } from "../../rules/finding.ts";
import { markedDifference } from "./difference.ts";
import { groupedByCause } from "../model/cause-group.ts";
import { severityLooks } from "../model/look.ts";
import { aboutOf, sidesOf } from "../model/problem-text.ts";
import { badge } from "./look.ts";
import { markup, type Html } from "./markup.ts";

export function findingList(findings: readonly Finding[]): Html | undefined {
  return findings.length === 0
    ? undefined
    : markup`<ul class="findings">
${groupedByCause(findings).map((group) => (group.length < leastGroup ? group.map(findingItem) : groupItem(group)))}</ul>
`;
}

/** This many findings with the same cause are shown as one table instead of one card each. */
const leastGroup = 4;

function groupItem(group: readonly Finding[]): Html {
  const [
    { rule, severity, arch, cause } = { rule: "", severity: "note", arch: undefined, cause: "" } as const,
  ] = group;
  const fixes = new Map(group.flatMap(({ fix }) => fix).map((fix) => [JSON.stringify(fix), fix]));
  return markup`<li class="finding ${severityLooks[severity].tone}" data-rule="${rule}">
<h4>${badge(severityLooks[severity], severity)} <code>${rule}</code> <span class="about">${arch === undefined ? "" : `${arch}: `}${group.length} with the same cause</span></h4>
<p>${cause}</p>
<div class="scroll" role="region" aria-label="${rule}" tabindex="0"><table class="checks">
<thead><tr><th scope="col">About</th><th scope="col">Plugin</th><th scope="col">Host</th></tr></thead>
<tbody>
${group.map(groupRow)}</tbody>
</table></div>
${[...fixes.values()].map(fixItem)}</li>
`;
}

function groupRow({ subject, message, plugin, host }: Finding): Html {
  const [ours, theirs] = markedDifference(plugin?.value ?? "–", host?.value ?? "–");
  return markup`<tr><th scope="row">${subject ?? message}</th><td><code>${ours}</code></td><td><code>${theirs}</code></td></tr>
`;
}

/** One finding: what is wrong, the values side by side, why, and how to fix it. */
function findingItem(finding: Finding): Html {
  const { rule, severity, message, cause, fix, suppressed } = finding;
  const about = aboutOf(finding).map((part) => markup` <span class="about">${part}</span>`);
  const tone = suppressed === undefined ? severityLooks[severity].tone : "faint";
  return markup`<li class="finding ${tone}" data-rule="${rule}">
<h4>${badge({ ...severityLooks[severity], tone }, severity)} <code>${rule}</code>${about}</h4>
<p>${message}</p>
${suppressed === undefined ? undefined : suppression(suppressed)}${sides(finding)}${
    cause === undefined ? undefined : markup`<p class="cause"><b>Why</b> <span>${cause}</span></p>\n`
  }${fix.map(fixItem)}</li>
`;
}

function suppression({ reason, expires }: NonNullable<Finding["suppressed"]>): Html {
  const until = expires === null ? "" : ` until ${expires}`;
  return markup`<p class="suppressed"><b>Suppressed${until}</b> ${reason}</p>\n`;
}

/** The values of plugin and host, or of two places in one file; what differs is marked. */
function sides(finding: Finding): Html | undefined {
  const all = sidesOf(finding);
  const [one, other] = all;
  if (one === undefined) return undefined;
  const values: readonly Html[] =
    other === undefined || all.length > 2
      ? all.map(({ value }) => markup`${value}`)
      : markedDifference(one.value, other.value);
  return markup`<dl class="sides">
${all.map(
  ({ name, from }, at) => markup`<div><dt>${names[name]}</dt>
<dd><code>${values[at]}</code> <span class="from">read from <code>${from}</code></span></dd></div>
`,
)}</dl>
`;
}

const names = { plugin: "Plugin", other: "Elsewhere in the plugin", host: "Host" } as const;

function fixItem(fix: Fix): Html {
  return fix.kind === "advice"
    ? markup`<p class="fix"><b>Fix</b> <span>${fix.text}</span></p>\n`
    : markup`<div class="fix command"><b>Fix</b> <pre tabindex="0"><code>${fix.run}</code></pre></div>\n${fix.note === undefined ? undefined : markup`<p class="note from">${fix.note}</p>\n`}`;
}
