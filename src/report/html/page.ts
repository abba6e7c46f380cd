import { createHash } from "node:crypto";
import type { CheckResult, HostResult } from "../../check/model/result.ts";
import { exitCodes } from "../../check/model/exit-code.ts";
import { waivedText } from "../model/failure-text.ts";
import { hostFacts } from "../model/host-facts.ts";
import { verdictLooks, type Look } from "../model/look.ts";
import type { ReportContext } from "../model/report-context.ts";
import { sharedFolder } from "../model/shared-folder.ts";
import { counted, failsByVerdict, verdictOf, verdicts, worstFirst } from "../model/verdict.ts";
import { findingList } from "./finding.ts";
import { marks } from "./look.ts";
import { markup, ownText, type Html } from "./markup.ts";
import { matrix, type Entry } from "./matrix.ts";
import { pluginSection } from "./plugin.ts";
import { pageScript } from "./script.ts";
import { pageStyle } from "./style.ts";

/**
 * The report as one page that needs nothing else: no file, no network (its policy allows only its own style and script, by
 * their hashes), and no script to read all of it.
 */
export function htmlReport(result: CheckResult, context: ReportContext): string {
  const plugins = worstFirst(result.plugins);
  const folder = sharedFolder(plugins.map(({ path }) => path));
  const entries = plugins.map((plugin, at): Entry => ({
    plugin,
    name: plugin.path.slice(folder.length),
    id: `plugin-${at + 1}`,
  }));
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
${entries.length === 0 ? markup`<p>No plugins found.</p>\n` : sections(result, entries)}</main>
<footer><p>${context.tool.name} ${context.tool.version} · <code>plugins ${context.command}</code> · exit code ${context.exitCode}</p></footer>
<script>${ownText(pageScript)}</script>
</body>
</html>
`;
  return page.html;
}

const policy = [
  "default-src 'none'",
  `style-src 'sha256-${digest(pageStyle)}'`,
  `script-src 'sha256-${digest(pageScript)}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

function digest(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}

function headline({ plugins, findings }: CheckResult, context: ReportContext): string {
  const all = counted(plugins.length, "plugin");
  if (context.command === "list") return all;
  if (plugins.length === 0) return "No plugin was checked";
  const failing = plugins.filter((plugin) => failsByVerdict(plugin, context.gate)).length;
  if (failing > 0) return `${failing} of ${all} ${failing === 1 ? "fails" : "fail"}`;
  const isSetWrong = findings.some(
    ({ severity, suppressed }) => severity === "error" && suppressed === undefined,
  );
  if (isSetWrong) return "The plugins are compatible with the host, but the set is not valid";
  const unknown = plugins.filter((plugin) => verdictOf(plugin) === "unknown").length;
  if (unknown > 0) return `${plugins.length - unknown} of ${all} compatible, ${unknown} unknown`;
  return plugins.length === 1
    ? "The plugin is compatible with the host"
    : `All ${all} are compatible with the host`;
}

function header(result: CheckResult, context: ReportContext, title: string, folder: string): Html {
  const outcome = context.command === "list" ? undefined : outcomeOf(result, context);
  return markup`<header class="${outcome?.name ?? ""}">
${outcome === undefined ? undefined : markup`<p class="state ${outcome.tone}"><span aria-hidden="true">${marks[outcome.mark]}</span> ${outcome.word}</p>\n`}<h1>${title}</h1>
${outcome?.reason === undefined ? undefined : markup`<p class="failure">${outcome.reason}</p>\n`}${tally(result)}<dl class="context">
${result.host === null ? undefined : hostContext(result.host)}${
    folder === "" ? undefined : markup`<div><dt>Plugins in</dt><dd><code>${folder}</code></dd></div>\n`
  }</dl>
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
  return markup`<div><dt>Host</dt><dd><code>${host.path}</code>
${lines}</dd></div>
`;
}

function sections({ findings }: CheckResult, entries: readonly Entry[]): Html {
  const found = new Set(entries.map(({ plugin }) => verdictOf(plugin)));
  const rules = [...new Set(entries.flatMap(({ plugin }) => plugin.findings.map(({ rule }) => rule)))].sort();
  return markup`<form class="filter" role="search" aria-label="Filter plugins" hidden>
<label class="grow">Filter <input type="search" name="text" placeholder="name, module, value …" autocomplete="off"></label>
${select(
  "Verdict",
  "verdict",
  verdicts.filter((verdict) => found.has(verdict)),
)}${select("Rule", "rule", rules)}<button type="reset">Reset</button>
<output aria-live="polite"></output>
</form>
${findings.length === 0 ? undefined : markup`<section aria-labelledby="set"><h2 id="set">Host and plugin set</h2>\n${findingList(findings)}</section>\n`}<section aria-labelledby="matrix"><h2 id="matrix">Plugins and checks</h2>
${matrix(entries)}<p class="legend">✓ matches · ✗ error or difference · ! warning · i note · ? unknown · ~ suppressed · – not compared</p>
</section>
<section aria-labelledby="details"><h2 id="details">Details</h2>
${entries.map(pluginSection)}<p class="nothing" hidden>No plugin matches the filter.</p>
</section>
`;
}

function select(label: string, name: string, values: readonly string[]): Html | undefined {
  if (values.length < 2) return undefined;
  return markup`<label>${label} <select name="${name}"><option value="">all</option>${values.map((value) => markup`<option>${value}</option>`)}</select></label>
`;
}
