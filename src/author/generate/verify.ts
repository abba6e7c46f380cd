import { readWith, type Artifact } from "../../artifact/artifact.ts";
import { pluginResult } from "../../check/judge/file-result.ts";
import { underPolicy } from "../../check/judge/under-policy.ts";
import type { CheckResult, PluginResult } from "../../check/model/result.ts";
import { summarise } from "../../check/model/summary.ts";
import type { Files } from "../../files/files.ts";
import { appendedSection, type CarrierNames } from "../../manifest/carrier/carrier-names.ts";
import type { ManifestAt } from "../../manifest/claim.ts";
import { shellWord } from "../../language/shell-word.ts";
import { judgeManifests } from "../../rules/evaluation.ts";
import type { Check } from "../../rules/finding.ts";
import type { PolicyInForce } from "../../rules/policy/policy.ts";
import { counts } from "../../rules/finding.ts";
import { judge } from "../../rules/verdict.ts";

interface Verification {
  readonly names: CarrierNames;
  /** The command that makes the manifest of these sources on stdout, for people; undefined if it needs more than they say. */
  readonly remake?: string | undefined;
  readonly policy?: PolicyInForce | undefined;
}

/**
 * Compares the manifest in a built file with what the sources say now, and with what the file proves.
 * @param sources one for each language.
 */
export function verified(
  files: Files,
  path: string,
  sources: readonly ManifestAt[],
  { names, remake, policy }: Verification,
): CheckResult {
  const { file } = readWith(files, path, names, "by-kind", () => undefined);
  const plugin = underPolicy(
    file.kind === "unreadable"
      ? { ...pluginResult(file), verdict: "unreadable", unknowns: [], checks: [], findings: [] }
      : judged(pluginResult(file), judgeManifests({ ...file, sources, renewal: renewalOf(file, remake) })),
    policy,
  );
  return { host: null, plugins: [plugin], findings: [], summary: summarise([plugin], []) };
}

/** Only a section that `plugins embed` appended is its to replace, whatever the new length. */
function renewalOf({ path, format, slices }: Artifact, remake: string | undefined): string | undefined {
  if (remake === undefined || format !== "elf") return undefined;
  const carriers = slices.flatMap(({ claim }) => claim.carriers);
  return carriers.every(({ location }) => location === appendedSection)
    ? `${remake} | plugins embed ${shellWord(path)} --manifest -`
    : undefined;
}

function judged(result: Omit<PluginResult, "findings">, findings: PluginResult["findings"]): PluginResult {
  const differing = findings.filter((one) => one.rule === "manifest-stale" && counts(one, "error"));
  const check: Check = {
    rule: "manifest-stale",
    status: differing.length === 0 ? "match" : "mismatch",
    decisive: true,
    reason: differing.length === 0 ? "all values are equal" : `${differing.length} values differ`,
  };
  return { ...result, ...judge(findings, [check]), checks: [check], findings };
}
