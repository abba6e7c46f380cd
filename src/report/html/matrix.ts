import type { PluginResult } from "../../check/model/result.ts";
import { unreadableText } from "../../artifact/unreadable.ts";
import type { Check, Finding, RuleId, Severity } from "../../rules/finding.ts";
import { ruleIds, rules } from "../../rules/registry.ts";
import { claimOf, factOf, sourceOf } from "../model/claim.ts";
import { sentence } from "../model/problem-text.ts";
import { byPlugin } from "../model/hosts.ts";
import { verdictOf, verdictRank } from "../model/verdict.ts";
import { digest } from "./digest.ts";
import { statusWords, verdictBadge } from "./look.ts";
import { markup, type Html } from "./markup.ts";
import { fitting, room } from "./room.ts";

/** A plugin with its place in the page. */
export interface Entry {
  readonly plugin: PluginResult;
  /** Without the folder that all plugins share. */
  readonly name: string;
  /** What the host is called that it was checked with; undefined if there is only one. */
  readonly host: string | undefined;
  /** From 1: its row is row-1, its details plugin-1. */
  readonly number: number;
  /** The numbers of the causes that it has. */
  readonly causes: readonly number[];
}

/** Rows that are shown at once if there is a script: a browser needs seconds to lay out 10,000. */
export const shownRows = 250;

interface Columns {
  readonly isJudged: boolean;
  readonly hasDigest: boolean;
  readonly hasHost: boolean;
  readonly checks: readonly RuleId[];
}

/**
 * A row for each plugin, a column for each check that was made for any of them; and how many rows were left out.
 * @param target what the name in a row links to, if to anything.
 */
export function matrix(
  entries: readonly Entry[],
  target: (entry: Entry) => string | undefined,
): { readonly html: Html; readonly left: number } {
  const columns: Columns = {
    isJudged: entries.some(({ plugin }) => plugin.verdict !== undefined),
    hasDigest: entries.some(({ plugin }) => plugin.sha256 !== undefined),
    hasHost: entries.some(({ host }) => host !== undefined),
    checks: checksOf(entries),
  };
  const heads = [
    "Plugin",
    ...(columns.hasHost ? ["Host"] : []),
    ...(columns.isJudged ? ["Verdict"] : []),
    "Causes",
    "Language",
    "Toolchain",
    "Target",
    "Manifest",
    ...(columns.hasDigest ? ["SHA-256"] : []),
  ];
  const { written, left } = fitting(entries, room.rows, (entry) => row(entry, columns, target(entry)));
  const rest = written.slice(shownRows);
  const html = markup`<div class="scroll" role="group" aria-label="Plugins and checks" tabindex="0">
<table class="matrix">
<thead><tr>
${heads.map((head) => markup`<th scope="col">${head}</th>\n`)}${columns.checks.map(
    (rule) => markup`<th scope="col" class="check" title="${rule}">${rules[rule].checkTitle}</th>\n`,
  )}</tr></thead>
<tbody>
${written.slice(0, shownRows)}</tbody>
${rest.length === 0 ? undefined : markup`<tbody class="rest">\n${rest}</tbody>\n`}</table>
</div>
`;
  return { html, left };
}

/** In the order in which rules are always listed. */
function checksOf(entries: readonly Entry[]): readonly RuleId[] {
  const used = new Set<RuleId>();
  for (const { plugin } of entries) {
    for (const { rule } of plugin.checks ?? []) used.add(rule);
    for (const { rule } of plugin.findings) used.add(rule);
  }
  return ruleIds.filter((rule) => used.has(rule));
}

function row(
  { plugin, name, host, number, causes }: Entry,
  { isJudged, hasDigest, hasHost, checks }: Columns,
  target: string | undefined,
): Html {
  const verdict = verdictOf(plugin);
  const claim = claimOf(plugin.manifest);
  const fact = (field: "language" | "toolchain_version" | "target"): Html =>
    orNone(factOf(claim, plugin.evidence, field));
  const found = [...new Set(plugin.findings.map(({ rule }) => rule))].join(" ");
  const states = statesOf(plugin);
  return markup`<tr id="row-${number}" data-verdict="${verdict ?? ""}"${found === "" ? undefined : markup` data-rules="${found}"`}${causes.length === 0 ? undefined : markup` data-causes="${causes.join(" ")}"`}>
<th scope="row">${target === undefined ? name : markup`<a href="#${target}">${name}</a>`}</th>
${hasHost ? markup`<td>${host}</td>\n` : undefined}${isJudged ? markup`<td data-rank="${verdictRank(plugin)}">${verdictBadge(plugin)}</td>\n` : undefined}<td class="causes${plugin.unreadable === null ? "" : " reason"}">${causesCell(plugin, causes)}</td>
<td>${fact("language")}</td>
<td>${fact("toolchain_version")}</td>
<td class="wide">${fact("target")}</td>
<td>${orNone(plugin.unreadable === null ? sourceOf(plugin.manifest) : undefined)}</td>
${hasDigest ? markup`<td>${digest(plugin) ?? orNone(undefined)}</td>\n` : undefined}${checks.map((rule) => states.get(rule)?.cell ?? notCompared)}</tr>
`;
}

function causesCell(plugin: PluginResult, causes: readonly number[]): Html {
  if (plugin.unreadable !== null) return markup`${sentence(unreadableText(plugin.unreadable))}`;
  return markup`${causes.map(
    (number, at) => markup`${at === 0 ? "" : ", "}<a href="#cause-${number}">${number}</a>`,
  )}`;
}

function orNone(text: string | undefined): Html {
  return text === undefined || text === "" ? markup`<span class="none">–</span>` : markup`${text}`;
}

/** A cell of a check, as short as can be: there are many. The style sheet puts a sign in place of the word. */
interface State {
  readonly cell: Html;
  /** The worst first, as the script sorts them. */
  readonly rank: number;
}

function state(look: string, word: string, rank: number): State {
  return { cell: markup`<td class="is ${look}">${word}</td>`, rank };
}

const notCompared = markup`<td class="is"></td>`;

const severityStates = {
  error: state("no", "error", 0),
  warning: state("warn", "warning", 3),
  note: state("note", "note", 4),
} as const satisfies Record<Severity, State>;

const statusStates = {
  mismatch: state("no", statusWords.mismatch, 5),
  unknown: state("open", statusWords.unknown, 1),
  match: state("yes", statusWords.match, 8),
} as const satisfies Record<Check["status"], State>;

const suppressedState = state("kept", "suppressed", 2);

/** The worst result of each rule, in any slice. */
function statesOf(plugin: PluginResult): ReadonlyMap<RuleId, State> {
  const states = new Map<RuleId, State>();
  const add = (rule: RuleId, one: State): void => {
    const worst = states.get(rule);
    if (worst === undefined || one.rank < worst.rank) states.set(rule, one);
  };
  for (const finding of plugin.findings) add(finding.rule, ofFinding(finding));
  for (const { rule, status } of plugin.checks ?? []) add(rule, statusStates[status]);
  return states;
}

function ofFinding({ severity, suppressed }: Finding): State {
  return suppressed === undefined ? severityStates[severity] : suppressedState;
}

/**
 * With several hosts: a row for each plugin, a column for each host, with the verdict and the causes.
 * @param target what the verdict links to, if to anything.
 */
export function hostMatrix(
  hosts: readonly string[],
  entries: readonly Entry[],
  target: (entry: Entry) => string | undefined,
): { readonly html: Html; readonly left: number } {
  const rows = byPlugin(
    entries.map((entry) => ({ entry, path: entry.plugin.path, hostPath: entry.plugin.hostPath })),
  );
  const { written, left } = fitting(rows, room.rows, ({ results }) => {
    const [first] = results;
    const cells = hosts.map((host) => {
      const found = results.find(({ entry }) => entry.host === host)?.entry;
      return markup`<td>${found === undefined ? orNone(undefined) : hostCell(found, target(found))}</td>\n`;
    });
    return markup`<tr><th scope="row">${first.entry.name}</th>
${cells}</tr>
`;
  });
  const html = markup`<div class="scroll" role="group" aria-label="Plugins and hosts" tabindex="0">
<table class="hosts">
<thead><tr>
${["Plugin", ...hosts].map((head) => markup`<th scope="col">${head}</th>\n`)}</tr></thead>
<tbody>
${written}</tbody>
</table>
</div>
`;
  return { html, left };
}

function hostCell({ plugin, causes }: Entry, target: string | undefined): Html {
  const badge = verdictBadge(plugin);
  const numbers = plugin.unreadable === null ? causesCell(plugin, causes) : undefined;
  return markup`${target === undefined ? badge : markup`<a href="#${target}">${badge}</a>`}${causes.length === 0 || numbers === undefined ? undefined : markup` ${numbers}`}`;
}
