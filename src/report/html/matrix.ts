import type { PluginResult } from "../../check/model/result.ts";
import type { Check, Finding, RuleId, Severity } from "../../rules/finding.ts";
import { ruleIds, rules } from "../../rules/registry.ts";
import { claimOf, factOf, sourceOf } from "../model/claim.ts";
import { severityLooks, statusLooks, type Look } from "../model/look.ts";
import { verdictOf, verdictRank } from "../model/verdict.ts";
import { marks, statusWords, verdictBadge } from "./look.ts";
import { markup, type Html } from "./markup.ts";

/** A plugin with its place in the page. */
export interface Entry {
  readonly plugin: PluginResult;
  /** Without the folder that all plugins share. */
  readonly name: string;
  readonly id: string;
}

/** A row for each plugin, a column for each check that was made for any of them. */
export function matrix(entries: readonly Entry[]): Html {
  const columns = columnsOf(entries);
  const isJudged = entries.some(({ plugin }) => plugin.verdict !== undefined);
  const heads = ["Plugin", ...(isJudged ? ["Verdict"] : []), "Language", "Toolchain", "Target", "Manifest"];
  return markup`<div class="scroll" role="region" aria-label="Plugins and checks" tabindex="0">
<table class="matrix">
<thead><tr>
${heads.map((head) => markup`<th scope="col">${head}</th>\n`)}${columns.map(
    (rule) => markup`<th scope="col" class="check" title="${rule}">${rules[rule].checkTitle}</th>\n`,
  )}</tr></thead>
<tbody>
${entries.map((entry) => row(entry, columns, isJudged))}</tbody>
</table>
</div>
`;
}

/** In the order in which rules are always listed. */
function columnsOf(entries: readonly Entry[]): readonly RuleId[] {
  const used = new Set(
    entries.flatMap(({ plugin }) => [...(plugin.checks ?? []), ...plugin.findings].map(({ rule }) => rule)),
  );
  return ruleIds.filter((rule) => used.has(rule));
}

function row({ plugin, name, id }: Entry, columns: readonly RuleId[], isJudged: boolean): Html {
  const verdict = verdictOf(plugin);
  const claim = claimOf(plugin.manifest);
  const fact = (field: "language" | "toolchain_version" | "target"): Html =>
    orNone(factOf(claim, plugin.evidence, field));
  return markup`<tr data-of="${id}" data-verdict="${verdict ?? ""}">
<th scope="row"><a href="#${id}">${name}</a></th>
${isJudged ? markup`<td data-rank="${verdictRank(plugin)}">${verdictBadge(plugin)}</td>\n` : undefined}<td>${fact("language")}</td>
<td>${fact("toolchain_version")}</td>
<td class="wide">${fact("target")}</td>
<td>${orNone(plugin.unreadable === null ? sourceOf(plugin.manifest) : undefined)}</td>
${columns.map((rule) => cell(stateOf(plugin, rule)))}</tr>
`;
}

function orNone(text: string | undefined): Html {
  return text === undefined || text === "" ? markup`<span class="none">–</span>` : markup`${text}`;
}

/** A cell of a check. */
interface State extends Pick<Look, "tone"> {
  readonly sign: string;
  readonly word: string;
  /** For sorting: the worst first. */
  readonly rank: number;
}

const notCompared: State = { sign: "–", tone: "faint", word: "not compared", rank: 9 };

function cell({ sign, tone, word, rank }: State): Html {
  return markup`<td class="check ${tone}" data-rank="${rank}" title="${word}"><span aria-hidden="true">${sign}</span><span class="unseen">${word}</span></td>
`;
}

/** The worst result of the rule, in any slice. */
function stateOf(plugin: PluginResult, rule: RuleId): State {
  const states = [
    ...plugin.findings.filter((finding) => finding.rule === rule).map(ofFinding),
    ...(plugin.checks ?? []).filter((check) => check.rule === rule).map(ofCheck),
  ];
  const [first = notCompared, ...rest] = states;
  return rest.reduce((worst, one) => (one.rank < worst.rank ? one : worst), first);
}

const severityRanks = { error: 0, warning: 3, note: 4 } as const satisfies Record<Severity, number>;
const statusRanks = { mismatch: 5, unknown: 1, match: 8 } as const satisfies Record<Check["status"], number>;

function ofFinding({ severity, suppressed }: Finding): State {
  if (suppressed !== undefined) return { sign: "~", tone: "faint", word: "suppressed", rank: 2 };
  const { mark, tone } = severityLooks[severity];
  return { sign: marks[mark], tone, word: severity, rank: severityRanks[severity] };
}

function ofCheck({ status }: Check): State {
  const { mark, tone } = statusLooks[status];
  return { sign: marks[mark], tone, word: statusWords[status], rank: statusRanks[status] };
}
