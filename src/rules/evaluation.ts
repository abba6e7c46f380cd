import type { PredictedLoad } from "../loader/predict-load.ts";
import { provable } from "./claim/provable.ts";
import type { FindingDraft } from "./draft.ts";
import { bySeverity, type Check, type Finding } from "./finding.ts";
import { registry, type RegisteredRule } from "./registry.ts";
import type { ManifestSubject, Pair, PluginSet } from "./rule.ts";

const manifestRules = registry.filter((rule) => rule.group === "manifest");
const claimRules = registry.filter((rule) => rule.group === "claim");
const comparisonRules = registry.filter((rule) => rule.group === "host" || rule.group === "loader");
const loaderRules = registry.filter((rule) => rule.group === "loader");
const setRules = registry.filter((rule) => rule.group === "set");

/** Judges the manifests of one file by themselves. */
export function judgeManifests(file: ManifestSubject): readonly Finding[] {
  const findings: Finding[] = [];
  for (const rule of manifestRules) {
    for (const draft of rule.evaluate(file)) findings.push(finding(rule, draft));
  }
  const claims = provable(file);
  for (const rule of claimRules) {
    for (const claim of claims) {
      const inSlice = file.universal ? { arch: claim.arch } : {};
      for (const draft of rule.evaluate(claim)) findings.push({ ...finding(rule, draft), ...inSlice });
    }
  }
  return bySeverity(findings);
}

/**
 * Compares one slice of a plugin with the host.
 * @param arch named in findings and checks if the plugin has several slices.
 */
export function judgePair(
  pair: Pair,
  arch: string | undefined,
): { readonly findings: readonly Finding[]; readonly checks: readonly Check[] } {
  const inSlice = arch === undefined ? {} : { arch };
  const outcomes = comparisonRules.map((rule) => ({ rule, outcome: rule.evaluate(pair) }));
  return {
    findings: outcomes.flatMap(({ rule, outcome }) =>
      outcome.findings.map((draft) => ({
        ...withLoaderRemark(finding(rule, draft), pair),
        ...inSlice,
      })),
    ),
    checks: outcomes.flatMap(({ rule, outcome }) =>
      outcome.check === undefined ? [] : [{ rule: rule.id, ...outcome.check, ...inSlice }],
    ),
  };
}

/** Adds to an error that the loader would load the plugin all the same: the host would not crash. If it does, it raises none itself. */
function withLoaderRemark(of: Finding, { loader }: Pair): Finding {
  if (of.severity !== "error" || loader?.prediction.outcome !== "loads") return of;
  const remark = loaderRemarks[loader.opener];
  return { ...of, cause: of.cause === undefined ? remark : `${of.cause} ${remark}` };
}

/** What is said of an error that does not keep the loader from loading the plugin. */
export const loaderRemarks = {
  dlopen: "dlopen does not check this and would still load it; it may fail at run time.",
  "plugin.Open": "plugin.Open would still load it; only the policy objects.",
} as const satisfies Record<PredictedLoad["opener"], string>;

/** What the loader says about a file that no other rule can judge. */
export function judgeLoader(loader: PredictedLoad): readonly Finding[] {
  return loaderRules.flatMap((rule) =>
    rule.evaluate({ loader }).findings.map((draft) => finding(rule, draft)),
  );
}

/** Judges the plugins of a set together. */
export function judgeSet(set: PluginSet): readonly Finding[] {
  return bySeverity(setRules.flatMap((rule) => rule.evaluate(set).map((draft) => finding(rule, draft))));
}

/** A draft with what is the same for all findings of its rule. */
export function finding({ id, severity }: RegisteredRule, draft: FindingDraft): Finding {
  return { rule: id, severity, fix: [], ...draft };
}
