import { buildFlagsMismatch } from "./build-flags-mismatch.ts";
import { buildProfileMismatch } from "./build-profile-mismatch.ts";
import { claimDependency } from "./claim-dependency.ts";
import { claimFlags } from "./claim-flags.ts";
import { claimLanguage } from "./claim-language.ts";
import { claimProfile } from "./claim-profile.ts";
import { claimTarget } from "./claim-target.ts";
import { claimToolchain } from "./claim-toolchain.ts";
import { dependencyMismatch } from "./dependency-mismatch.ts";
import { dependencyNotInHost } from "./dependency-not-in-host.ts";
import { duplicateComponent } from "./duplicate-component.ts";
import { duplicatePluginPath } from "./duplicate-plugin-path.ts";
import { expectedPluginMissing } from "./expected-plugin-missing.ts";
import type { Check, Finding, RuleId, Severity } from "./finding.ts";
import { hostCannotLoadPlugins } from "./host-cannot-load-plugins.ts";
import type { Foretold } from "../loader/foretell.ts";
import { languageUnsupported } from "./language-unsupported.ts";
import { loaderCrashes } from "./loader-crashes.ts";
import { loaderRefuses } from "./loader-refuses.ts";
import { lockMismatch } from "./lock-mismatch.ts";
import { manifestConflict } from "./manifest-conflict.ts";
import { manifestInvalid } from "./manifest-invalid.ts";
import { manifestMissing } from "./manifest-missing.ts";
import { manifestNewerSchema } from "./manifest-newer-schema.ts";
import { manifestUnknownField } from "./manifest-unknown-field.ts";
import { manifestUnreadable } from "./manifest-unreadable.ts";
import { pluginsDisagree } from "./plugins-disagree.ts";
import { provable } from "./provable.ts";
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
import { suppressionExpired } from "./suppression-expired.ts";
import { suppressionStale } from "./suppression-stale.ts";
import { targetMismatch } from "./target-mismatch.ts";
import { toolchainMismatch } from "./toolchain-mismatch.ts";

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
export function judgeLoader(loader: Foretold): readonly Finding[] {
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
