import { createHash } from "node:crypto";
import type { CheckResult, HostResult, PluginResult } from "../../check/model/result.ts";
import { exitCodes } from "../../check/model/exit-code.ts";
import { causeIds, type Cause } from "../model/cause.ts";
import { causeNumbers } from "../model/cause-text.ts";
import { waivedText } from "../model/failure-text.ts";
import { hostFacts } from "../model/host-facts.ts";
import { verdictLooks, type Look } from "../model/look.ts";
import { byPlugin, hostNamer, hostsIn } from "../model/hosts.ts";
import { missingManifestText } from "../model/missing-manifest.ts";
import { foundByText, loweredText } from "../model/configuration-text.ts";
import type { ReportContext } from "../model/report-context.ts";
import { reportedCauses } from "../model/reported-causes.ts";
import { sharedFolder } from "../model/shared-folder.ts";
import { counted, failsByVerdict, verdictOf, verdicts, worstFirst } from "../model/verdict.ts";
import { causeSection, type CausePlaces } from "./cause.ts";
import { digest } from "./digest.ts";
import { suppressedFinding } from "./finding.ts";
import { fixScript } from "./fix.ts";
import { marks } from "./look.ts";
import { markup, ownText, type Html } from "./markup.ts";
import { hostMatrix, matrix, type Entry } from "./matrix.ts";
import { isRemarkable, pluginSection } from "./plugin.ts";
import { fitting, room } from "./room.ts";
import { pageScript } from "./script.ts";
import { pageStyle } from "./style.ts";

/**
 * The report as one page that needs nothing else: no file, no network (its policy allows only its own style and script, by
 * their hashes), and no script to read all of it.
 */
export function htmlReport(result: CheckResult, context: ReportContext): string {
  const plugins = worstFirst(result.plugins);
  const folder = sharedFolder(plugins.map(({ path }) => path));
  const title = headline(result, context);
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="${context.tool.name} ${context.tool.version}">
<title>${title}</title>
<style>${ownText(pageStyle)}</style>
</head>
<body>
${header(result, context, title, folder)}<main>
${sections(result, plugins, folder, context)}</main>
<footer><p>${context.tool.name} ${context.tool.version} · <code>plugins ${context.command}</code> · exit code ${context.exitCode}</p></footer>
<script>${ownText(pageScript)}</script>
</body>
</html>
`;
  return page.html;
}

const policy = [
  "default-src 'none'",
  `style-src 'sha256-${hashOf(pageStyle)}'`,
  `script-src 'sha256-${hashOf(pageScript)}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}

function headline({ hosts, plugins, findings }: CheckResult, context: ReportContext): string {
  const rows = byPlugin(plugins).map(({ results }) => results);
  const all = counted(rows.length, "plugin");
  if (context.command === "list") return all;
  if (plugins.length === 0) return "No plugin was checked";
  const failing = rows.filter((row) => row.some((each) => failsByVerdict(each, context.gate))).length;
  const some = hosts === undefined ? "" : " with one or more of the hosts";
  if (failing > 0) return `${failing} of ${all} ${failing === 1 ? "fails" : "fail"}${some}`;
  const host = hosts === undefined ? "the host" : counted(hosts.length, "host");
  const isSetWrong = findings.some(
    ({ severity, suppressed }) => severity === "error" && suppressed === undefined,
  );
  if (isSetWrong) return `The plugins are compatible with ${host}, but the set is not valid`;
  const unknown = rows.filter((row) => row.some((each) => verdictOf(each) === "unknown")).length;
  if (unknown > 0) return `${rows.length - unknown} of ${all} compatible, ${unknown} unknown`;
  return rows.length === 1
    ? `The plugin is compatible with ${host}`
    : `All ${all} are compatible with ${host}`;
}

function header(result: CheckResult, context: ReportContext, title: string, folder: string): Html {
  const outcome = context.command === "list" ? undefined : outcomeOf(result, context);
  return markup`<header class="${outcome?.name ?? ""}">
${outcome === undefined ? undefined : markup`<p class="state ${outcome.tone}"><span aria-hidden="true">${marks[outcome.mark]}</span> ${outcome.word}</p>\n`}<h1>${title}</h1>
${outcome?.reason === undefined ? undefined : markup`<p class="failure">${outcome.reason}</p>\n`}${tally(result)}<dl class="context">
${hostsIn(result).map(hostContext)}${
    folder === "" ? undefined : markup`<div><dt>Plugins in</dt><dd><code>${folder}</code></dd></div>\n`
  }${configurationEntry(context)}</dl>
</header>
`;
}

/** What the exit code says, in a word, and why. */
function outcomeOf(result: CheckResult, { exitCode, failure, gate }: ReportContext): Outcome {
  if (exitCode !== exitCodes.ok.code)
    return { name: "failed", word: "Failed", mark: "bad", tone: "bad", reason: failure };
  const waived = waivedText(result, gate);
  return waived === undefined
    ? { name: "passed", word: "Passed", mark: "good", tone: "good", reason: undefined }
    : { name: "waived", word: "Not enforced", mark: "warning", tone: "caution", reason: waived };
}

interface Outcome extends Look {
  /** The header's class. */
  readonly name: string;
  readonly word: string;
  readonly reason: string | undefined;
}

/** How many plugins of each verdict, as a bar and in words. */
function tally({ summary }: CheckResult): Html | undefined {
  const shown = verdicts.filter((verdict) => summary[verdict] > 0);
  if (shown.length === 0) return undefined;
  const total = shown.reduce((sum, verdict) => sum + summary[verdict], 0);
  const bars = shown.map((verdict, at) => {
    const before = shown.slice(0, at).reduce((sum, each) => sum + summary[each], 0);
    const [x, width] = [before, summary[verdict]].map((count) => `${((100 * count) / total).toFixed(2)}%`);
    return markup`<rect class="${verdictLooks[verdict].tone}" x="${x}" width="${width}" height="100%"/>`;
  });
  return markup`<svg class="bar" width="100%" height="6" aria-hidden="true">${bars}</svg>
<ul class="tally">
${shown.map((verdict) => markup`<li class="${verdictLooks[verdict].tone}"><b>${summary[verdict]}</b> ${verdict}</li>\n`)}<li><b>${summary.errors}</b> ${summary.errors === 1 ? "error" : "errors"}</li>
<li><b>${summary.warnings}</b> ${summary.warnings === 1 ? "warning" : "warnings"}</li>
</ul>
`;
}

function hostContext(host: HostResult): Html {
  const lines = hostFacts(host).map((facts) => markup`<div class="from">${facts.join(" · ")}</div>\n`);
  const sha256 = digest(host);
  return markup`<div><dt>Host</dt><dd><code>${host.path}</code>
${lines}${sha256 === undefined ? undefined : markup`<div class="from">SHA-256 ${sha256}</div>\n`}</dd></div>
`;
}

function configurationEntry({ configuration }: ReportContext): Html | undefined {
  if (configuration === null || configuration === undefined) return undefined;
  const lowered = loweredText(configuration);
  const { file } = configuration;
  return markup`<div><dt>Configuration</dt><dd>${file === null ? undefined : markup`<code>${file}</code>${foundByText(configuration)}\n`}${
    lowered === undefined ? undefined : markup`<div class="caution">Lowered: ${lowered}</div>\n`
  }</dd></div>
`;
}

/** More plugins than this, and those that need no word have only a row. */
const mostUnremarkable = 200;

/** More details than these are laid out only when they come into view. */
const mostAtOnce = 50;

/** The details of more plugins that have something wrong are all closed. */
const mostOpen = 10;

/** What is wrong, cause by cause; the table; each plugin. */
function sections(
  result: CheckResult,
  plugins: readonly PluginResult[],
  folder: string,
  context: ReportContext,
): Html {
  const causes = reportedCauses(result, context.gate);
  const numbers = causeNumbers(causes);
  const hostName = hostNamer(result);
  const entries = plugins.map((plugin, at): Entry => ({
    plugin,
    name: plugin.path.slice(folder.length),
    host: plugin.hostPath === undefined ? undefined : hostName(plugin.hostPath),
    number: at + 1,
    causes: plugin.unreadable === null ? numbers(plugin) : [],
  }));
  // With several hosts a name leads to the worst of a plugin's results.
  const byPath = new Map([...entries].reverse().map((entry) => [entry.plugin.path, entry]));
  const nameOf = (path: string): string => byPath.get(path)?.name ?? path;

  const numberOfId = new Map(causes.map(({ id }, at) => [id, at + 1]));
  const ids = causeIds(causes);
  const numberOf: CausePlaces["numberOf"] = (finding) => numberOfId.get(ids.get(finding) ?? "");

  const remarkable = entries.filter(({ plugin }) => isRemarkable(plugin));
  const detailed = entries.length > mostUnremarkable ? remarkable : entries;
  const areOpen = remarkable.length <= mostOpen;
  const details = fitting(detailed, room.details, (entry) =>
    pluginSection(entry, numberOf, areOpen && isRemarkable(entry.plugin)),
  );
  const withDetails = new Set(detailed.slice(0, details.written.length));

  const targetOf = (entry: Entry): string | undefined =>
    withDetails.has(entry) ? `plugin-${entry.number}` : undefined;
  const table = matrix(entries, targetOf);
  const byHost =
    result.hosts === undefined || entries.length === 0
      ? undefined
      : hostMatrix(
          result.hosts.map(({ path }) => hostName(path)),
          entries,
          targetOf,
        );
  const linkTo: CausePlaces["linkTo"] = (path) => {
    const entry = byPath.get(path);
    if (entry === undefined) return markup`${path}`;
    if (withDetails.has(entry)) return markup`<a href="#plugin-${entry.number}">${entry.name}</a>`;
    return entry.number > entries.length - table.left
      ? markup`${entry.name}`
      : markup`<a href="#row-${entry.number}">${entry.name}</a>`;
  };

  const remarks = remarksOf(result);
  const plural = causes.length === 1 ? "What is wrong" : "What is wrong, cause by cause";
  return markup`${
    byHost === undefined
      ? undefined
      : markup`<section aria-labelledby="hosts"><h2 id="hosts">Plugins and hosts</h2>
${byHost.html}${leftRows(byHost.left)}</section>
`
  }${entries.length === 0 ? undefined : filterForm(entries, causes, result)}${
    causes.length === 0
      ? undefined
      : markup`<section aria-labelledby="causes"><h2 id="causes">${plural}</h2>
${fixScript(causes, nameOf, hostName)}${causes.map((cause, at) => causeSection(cause, at + 1, linkTo, hostName))}</section>
`
  }${remarks.map((text) => markup`<p class="remark">${text}</p>\n`)}${suppressedOfSet(result)}${
    entries.length === 0
      ? markup`<p>No plugins found.</p>\n`
      : markup`<section aria-labelledby="matrix"><h2 id="matrix">Plugins and checks</h2>
${table.html}<p class="legend">✓ matches · ✗ error or difference · ! warning · i note · ? unknown · ~ suppressed · – not compared</p>
${leftRows(table.left)}</section>
<section aria-labelledby="details"${details.written.length > mostAtOnce ? markup` class="many"` : undefined}><h2 id="details">Details</h2>
${details.written}${leftText(entries.length - detailed.length, details.left)}<p class="nothing" hidden>Nothing matches the filter.</p>
</section>
`
  }`;
}

function leftRows(count: number): Html | undefined {
  if (count === 0) return undefined;
  return markup`<p class="legend">${counted(count, "more row")} would make this page too large for a browser: the JSON report has them.</p>\n`;
}

/** What the details leave out, so that the page stays small. */
function leftText(unremarkable: number, tooLarge: number): Html | undefined {
  const parts = [
    ...(unremarkable === 0
      ? []
      : [
          `${counted(unremarkable, "plugin")} without findings ${unremarkable === 1 ? "has" : "have"} only a row in the table.`,
        ]),
    ...(tooLarge === 0
      ? []
      : [
          `The details of ${counted(tooLarge, "more plugin")} are left out, as the page would be too large for a browser.`,
        ]),
  ];
  if (parts.length === 0) return undefined;
  return markup`<p class="remark">${parts.join(" ")} The JSON report has everything, and <code>plugins inspect</code> shows one plugin.</p>\n`;
}

/** Which files lack a manifest, and how much is suppressed. */
function remarksOf(result: CheckResult): readonly string[] {
  const missing = missingManifestText(result);
  const suppressed = [...result.findings, ...result.plugins.flatMap(({ findings }) => findings)].filter(
    (finding) => finding.suppressed !== undefined,
  ).length;
  return [
    ...(missing === undefined ? [] : [missing]),
    ...(suppressed === 0
      ? []
      : [
          `${counted(suppressed, "suppressed finding")} ${suppressed === 1 ? "does" : "do"} not count. Details show ${suppressed === 1 ? "it" : "them"} and why.`,
        ]),
  ];
}

function suppressedOfSet({ findings }: CheckResult): Html | undefined {
  const suppressed = findings.filter((finding) => finding.suppressed !== undefined);
  if (suppressed.length === 0) return undefined;
  return markup`<section aria-labelledby="suppressed"><h2 id="suppressed">Suppressed, about the host and the set</h2>
<ul class="findings">
${suppressed.map(suppressedFinding)}</ul></section>
`;
}

/** Search and filter; the script shows it. */
function filterForm(entries: readonly Entry[], causes: readonly Cause[], { hosts }: CheckResult): Html {
  const unit = hosts === undefined ? "plugins" : "rows";
  const found = new Set(entries.map(({ plugin }) => verdictOf(plugin)));
  const rules = [...new Set(entries.flatMap(({ plugin }) => plugin.findings.map(({ rule }) => rule)))].sort();
  return markup`<form class="filter" role="search" aria-label="Search causes and plugins" data-unit="${unit}" hidden>
<label class="grow">Search <input type="search" name="text" placeholder="name, module, value …" autocomplete="off"></label>
${select(
  "Verdict",
  "verdict",
  verdicts.filter((verdict) => found.has(verdict)).map((verdict) => [verdict, verdict]),
  2,
)}${select(
    "Rule",
    "rule",
    rules.map((rule) => [rule, rule]),
    2,
  )}${select(
    "Cause",
    "cause",
    causes.map(({ rule }, at) => [String(at + 1), `${at + 1} ${rule}`]),
    1,
  )}<button type="reset">Reset</button>
<output aria-live="polite"></output>
</form>
`;
}

/** @param least with fewer values there is nothing to choose. */
function select(
  label: string,
  name: string,
  values: readonly (readonly [value: string, text: string])[],
  least: number,
): Html | undefined {
  if (values.length < least) return undefined;
  return markup`<label>${label} <select name="${name}"><option value="">all</option>${values.map(([value, text]) => markup`<option value="${value}">${text}</option>`)}</select></label>
`;
}
