import { gateFailures } from "./gate-failure.ts";
import type { Gate } from "./gate.ts";
import type { CheckResult, FileResult } from "./result.ts";

/** What the command's exit code says; help, documentation and the JSON report follow this table. */
export const exitCodes = {
  ok: {
    code: 0,
    means: "Nothing at or above the failing severity. `list` always exits 0 unless it could not run.",
  },
  findings: {
    code: 1,
    means:
      "A plugin is incompatible, unreadable, or (without --allow-unknown) unknown; `diff` found a difference. Never a crash.",
  },
  failure: {
    code: 2,
    means: "The command could not run: bad usage, no such folder, unreadable host, or a bug.",
  },
  interrupted: { code: 130, means: "Interrupted (Ctrl-C)." },
  terminated: { code: 143, means: "Terminated." },
} as const;

/** The exit code of `validate` and `check-all`. */
export function exitCodeOf(result: CheckResult, gate: Gate): 0 | 1 {
  return gateFailures(result, gate).length === 0 ? exitCodes.ok.code : exitCodes.findings.code;
}

/** The exit code of `inspect`, which only judges whether the file can be read. */
export function inspectExitCode(file: FileResult): 0 | 1 {
  return file.unreadable === null ? exitCodes.ok.code : exitCodes.findings.code;
}
