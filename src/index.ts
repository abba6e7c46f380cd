/** The use cases of the command line as a library: plain results, no printing. docs/library.md describes them. */
export type { Role } from "./artifact/artifact.ts";
export { checkAll } from "./check/check-all.ts";
export { diff, type DiffFile, type DiffResult, type SliceDiff } from "./check/diff/diff.ts";
export type { PackageCause, PackageDiff, PackageHashes } from "./check/diff/diff-packages.ts";
export type { Difference, DifferenceGroup } from "./check/diff/difference.ts";
export type { Agreement, Diagnosis, DiagnosisRequest } from "./check/explain/explain-files.ts";
export {
  explainError,
  explainRule,
  explainRules,
  type ErrorExplanation,
  type RuleExplanation,
  type RuleLine,
} from "./check/explain/explain.ts";
export { inspect } from "./check/inspect.ts";
export { list } from "./check/list.ts";
export { exitCodeOf } from "./check/model/exit-code.ts";
export { gateFailures, type GateFailure } from "./check/model/gate-failure.ts";
export type { FailLevel, Gate } from "./check/model/gate.ts";
export type {
  CheckAllRequest,
  FolderRequest,
  HostRequest,
  LockRequest,
  Progress,
  ValidateRequest,
} from "./check/model/request.ts";
export type {
  CheckResult,
  EvidenceResult,
  FactResult,
  FileResult,
  HostResult,
  InspectResult,
  LoaderObstacle,
  LoaderResult,
  ManifestResult,
  PluginResult,
  SliceDetails,
  SliceResult,
  Summary,
  Verdict,
} from "./check/model/result.ts";
export type { Brought, Shard, ShardGate, ShardMember, ShardRequest } from "./check/model/shard-record.ts";
export { UsageError, type UsageErrorCode } from "./check/model/usage-error.ts";
export { validate } from "./check/validate.ts";
export type { GoPackageCheck } from "./evidence/go/plugin-table.ts";
export type { DlopenCheck, DyldCheck, LoaderCheck, PluginOpenCheck } from "./loader/check.ts";
export type {
  LoaderMessage,
  MessageCheck,
  MessageLoader,
  SubjectKind,
  UnpredictedCheck,
} from "./loader/explain/loader-message.ts";
export type { MismatchCause } from "./loader/go/mismatch-cause.ts";
export type { TargetRequest } from "./loader/loading-host.ts";
export type { ReadValue } from "./loader/prediction.ts";
export { defaultCarrierNames, type CarrierNames } from "./manifest/carrier/carrier-names.ts";
export type { Component, Manifest } from "./manifest/generated/manifest.ts";
export { reportText, type FileFormat, type Format } from "./report/format.ts";
export type { Tool } from "./report/model/document.ts";
export { failureText } from "./report/model/failure-text.ts";
export type { Place } from "./report/model/place.ts";
export type { ReportContext } from "./report/model/report-context.ts";
export type { CheckDraft, FindingText } from "./rules/draft.ts";
export type { Check, Finding, Fix, RuleId, Severity, Side, Suppressed } from "./rules/finding.ts";
export {
  policyInForce,
  type Policy,
  type PolicyInForce,
  type PolicyName,
  type PolicySeverity,
  type Suppression,
} from "./rules/policy/policy.ts";
export { rules } from "./rules/registry.ts";
export type { Confidence, FixSteps, RuleExample, RulePage } from "./rules/rule-page.ts";
export type { LoaderView, LockDifference, RuleGroup, RuleMeta, SetMember } from "./rules/rule.ts";
