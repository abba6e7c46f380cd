/** The use cases of the command line as a library: plain results, no printing. */
export { defaultCarrierNames, type CarrierNames } from "./manifest/carrier-names.ts";
export type { Manifest } from "./manifest/manifest.ts";
export { checkAll } from "./operations/check-all.ts";
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
  FactResult,
  FileResult,
  HostResult,
  InspectResult,
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
