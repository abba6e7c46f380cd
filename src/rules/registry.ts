import { buildFlagsMismatch } from "./host/build-flags-mismatch/rule.ts";
import { buildProfileMismatch } from "./host/build-profile-mismatch/rule.ts";
import { claimDependency } from "./claim/claim-dependency/rule.ts";
import { claimFlags } from "./claim/claim-flags/rule.ts";
import { claimLanguage } from "./claim/claim-language/rule.ts";
import { claimProfile } from "./claim/claim-profile/rule.ts";
import { claimTarget } from "./claim/claim-target/rule.ts";
import { claimToolchain } from "./claim/claim-toolchain/rule.ts";
import { dependencyMismatch } from "./host/dependency-mismatch/rule.ts";
import { dependencyNotInHost } from "./host/dependency-not-in-host/rule.ts";
import { duplicateComponent } from "./set/duplicate-component/rule.ts";
import { duplicatePluginPath } from "./set/duplicate-plugin-path/rule.ts";
import { expectedPluginMissing } from "./set/expected-plugin-missing/rule.ts";
import type { Check, Finding, RuleId, Severity } from "./finding.ts";
import { hostCannotLoadPlugins } from "./loader/host-cannot-load-plugins/rule.ts";
import type { PredictedLoad } from "../loader/predict-load.ts";
import { languageUnsupported } from "./host/language-unsupported/rule.ts";
import { loaderCrashes } from "./loader/loader-crashes/rule.ts";
import { loaderRefuses } from "./loader/loader-refuses/rule.ts";
import { lockMismatch } from "./set/lock-mismatch/rule.ts";
import { manifestConflict } from "./manifest/manifest-conflict/rule.ts";
import { manifestInvalid } from "./manifest/manifest-invalid/rule.ts";
import { manifestMissing } from "./manifest/manifest-missing/rule.ts";
import { manifestNewerSchema } from "./manifest/manifest-newer-schema/rule.ts";
import { manifestUnknownField } from "./manifest/manifest-unknown-field/rule.ts";
import { manifestUnreadable } from "./manifest/manifest-unreadable/rule.ts";
import { pluginsDisagree } from "./set/plugins-disagree/rule.ts";
import { provable } from "./claim/provable.ts";
import type {
  ClaimRule,
  ComparisonRule,
  FindingDraft,
  ManifestRule,
  ManifestSubject,
  Pair,
  PluginSet,
  RuleMeta,
  SetRule,
} from "./rule.ts";
import { suppressionExpired } from "./policy/suppression-expired/rule.ts";
import { suppressionStale } from "./policy/suppression-stale/rule.ts";
import { targetMismatch } from "./host/target-mismatch/rule.ts";
import { toolchainMismatch } from "./host/toolchain-mismatch/rule.ts";

const manifestRules: readonly ManifestRule[] = [
  manifestMissing,
  manifestUnreadable,
  manifestInvalid,
  manifestConflict,
  manifestNewerSchema,
  manifestUnknownField,
];

const claimRules: readonly ClaimRule[] = [
  claimLanguage,
  claimTarget,
  claimToolchain,
  claimFlags,
  claimDependency,
  claimProfile,
];

/** In the order in which their findings matter. */
const comparisonRules: readonly ComparisonRule[] = [
  hostCannotLoadPlugins,
  targetMismatch,
  languageUnsupported,
  toolchainMismatch,
  dependencyMismatch,
  buildFlagsMismatch,
  buildProfileMismatch,
  loaderRefuses,
  loaderCrashes,
  dependencyNotInHost,
];

const setRules: readonly SetRule[] = [
  expectedPluginMissing,
  lockMismatch,
  duplicatePluginPath,
  pluginsDisagree,
  duplicateComponent,
];

const severityOrder = { error: 0, warning: 1, note: 2 } satisfies Record<Severity, number>;

/** What each rule is called and how grave its findings are. No id of RuleId is left out. */
export const rules: Readonly<Record<RuleId, RuleMeta>> = {
  "manifest-missing": manifestMissing,
  "manifest-unreadable": manifestUnreadable,
  "manifest-invalid": manifestInvalid,
  "manifest-conflict": manifestConflict,
  "manifest-unknown-field": manifestUnknownField,
  "manifest-newer-schema": manifestNewerSchema,
  "language-unsupported": languageUnsupported,
  "toolchain-mismatch": toolchainMismatch,
  "dependency-mismatch": dependencyMismatch,
  "dependency-not-in-host": dependencyNotInHost,
  "build-flags-mismatch": buildFlagsMismatch,
  "build-profile-mismatch": buildProfileMismatch,
  "target-mismatch": targetMismatch,
  "claim-language": claimLanguage,
  "claim-toolchain": claimToolchain,
  "claim-target": claimTarget,
  "claim-flags": claimFlags,
  "claim-dependency": claimDependency,
  "claim-profile": claimProfile,
  "host-cannot-load-plugins": hostCannotLoadPlugins,
  "loader-refuses": loaderRefuses,
  "loader-crashes": loaderCrashes,
  "duplicate-plugin-path": duplicatePluginPath,
  "plugins-disagree": pluginsDisagree,
  "duplicate-component": duplicateComponent,
  "expected-plugin-missing": expectedPluginMissing,
  "suppression-stale": suppressionStale,
  "suppression-expired": suppressionExpired,
  "lock-mismatch": lockMismatch,
};

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
  return worstFirst(findings);
}

/**
 * Holds one slice of a plugin against the host.
 * @param arch named in findings and checks where the plugin has several slices.
 */
export function judgePair(
  pair: Pair,
  arch: string | undefined,
): { readonly findings: readonly Finding[]; readonly checks: readonly Check[] } {
  const inSlice = arch === undefined ? {} : { arch };
  const outcomes = comparisonRules.map((rule) => ({ rule, outcome: rule.evaluate(pair) }));
  return {
    findings: outcomes.flatMap(({ rule, outcome }) =>
      outcome.findings.map((draft) => ({ ...finding(rule, minded(rule, draft, pair)), ...inSlice })),
    ),
    checks: outcomes.flatMap(({ rule, outcome }) =>
      outcome.check === undefined ? [] : [{ rule: rule.id, ...outcome.check, ...inSlice }],
    ),
  };
}

/** Says of a difference that the loader does not mind that it is the policy which does: the host would not crash. */
function minded({ severity }: RuleMeta, draft: FindingDraft, { loader }: Pair): FindingDraft {
  const isError = (draft.severity ?? severity) === "error";
  if (!isError || loader?.prediction.outcome !== "loads") return draft;
  const remark =
    loader.opener === "dlopen"
      ? "dlopen would load it all the same, since it compares nothing of this; it may fail in use."
      : "plugin.Open would load it all the same: it is the policy that minds.";
  return { ...draft, cause: draft.cause === undefined ? remark : `${draft.cause} ${remark}` };
}

/** What the loader says of a file that no other rule can judge. */
export function judgeLoader(loader: PredictedLoad): readonly Finding[] {
  return [hostCannotLoadPlugins, loaderRefuses, loaderCrashes].flatMap((rule) =>
    rule.evaluate({ loader }).findings.map((draft) => finding(rule, draft)),
  );
}

export function judgeSet(set: PluginSet): readonly Finding[] {
  return worstFirst(setRules.flatMap((rule) => rule.evaluate(set).map((draft) => finding(rule, draft))));
}

/** Errors, warnings, notes; in the given order among themselves. */
export function worstFirst(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort((one, other) => severityOrder[one.severity] - severityOrder[other.severity]);
}

/** A draft with what is the same for all findings of its rule. */
export function finding({ id, severity }: RuleMeta, draft: FindingDraft): Finding {
  return { rule: id, severity, fix: [], ...draft };
}
