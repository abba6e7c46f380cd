import type { Finding } from "../../rules/finding.ts";
import type { CausedFinding } from "../model/cause.ts";
import { severityLooks } from "../model/look.ts";
import { aboutOf, sidesOf } from "../model/problem-text.ts";
import { markedDifference } from "./difference.ts";
import { badge } from "./look.ts";
import { markup, type Html } from "./markup.ts";

/** One finding that the policy suppresses: it counts no longer, but why it is suppressed is shown with all that is said of it. */
export function suppressedFinding(finding: Finding): Html {
  const { rule, severity, message, cause, suppressed } = finding;
  const about = aboutOf(finding).map((part) => markup` <span class="about">${part}</span>`);
  return markup`<li class="finding faint">
<h4>${badge({ ...severityLooks[severity], tone: "faint" }, severity)} <code>${rule}</code>${about}</h4>
<p>${message}</p>
${suppressed === undefined ? undefined : suppression(suppressed)}${sides(finding)}${
    cause === undefined ? undefined : markup`<p class="why"><b>Why</b> <span>${cause}</span></p>\n`
  }</li>
`;
}

function suppression({ reason, expires }: NonNullable<Finding["suppressed"]>): Html {
  const until = expires === null ? "" : ` until ${expires}`;
  return markup`<p class="suppressed"><b>Suppressed${until}</b> ${reason}</p>\n`;
}

/** The values of plugin and host, or of two places in one file; what differs is marked. */
export function sides(finding: CausedFinding): Html | undefined {
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
