/** The use cases of the command line as a library: plain results, no printing. docs/library.md describes them. */
import { checkAll as checkAllIn } from "./check/check-all.ts";
import { diff as diffIn, type DiffResult } from "./check/diff/diff.ts";
import type { DiagnosisRequest } from "./check/explain/diagnosis.ts";
import { explainError as explainErrorIn, type ErrorExplanation } from "./check/explain/explain.ts";
import { inspect as inspectIn } from "./check/inspect.ts";
import { list as listIn } from "./check/list.ts";
import type { CheckAllRequest, FolderRequest, Progress, ValidateRequest } from "./check/model/request.ts";
import type { CheckResult, InspectResult } from "./check/model/result.ts";
import { validate as validateIn } from "./check/validate.ts";
import { disk } from "./files/disk.ts";
import type { Files } from "./files/files.ts";
import type { CarrierNames } from "./manifest/carrier/carrier-names.ts";

/** A request whose files are the disk's, unless it says otherwise. */
export type OnDisk<Request> = Omit<Request, "fileSystem"> & { readonly fileSystem?: Files };

function onDisk<Request>(
  request: OnDisk<Request>,
): Omit<Request, "fileSystem"> & { readonly fileSystem: Files } {
  return { ...request, fileSystem: request.fileSystem ?? disk };
}

/** `plugins list`. @throws UsageError when a folder does not exist or cannot be listed. */
export function list(request: OnDisk<FolderRequest>, progress?: Progress): Promise<CheckResult> {
  return listIn(onDisk(request), progress);
}

/** `plugins inspect`: one plugin with everything known about it. A file that cannot be read is a result too. */
export function inspect(path: string, names: CarrierNames, fileSystem: Files = disk): Promise<InspectResult> {
  return inspectIn(fileSystem, path, names);
}

/** `plugins validate`. @throws UsageError when the host cannot be read. */
export function validate(request: OnDisk<ValidateRequest>, progress?: Progress): Promise<CheckResult> {
  return validateIn(onDisk(request), progress);
}

/** `plugins check-all`. @throws UsageError when a folder, the host or a lock cannot be read. */
export function checkAll(request: OnDisk<CheckAllRequest>, progress?: Progress): Promise<CheckResult> {
  return checkAllIn(onDisk(request), progress);
}

/** `plugins diff`. @throws UsageError if one of the two cannot be read as an object file. */
export function diff(
  one: string,
  other: string,
  names: CarrierNames,
  fileSystem: Files = disk,
): Promise<DiffResult> {
  return diffIn(fileSystem, one, other, names);
}

/**
 * `plugins explain --error`; undefined if no message of a loader is in the text.
 * @throws UsageError when a file or the host cannot be read.
 */
export function explainError(
  text: string,
  request?: OnDisk<DiagnosisRequest>,
): Promise<ErrorExplanation | undefined> {
  return explainErrorIn(text, request && onDisk(request));
}

export { disk } from "./files/disk.ts";
export {
  FileError,
  type FileKind,
  type Files,
  type FileStat,
  type FolderEntry,
  type OpenFile,
} from "./files/files.ts";
export { defaultCarrierNames, type CarrierNames } from "./manifest/carrier/carrier-names.ts";
export type { Manifest } from "./manifest/generated/manifest.ts";
export type { DiffFile, DiffResult, SliceDiff } from "./check/diff/diff.ts";
export type { Difference } from "./check/diff/difference.ts";
export type { DiagnosisRequest } from "./check/explain/diagnosis.ts";
export {
  explainRule,
  explainRules,
  type ErrorExplanation,
  type RuleExplanation,
  type RuleLine,
} from "./check/explain/explain.ts";
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
export type { Fix } from "./loader/fix.ts";
export type { Check, Finding, RuleId, Severity, Side } from "./rules/finding.ts";
export { rules } from "./rules/registry.ts";
