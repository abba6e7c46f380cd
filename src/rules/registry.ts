import { buildFlagsMismatch } from "./build-flags-mismatch.ts";
import { buildProfileMismatch } from "./build-profile-mismatch.ts";
import { claimDependency } from "./claim-dependency.ts";
import { claimFlags } from "./claim-flags.ts";
import { claimLanguage } from "./claim-language.ts";
import { claimTarget } from "./claim-target.ts";
import { claimToolchain } from "./claim-toolchain.ts";
import { dependencyMismatch } from "./dependency-mismatch.ts";
import { dependencyNotInHost } from "./dependency-not-in-host.ts";
import { duplicateComponent } from "./duplicate-component.ts";
import { expectedPluginMissing } from "./expected-plugin-missing.ts";
import type { Check, Finding, RuleId, Severity } from "./finding.ts";
import { languageUnsupported } from "./language-unsupported.ts";
import { loaderRefuses } from "./loader-refuses.ts";
import { manifestConflict } from "./manifest-conflict.ts";
import { manifestInvalid } from "./manifest-invalid.ts";
import { manifestMissing } from "./manifest-missing.ts";
import { manifestNewerSchema } from "./manifest-newer-schema.ts";
import { manifestUnknownField } from "./manifest-unknown-field.ts";
import { manifestUnreadable } from "./manifest-unreadable.ts";
import type {
  ComparisonRule,
  FindingDraft,
  ManifestRule,
  ManifestSubject,
  Pair,
  PluginSet,
  RuleMeta,
  SetRule,
} from "./rule.ts";
import { targetMismatch } from "./target-mismatch.ts";
import { toolchainMismatch } from "./toolchain-mismatch.ts";

const manifestRules: readonly ManifestRule[] = [
  manifestMissing,
  manifestUnreadable,
  manifestInvalid,
  manifestConflict,
  claimLanguage,
  claimTarget,
  claimToolchain,
  claimFlags,
  claimDependency,
  manifestNewerSchema,
  manifestUnknownField,
];

/** In the order in which their findings matter. */
const comparisonRules: readonly ComparisonRule[] = [
  loaderRefuses,
  targetMismatch,
  languageUnsupported,
  toolchainMismatch,
  dependencyMismatch,
  buildFlagsMismatch,
  buildProfileMismatch,
  dependencyNotInHost,
];

const setRules: readonly SetRule[] = [expectedPluginMissing, duplicateComponent];

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
  "loader-refuses": loaderRefuses,
  "duplicate-component": duplicateComponent,
  "expected-plugin-missing": expectedPluginMissing,
};

/** Judges the manifests of one file by themselves. */
export function judgeManifests(file: ManifestSubject): readonly Finding[] {
  return worstFirst(
    manifestRules.flatMap((rule) => rule.evaluate(file).map((draft) => finding(rule, draft))),
  );
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
      outcome.findings.map((draft) => ({ ...finding(rule, draft), ...inSlice })),
    ),
    checks: outcomes.flatMap(({ rule, outcome }) =>
      outcome.check === undefined ? [] : [{ rule: rule.id, ...outcome.check, ...inSlice }],
    ),
  };
}

export function judgeSet(set: PluginSet): readonly Finding[] {
  return worstFirst(setRules.flatMap((rule) => rule.evaluate(set).map((draft) => finding(rule, draft))));
}

/** Errors, warnings, notes; in the given order among themselves. */
export function worstFirst(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort((one, other) => severityOrder[one.severity] - severityOrder[other.severity]);
}

function finding({ id, severity }: RuleMeta, draft: FindingDraft): Finding {
  return { rule: id, severity, fix: [], ...draft };
}
