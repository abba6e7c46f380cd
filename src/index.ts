/** The use cases of the command line as a library: plain results, no printing. docs/library.md describes them. */
import { checkAll as checkAllIn, checkContents } from "./check/check-all.ts";
import { diff as diffIn, type DiffResult } from "./check/diff/diff.ts";
import type { DiagnosisRequest } from "./check/explain/diagnosis.ts";
import {
  explainError as explainErrorIn,
  explainErrors as explainErrorsIn,
  type ErrorExplanation,
} from "./check/explain/explain.ts";
import { inspect as inspectIn } from "./check/inspect.ts";
import { list as listIn } from "./check/list.ts";
import { lockOf, type LockDocument } from "./check/lock/lock.ts";
import type {
  CheckAllRequest,
  FolderRequest,
  LockRequest,
  Progress,
  ValidateRequest,
} from "./check/model/request.ts";
import type { CheckResult, InspectResult } from "./check/model/result.ts";
import { validate as validateIn } from "./check/validate.ts";
import { disk } from "./files/disk.ts";
import type { Files } from "./files/files.ts";
import { defaultCarrierNames, type CarrierNames } from "./manifest/carrier/carrier-names.ts";
import type { Tool } from "./report/model/tool.ts";

/** A request whose files are the disk's, unless it says otherwise. */
export type OnDisk<Request> = Omit<Request, "fileSystem"> & { readonly fileSystem?: Files | undefined };

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
export function inspect(
  path: string,
  names: CarrierNames = defaultCarrierNames,
  fileSystem: Files = disk,
): Promise<InspectResult> {
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

/** What `plugins lock` finds out: the set as it was checked, and the lock to write if it passes. */
export interface Locked {
  readonly result: CheckResult;
  readonly document: LockDocument;
}

/**
 * `plugins lock`: checks a set, and makes the lock of it. Whether the set passes, and the writing, are the caller's.
 * @param tool what the lock is said to be written by.
 * @throws UsageError when a folder or the host cannot be read, or a file that is to be locked.
 */
export async function lock(
  request: OnDisk<Omit<CheckAllRequest, "lock" | "shard">>,
  to: LockRequest,
  tool: Tool,
  progress?: Progress,
): Promise<Locked> {
  const whole = onDisk(request);
  const { result, contents } = await checkContents(whole, progress);
  return { result, document: await lockOf(whole.fileSystem, result, contents, to, tool) };
}

/** `plugins diff`. @throws UsageError if one of the two cannot be read as an object file. */
export function diff(
  one: string,
  other: string,
  names: CarrierNames = defaultCarrierNames,
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

/** All of them, each one once; first the one that names the file of the request. */
export function explainErrors(
  text: string,
  request?: OnDisk<DiagnosisRequest>,
): Promise<readonly ErrorExplanation[]> {
  return explainErrorsIn(text, request && onDisk(request));
}

export type { Listing } from "./object/listing.ts";
export { disk } from "./files/disk.ts";
export {
  FileError,
  type FileKind,
  type Files,
  type FileStat,
  type FolderEntry,
  type OpenFile,
} from "./files/files.ts";
export type { Role } from "./artifact/artifact.ts";
export type { DiffFile, DiffResult, SliceDiff } from "./check/diff/diff.ts";
export type { PackageCause, PackageDiff, PackageHashes } from "./check/diff/packages.ts";
export type { Difference, DifferenceGroup } from "./check/diff/difference.ts";
export type { Agreement, Diagnosis, DiagnosisRequest } from "./check/explain/diagnosis.ts";
export {
  explainRule,
  explainRules,
  type ErrorExplanation,
  type RuleExplanation,
  type RuleLine,
} from "./check/explain/explain.ts";
export { exitCodeOf } from "./check/model/exit-code.ts";
export { gateFailures, type GateFailure } from "./check/model/gate-failure.ts";
export type {
  Configuration,
  ConfigurationSource,
  Lowered,
  LoweredOrigin,
} from "./check/model/configuration.ts";
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
  ExportedSymbol,
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
export type { GoPackageCheck } from "./evidence/go/plugin-table.ts";
export type {
  DlopenCheck,
  DyldCheck,
  LoaderCheck,
  MessageCheck,
  PluginOpenCheck,
  UnpredictedCheck,
} from "./loader/check.ts";
export type { LoaderMessage, MessageLoader } from "./loader/explain/loader-message.ts";
export type { SubjectKind } from "./loader/message-form.ts";
export type { BuildChange, Change, DependencyChange, Fix } from "./language/fix.ts";
export type { Language } from "./language/language-facts.ts";
export type { MismatchCause } from "./loader/go/mismatch-cause.ts";
export type { ObjectFormat } from "./object/object-file.ts";
export type { TargetRequest } from "./loader/loading-host.ts";
export type { ReadValue } from "./loader/obstacle.ts";
export { defaultCarrierNames, type CarrierNames } from "./manifest/carrier/carrier-names.ts";
export type { Component, Manifest } from "./manifest/generated/manifest.ts";
export type { LockDocument, LockedFile, LockedPlugin } from "./check/lock/lock.ts";
export { merge, type Merged } from "./check/shard/merge.ts";
export { reportText, type FileFormat, type Format } from "./report/format.ts";
export { causesOf, type Cause, type CauseMember, type CausedFinding } from "./report/model/cause.ts";
export { headlineOf, loaderTexts, pluginsOf } from "./report/model/cause-text.ts";
export { fixScriptOf } from "./report/model/fix-script.ts";
export type { ProblemRule } from "./report/model/problem-rule.ts";
export type { Tool } from "./report/model/tool.ts";
export { failureText } from "./report/model/failure-text.ts";
export type { Place } from "./report/model/place.ts";
export type { ReportContext } from "./report/model/report-context.ts";
export type { CheckDraft, Explanation, FindingText } from "./rules/draft.ts";
export type { Check, Finding, RuleId, Severity, Side, Suppressed } from "./rules/finding.ts";
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
