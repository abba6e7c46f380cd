import { exitCodes } from "../../check/model/exit-code.ts";
import { gateFailures, type GateFailure } from "../../check/model/gate-failure.ts";
import type { Gate } from "../../check/model/gate.ts";
import type { CheckResult } from "../../check/model/result.ts";
import { counted } from "./verdict.ts";

/**
 * Why the exit code is not 0; undefined if it is.
 * @param command whose check it is: `manifest --verify` compares no plugins with a host.
 */
export function failureText(result: CheckResult, gate: Gate, command?: string): string | undefined {
  const failures = gateFailures(result, gate);
  if (failures.length === 0) return undefined;
  const onlyUnknown = failures.every(({ kind }) => kind === "unknown");
  const hint = onlyUnknown ? " Use --allow-unknown to accept unknown plugins." : "";
  return `Failing: ${joined(failures.map((each) => reasonText(each, command)))} (exit ${exitCodes.findings.code}).${hint}`;
}

/** What the check passes in spite of, with `--fail-on never`; undefined if it would pass without. */
export function waivedText(result: CheckResult, gate: Gate, command?: string): string | undefined {
  if (gate.failOn !== "never") return undefined;
  const failures = gateFailures(result, { ...gate, failOn: "error" });
  if (failures.length === 0) return undefined;
  return `Passes only because of --fail-on never: ${joined(failures.map((each) => reasonText(each, command)))} (exit ${exitCodes.ok.code}).`;
}

function reasonText(failure: GateFailure, command: string | undefined): string {
  const { kind, count } = failure;
  switch (kind) {
    case "incompatible":
      return command === "manifest" ? "the manifest is wrong" : `${count} ${kind}`;
    case "unreadable":
    case "unknown":
      return `${count} ${kind}`;
    case "errors":
      return `${counted(count, "error")} about the host or the set`;
    case "warnings": {
      const { allowed } = failure;
      const limit = allowed === undefined ? "" : `, over the limit of ${allowed}`;
      return `${counted(count, "warning")}${limit}`;
    }
    case "notes":
      return counted(count, "note");
  }
}

function joined(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1) ?? ""}`;
}
