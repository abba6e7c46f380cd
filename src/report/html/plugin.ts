import { objectFormats } from "../../object/object-file.ts";
import type { PluginResult } from "../../check/model/result.ts";
import type { Check, Side } from "../../rules/finding.ts";
import { rules } from "../../rules/registry.ts";
import { claimOf, inOneLine, membersOf } from "../model/claim.ts";
import { loaderAnswers } from "../model/loader-answer.ts";
import { sizeText } from "../model/size.ts";
import { unreadableText } from "../../artifact/unreadable.ts";
import { sentence } from "../model/problem-text.ts";
import { severityCounts, verdictOf } from "../model/verdict.ts";
import { markedDifference } from "./difference.ts";
import { pluginCauses, type CausePlaces } from "./cause.ts";
import { digest } from "./digest.ts";
import { suppressedFinding } from "./finding.ts";
import { isMissingManifest } from "../model/missing-manifest.ts";
import { statusBadge, verdictBadge } from "./look.ts";
import { markup, type Html } from "./markup.ts";
import type { Entry } from "./matrix.ts";

/** Everything known about one plugin. */
export function pluginSection(
  { plugin, name, host, number }: Entry,
  numberOf: CausePlaces["numberOf"],
  isOpen: boolean,
): Html {
  const counts = severityCounts(plugin).join(", ");
  const found = [
    ...pluginCauses(plugin, numberOf),
    ...plugin.findings.filter(({ suppressed }) => suppressed !== undefined).map(suppressedFinding),
  ];
  return markup`<details class="plugin" id="plugin-${number}"${isOpen ? markup` open` : undefined}>
<summary><h3>${name}${host === undefined ? undefined : ` with ${host}`}</h3> ${verdictBadge(plugin)}${counts === "" ? undefined : markup` <span class="counts">${counts}</span>`}</summary>
<div class="body">
<p class="facts">${facts(plugin).map((fact, at) => markup`${at === 0 ? undefined : markup` <span aria-hidden="true">·</span> `}${fact}`)}</p>
${reasons(plugin)}${loader(plugin)}${found.length === 0 ? undefined : markup`<ul class="findings">\n${found}</ul>\n`}${checkTable(plugin.checks ?? [])}${manifestTable(plugin)}</div>
</details>
`;
}

/** Whether there is more to say of a plugin than its row and the line about missing manifests say. */
export function isRemarkable(plugin: PluginResult): boolean {
  const verdict = verdictOf(plugin);
  return (
    (verdict !== undefined && verdict !== "compatible") ||
    plugin.findings.some((finding) => !isMissingManifest(finding))
  );
}

function facts(plugin: PluginResult): readonly Html[] {
  const { path, format, arch, size, manifest } = plugin;
  const sha256 = digest(plugin);
  return [
    markup`<code>${path}</code>`,
    ...(format === null ? [] : [markup`${objectFormats[format].name} ${arch ?? ""}`]),
    ...(size === null ? [] : [markup`${sizeText(size)}`]),
    ...(manifest === null ? [] : [markup`manifest in <code>${manifest.location}</code>`]),
    ...(sha256 === undefined ? [] : [markup`SHA-256 ${sha256}`]),
  ];
}

function reasons(plugin: PluginResult): Html | undefined {
  const sentences =
    plugin.unreadable !== null
      ? [sentence(unreadableText(plugin.unreadable))]
      : verdictOf(plugin) === "unknown"
        ? (plugin.unknowns ?? [])
        : [];
  if (sentences.length === 0) return undefined;
  const word = plugin.unreadable === null ? "What is unknown" : "Why it is unreadable";
  return markup`<div class="reasons"><b>${word}</b>
<ul>
${sentences.map((sentence) => markup`<li>${sentence}</li>\n`)}</ul></div>
`;
}

function loader({ loader }: PluginResult): Html | undefined {
  if (loader === undefined) return undefined;
  const { outcome, message, reason, further, needs } = loader;
  const end = message === null && reason === null ? "." : ":";
  return markup`<div class="loader"><p>The loader ${loaderAnswers[outcome]}${end}</p>
${message === null ? undefined : markup`<blockquote><code>${message}</code></blockquote>\n`}${reason === null ? undefined : markup`<p class="from">${reason}</p>\n`}${further.map((each) => markup`<p class="from">Then: ${each.message ?? each.check}</p>\n`)}${outcome !== "loads" || needs.length === 0 ? undefined : markup`<p class="from">Given ${needs.join(", ")}</p>\n`}</div>
`;
}

/** Every comparison, including those that passed. */
function checkTable(checks: readonly Check[]): Html | undefined {
  if (checks.length === 0) return undefined;
  return markup`<details class="more"><summary>All checks (${checks.length})</summary>
<div class="scroll" role="group" aria-label="Checks" tabindex="0"><table class="checks">
<thead><tr><th scope="col">Check</th><th scope="col">Result</th><th scope="col">Plugin</th><th scope="col">Host</th><th scope="col">Note</th></tr></thead>
<tbody>
${checks.map(checkRow)}</tbody>
</table></div></details>
`;
}

function checkRow({ rule, arch, status, plugin, host, reason }: Check): Html {
  const [ours, theirs] = markedDifference(plugin?.value ?? "", host?.value ?? "");
  const isPair = status === "mismatch" && plugin !== undefined && host !== undefined;
  return markup`<tr><th scope="row">${rules[rule].checkTitle}${arch === undefined ? undefined : markup` <span class="about">${arch}</span>`}</th>
<td>${statusBadge(status)}</td>
<td>${sideCell(plugin, isPair ? ours : undefined)}</td>
<td>${sideCell(host, isPair ? theirs : undefined)}</td>
<td>${reason}</td></tr>
`;
}

function sideCell(side: Side | undefined, value: Html | undefined): Html {
  if (side === undefined) return markup`<span class="none">–</span>`;
  return markup`<code>${value ?? side.value}</code> <span class="from">read from <code>${side.from}</code></span>`;
}

/** The manifest as it is embedded. */
function manifestTable({ manifest }: PluginResult): Html | undefined {
  const claim = claimOf(manifest);
  if (claim === undefined) return undefined;
  return markup`<details class="more"><summary>Manifest</summary>
<div class="scroll" role="group" aria-label="Manifest" tabindex="0"><table class="checks headless">
<tbody>
${[...claim].map(([field, value]) => markup`<tr><th scope="row"><code>${field}</code></th><td>${claimed(value)}</td></tr>\n`)}</tbody>
</table></div></details>
`;
}

/** A value of the manifest; for an object one line per member. */
function claimed(value: unknown): Html {
  const members = membersOf(value);
  if (members === undefined) return markup`<code>${inOneLine(value)}</code>`;
  return markup`<ul class="members">${members.map(
    ([name, member]) =>
      markup`<li><code>${name}</code> <code class="from">${inOneLine(member)}</code></li>\n`,
  )}</ul>`;
}
