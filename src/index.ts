/** The use cases of the command line as a library: plain results, no printing. docs/library.md describes them. */
export { defaultCarrierNames, type CarrierNames } from "./manifest/carrier-names.ts";
export type { Manifest } from "./manifest/manifest.ts";
export { checkAll } from "./operations/check-all.ts";
export { diff, type DiffFile, type DiffResult, type SliceDiff } from "./operations/diff.ts";
export type { Difference } from "./operations/difference.ts";
export type { DiagnosisRequest } from "./operations/explain-files.ts";
export {
  explainError,
  explainRule,
  explainRules,
  type ErrorExplanation,
  type RuleExplanation,
  type RuleLine,
} from "./operations/explain.ts";
export { inspect } from "./operations/inspect.ts";
export { list } from "./operations/list.ts";
export type {
  CheckAllRequest,
  FolderRequest,
  HostRequest,
  Progress,
  ValidateRequest,
} from "./operations/request.ts";
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
} from "./operations/result.ts";
export { UsageError, type UsageErrorCode } from "./operations/usage-error.ts";
export { validate } from "./operations/validate.ts";
export type { Check, Finding, Fix, RuleId, Severity, Side } from "./rules/finding.ts";
export { rules } from "./rules/registry.ts";
