/** The use cases of the command line as a library: plain results, no printing. docs/library.md describes them. */
export { defaultCarrierNames, type CarrierNames } from "./manifest/carrier/carrier-names.ts";
export type { Manifest } from "./manifest/generated/manifest.ts";
export { checkAll } from "./check/check-all.ts";
export { diff, type DiffFile, type DiffResult, type SliceDiff } from "./check/diff/diff.ts";
export type { Difference } from "./check/diff/difference.ts";
export type { DiagnosisRequest } from "./check/explain/explain-files.ts";
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
export type {
  CheckAllRequest,
  FolderRequest,
  HostRequest,
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
  LoaderResult,
  ManifestResult,
  PluginResult,
  SliceDetails,
  SliceResult,
  Summary,
  Verdict,
} from "./check/model/result.ts";
export { UsageError, type UsageErrorCode } from "./check/model/usage-error.ts";
export { validate } from "./check/validate.ts";
export type { Fix } from "./loader/fix.ts";
export type { Check, Finding, RuleId, Severity, Side } from "./rules/finding.ts";
export { rules } from "./rules/registry.ts";
