import type { CheckResult, FileResult } from "../operations/result.ts";
import { counted } from "./verdict.ts";

/** What the command's exit code says; help, documentation and the JSON report follow this table. */
export const exitCodes = {
  ok: { code: 0, means: "Nothing is wrong. `list` always ends so when it could do its job." },
  findings: {
    code: 1,
    means: "A plugin is incompatible, unreadable, or (without --allow-unknown) unknown. Never a crash.",
  },
  failure: {
    code: 2,
    means: "The job could not be done: bad usage, no such folder, unreadable host, or a bug.",
  },
  interrupted: { code: 130, means: "Interrupted (Ctrl-C)." },
  terminated: { code: 143, means: "Terminated." },
} as const;

/** Why a check fails, in words to be joined; empty where it passes. */
export function failuresOf(result: CheckResult, allowUnknown: boolean): readonly string[] {
  const { incompatible, unreadable, unknown } = result.summary;
  const errors = result.findings.filter(({ severity }) => severity === "error").length;
  return [
    ...(incompatible > 0 ? [`${incompatible} incompatible`] : []),
    ...(unreadable > 0 ? [`${unreadable} unreadable`] : []),
    ...(unknown > 0 && !allowUnknown ? [`${unknown} unknown`] : []),
    ...(errors > 0 ? [`${counted(errors, "error")} about the host or the set`] : []),
  ];
}

/** The exit code of `validate` and `check-all`. */
export function exitCodeOf(result: CheckResult, allowUnknown: boolean): 0 | 1 {
  return failuresOf(result, allowUnknown).length === 0 ? exitCodes.ok.code : exitCodes.findings.code;
}

/** The exit code of `inspect`, which judges nothing but whether the file can be read. */
export function inspectExitCode(file: FileResult): 0 | 1 {
  return file.unreadable === null ? exitCodes.ok.code : exitCodes.findings.code;
}
