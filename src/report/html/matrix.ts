import type { PluginResult } from "../../check/model/result.ts";
import type { Check, Finding, RuleId } from "../../rules/finding.ts";
import { ruleIds, rules } from "../../rules/registry.ts";
import { claimOf, factOf, sourceOf } from "../model/claim.ts";
import { severityLooks, verdictBadge, type Tone } from "./look.ts";
import { markup, type Html } from "./markup.ts";
import { verdictLooks, verdictOf } from "../model/verdict.ts";

/** A plugin with its place in the page. */
export interface Entry {
  readonly plugin: PluginResult;
  /** Without the folder that all plugins share. */
  readonly name: string;
  readonly id: string;
}

/** One row a plugin, one column a check that was made of any of them. */
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

/** In the order in which rules are listed everywhere. */
function columnsOf(entries: readonly Entry[]): readonly RuleId[] {
  const used = new Set(
    entries.flatMap(({ plugin }) => [...(plugin.checks ?? []), ...plugin.findings].map(({ rule }) => rule)),
  );
  return ruleIds.filter((rule) => used.has(rule));
}

function row({ plugin, name, id }: Entry, columns: readonly RuleId[], isJudged: boolean): Html {
  const verdict = verdictOf(plugin);
  const rank = verdict === undefined ? 9 : Object.keys(verdictLooks).indexOf(verdict);
  const claim = claimOf(plugin.manifest);
  const fact = (field: "language" | "toolchain_version" | "target"): Html =>
    orNone(factOf(claim, plugin.evidence, field));
  return markup`<tr data-of="${id}" data-verdict="${verdict ?? ""}">
<th scope="row"><a href="#${id}">${name}</a></th>
${isJudged ? markup`<td data-rank="${rank}">${verdictBadge(plugin)}</td>\n` : undefined}<td>${fact("language")}</td>
<td>${fact("toolchain_version")}</td>
<td class="wide">${fact("target")}</td>
<td>${orNone(plugin.unreadable === null ? sourceOf(plugin.manifest) : undefined)}</td>
${columns.map((rule) => cell(stateOf(plugin, rule)))}</tr>
`;
}

function orNone(text: string | undefined): Html {
  return text === undefined || text === "" ? markup`<span class="none">–</span>` : markup`${text}`;
}

interface State {
  readonly mark: string;
  readonly tone: Tone;
  readonly word: string;
  /** For sorting: the worst first. */
  readonly rank: number;
}

const notCompared: State = { mark: "–", tone: "faint", word: "not compared", rank: 9 };

function cell({ mark, tone, word, rank }: State): Html {
  return markup`<td class="check ${tone}" data-rank="${rank}" title="${word}"><span aria-hidden="true">${mark}</span><span class="unseen">${word}</span></td>
`;
}

/** The worst that was found by the rule, in whichever slice. */
function stateOf(plugin: PluginResult, rule: RuleId): State {
  const states = [
    ...plugin.findings.filter((finding) => finding.rule === rule).map(ofFinding),
    ...(plugin.checks ?? []).filter((check) => check.rule === rule).map(ofCheck),
  ];
  const [first = notCompared, ...rest] = states;
  return rest.reduce((worst, one) => (one.rank < worst.rank ? one : worst), first);
}

const severityRanks = { error: 0, warning: 3, note: 4 } as const;

function ofFinding({ severity, suppressed }: Finding): State {
  if (suppressed !== undefined) return { mark: "~", tone: "faint", word: "suppressed", rank: 2 };
  return { ...severityLooks[severity], word: severity, rank: severityRanks[severity] };
}

const statusStates = {
  mismatch: { mark: "✗", tone: "bad", word: "differs", rank: 5 },
  unknown: { mark: "?", tone: "unsure", word: "unknown", rank: 1 },
  match: { mark: "✓", tone: "good", word: "matches", rank: 8 },
} as const satisfies Record<Check["status"], State>;

function ofCheck({ status }: Check): State {
  return statusStates[status];
}
