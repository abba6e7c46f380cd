import type { CheckResult, FileResult } from "../../check/model/result.ts";
import { counts, type Finding } from "../../rules/finding.ts";
import { counted } from "./verdict.ts";

/** What the command's exit code says; help, documentation and the JSON report follow this table. */
export const exitCodes = {
  ok: { code: 0, means: "Nothing is wrong. `list` always ends so when it could do its job." },
  findings: {
    code: 1,
    means:
      "A plugin is incompatible, unreadable, or (without --allow-unknown) unknown; `diff` found a difference. Never a crash.",
  },
  failure: {
    code: 2,
    means: "The job could not be done: bad usage, no such folder, unreadable host, or a bug.",
  },
  interrupted: { code: 130, means: "Interrupted (Ctrl-C)." },
  terminated: { code: 143, means: "Terminated." },
} as const;

export const failLevels = ["error", "warning", "note", "never"] as const;

/** The least severity that fails a check. */
export type FailLevel = (typeof failLevels)[number];

/** What a check may find and still pass. */
export interface Gate {
  readonly allowUnknown: boolean;
  /** `error` where absent. `never` lets everything pass. */
  readonly failOn?: FailLevel;
  /** How many warnings may be there; any number where absent. */
  readonly maxWarnings?: number | undefined;
}

/** Why a check fails, in words to be joined; empty where it passes. */
export function failuresOf(result: CheckResult, gate: Gate): readonly string[] {
  const { allowUnknown, failOn = "error", maxWarnings } = gate;
  if (failOn === "never") return [];
  const { incompatible, unreadable, unknown, warnings } = result.summary;
  const errors = result.findings.filter((finding) => counts(finding, "error")).length;
  const tooMany = maxWarnings !== undefined && warnings > maxWarnings;
  return [
    ...(incompatible > 0 ? [`${incompatible} incompatible`] : []),
    ...(unreadable > 0 ? [`${unreadable} unreadable`] : []),
    ...(unknown > 0 && !allowUnknown ? [`${unknown} unknown`] : []),
    ...(errors > 0 ? [`${counted(errors, "error")} about the host or the set`] : []),
    ...(tooMany ? [`${counted(warnings, "warning")} where ${maxWarnings} may be`] : []),
    ...(failOn !== "error" && !tooMany && warnings > 0 ? [counted(warnings, "warning")] : []),
    ...(failOn === "note" ? notes(result) : []),
  ];
}

/** Whether a finding has to do with a check's failing, or would have: of errors also where nothing may fail it. */
export function isGrave({ severity, suppressed }: Finding, { failOn, maxWarnings }: Gate): boolean {
  if (suppressed !== undefined) return false;
  if (severity === "error" || failOn === "note") return true;
  return severity === "warning" && (failOn === "warning" || maxWarnings !== undefined);
}

function notes({ plugins, findings }: CheckResult): readonly string[] {
  const all: readonly Finding[] = [...plugins.flatMap((plugin) => plugin.findings), ...findings];
  const count = all.filter((finding) => counts(finding, "note")).length;
  return count === 0 ? [] : [counted(count, "note")];
}

/** The exit code of `validate` and `check-all`. */
export function exitCodeOf(result: CheckResult, gate: Gate): 0 | 1 {
  return failuresOf(result, gate).length === 0 ? exitCodes.ok.code : exitCodes.findings.code;
}

/** The exit code of `inspect`, which judges nothing but whether the file can be read. */
export function inspectExitCode(file: FileResult): 0 | 1 {
  return file.unreadable === null ? exitCodes.ok.code : exitCodes.findings.code;
}
