import type { PluginResult } from "../../check/model/result.ts";
import { causesOf, hostsOfCause, type Cause, type CausedFinding } from "../model/cause.ts";
import {
  headlineOf,
  isLoaderAnswer,
  loaderTexts,
  rulesOf,
  pluginsOf,
  reasonsOf,
  rowsOf,
  type CauseRow,
} from "../model/cause-text.ts";
import { listed } from "../model/listed.ts";
import { severityLooks, verdictLooks, type Look } from "../model/look.ts";
import { isMissingManifest } from "../model/missing-manifest.ts";
import { sentence } from "../model/problem-text.ts";
import { counted } from "../model/verdict.ts";
import { markedDifference } from "./difference.ts";
import { sides } from "./finding.ts";
import { fixList } from "./fix.ts";
import { badge } from "./look.ts";
import { markup, type Html } from "./markup.ts";

/** Plugins that are named at once. */
const mostNames = 5;

/** Plugins, and things that a cause is about, behind a fold; more of them are counted. */
const mostFolded = 100;

/** Things that are listed at once. */
const mostRows = 10;

/** Answers of the loader, and reasons. */
const mostTexts = 3;

/** What the page says of a cause elsewhere. */
export interface CausePlaces {
  /** A plugin's name, with a link to its details or its row. */
  readonly linkTo: (path: string) => Html;
  /** The number of the page's cause that a finding belongs to; undefined if the page does not show it. */
  readonly numberOf: (finding: CausedFinding) => number | undefined;
}

/** One thing that is wrong, in all plugins: what, where, with which values, what the loader answers, how to fix it. */
export function causeSection(
  cause: Cause,
  number: number,
  linkTo: CausePlaces["linkTo"],
  hostName: (path: string) => string,
): Html {
  const { severity, members } = cause;
  const hosts = hostsOfCause(cause);
  const paths = pluginsOf(cause);
  const all = members.flatMap(({ findings, consequences }) => [...findings, ...consequences]);
  const rules = [...new Set(all.map(({ rule }) => rule))].join(" ");
  return markup`<article class="finding cause ${lookOf(cause).tone}" id="cause-${number}" data-severity="${severity}" data-rules="${rules}">
<h3><span class="number">${number}</span> ${headOf(cause)}${paths.length === 0 ? undefined : markup` <span class="about">${counted(paths.length, "plugin")}</span>`}</h3>
<p>${headlineText(cause)}</p>
${pluginList(paths, linkTo)}${hosts.length === 0 ? undefined : markup`<p class="why"><b>${hosts.length === 1 ? "Host" : "Hosts"}</b> <span>${listed(hosts.map(hostName), mostNames)}</span></p>\n`}${body(cause)}${loaderTexts(
    cause,
  )
    .slice(0, mostTexts)
    .map(
      (text) => markup`<p class="why"><b>Loader</b> <span>${text}</span></p>\n`,
    )}${fixList(cause.fix)}</article>
`;
}

/** What is wrong with one plugin, or undefined if nothing is; each with the page's cause that it belongs to. */
export function pluginCauses(plugin: PluginResult, numberOf: CausePlaces["numberOf"]): readonly Html[] {
  return causesOf({ plugins: [plugin], findings: [] })
    .filter(({ rule }) => rule !== "plugin-unreadable" && rule !== "plugin-unknown")
    .map((cause) => pluginCause(cause, numberOf));
}

function pluginCause(cause: Cause, numberOf: CausePlaces["numberOf"]): Html {
  const [first] = cause.members.flatMap(({ findings }) => findings);
  const number = first === undefined || isMissingManifest(first) ? undefined : numberOf(first);
  const consequences = cause.members
    .flatMap(({ consequences }) => consequences)
    .filter(({ rule }) => !isLoaderAnswer(rule));
  return markup`<li class="finding ${lookOf(cause).tone}">
<h4>${headOf(cause)}${number === undefined ? undefined : markup` <a href="#cause-${number}">cause ${number}</a>`}</h4>
<p>${headlineText(cause)}</p>
${body(cause)}${consequences.map(
    ({ rule, message }) =>
      markup`<p class="why"><b>Also</b> <span><code>${rule}</code> ${message}</span></p>\n`,
  )}${fixList(cause.fix)}</li>
`;
}

/** As a sentence, but a name that it begins with stays as it is written. */
function headlineText(cause: Cause): string {
  const headline = headlineOf(cause);
  const isNamed = cause.members.some(({ findings }) =>
    findings.some(({ subject }) => subject !== undefined && headline.startsWith(subject)),
  );
  const text = sentence(headline);
  return isNamed ? headline.charAt(0) + text.slice(1) : text;
}

function lookOf({ rule, severity }: Cause): Look {
  return rule === "plugin-unknown" ? verdictLooks.unknown : severityLooks[severity];
}

function headOf(cause: Cause): Html {
  const { rule, severity, members } = cause;
  const [first] = members.flatMap(({ findings }) => findings);
  const about = [
    ...(first?.arch === undefined ? [] : [first.arch]),
    ...(first?.ruleSeverity === undefined ? [] : [`default: ${first.ruleSeverity}`]),
  ];
  const word = rule === "plugin-unknown" ? "unknown" : severity;
  return markup`${badge(lookOf(cause), word)} <code>${rulesOf(cause)}</code>${about.map((part) => markup` <span class="about">${part}</span>`)}`;
}

function pluginList(paths: readonly string[], linkTo: (path: string) => Html): Html | undefined {
  if (paths.length === 0) return undefined;
  const folded = paths.slice(mostNames, mostNames + mostFolded);
  const left = paths.length - mostNames - folded.length;
  return markup`<div class="of"><p>${links(paths.slice(0, mostNames), linkTo)}</p>${
    folded.length === 0
      ? undefined
      : markup`<details class="more"><summary>${paths.length - mostNames} more</summary>
<p>${links(folded, linkTo)}${left > 0 ? ` and ${left} more: the column Causes shows them` : ""}</p></details>`
  }</div>
`;
}

function links(paths: readonly string[], linkTo: (path: string) => Html): readonly Html[] {
  return paths.map((path, at) => markup`${at === 0 ? "" : ", "}${linkTo(path)}`);
}

/** The values, one below the other or as a table, and why. */
function body(cause: Cause): Html {
  const rows = rowsOf(cause);
  const [first] = cause.members.flatMap(({ findings }) => findings);
  return markup`${rows.length > 1 ? rowTable(cause, rows) : first === undefined ? undefined : sides(first)}${reasonsOf(
    cause,
  )
    .slice(0, mostTexts)
    .map((text) => markup`<p class="why"><b>Why</b> <span>${text}</span></p>\n`)}`;
}

function rowTable({ rule }: Cause, rows: readonly CauseRow[]): Html {
  // One that is left out takes as much room as the line that says so.
  const count = rows.length === mostRows + 1 ? rows.length : mostRows;
  const folded = rows.slice(count, count + mostFolded);
  const left = rows.length - count - folded.length;
  return markup`${tableOf(rule, rows.slice(0, count))}${
    folded.length === 0
      ? undefined
      : markup`<details class="more"><summary>${rows.length - count} more</summary>
${tableOf(`${rule}, more`, folded)}${left > 0 ? markup`<p class="from">${left} more: the JSON report lists all of them.</p>\n` : undefined}</details>
`
  }`;
}

function tableOf(label: string, rows: readonly CauseRow[]): Html {
  const isOther = rows.some(({ other }) => other !== undefined);
  const isHost = !isOther || rows.some(({ host }) => host !== undefined);
  return markup`<div class="scroll" role="group" aria-label="${label}" tabindex="0"><table class="checks">
<thead><tr><th scope="col">About</th><th scope="col">Plugin</th>${isOther ? markup`<th scope="col">Elsewhere</th>` : undefined}${isHost ? markup`<th scope="col">Host</th>` : undefined}</tr></thead>
<tbody>
${rows.map((row) => rowOf(row, isOther, isHost))}</tbody>
</table></div>
`;
}

function rowOf({ subject, plugin, other, host }: CauseRow, isOther: boolean, isHost: boolean): Html {
  const theirs = host ?? other;
  const [one, two] =
    plugin === undefined || theirs === undefined
      ? [markup`${plugin}`, markup`${theirs}`]
      : markedDifference(plugin, theirs);
  const cell = (value: string | undefined, shown: Html): Html =>
    value === undefined
      ? markup`<td><span class="none">–</span></td>`
      : markup`<td><code>${shown}</code></td>`;
  return markup`<tr><th scope="row">${subject}</th>${cell(plugin, one)}${
    isOther ? cell(other, host === undefined ? two : markup`${other}`) : undefined
  }${isHost ? cell(host, two) : undefined}</tr>
`;
}
