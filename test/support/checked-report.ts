import { runCli } from "./run-cli.ts";

/** A finding, as far as it is looked at. */
export interface ReportedFinding {
  readonly rule: string;
  readonly severity: string;
  readonly subject?: string;
  readonly message: string;
  readonly fix: readonly { readonly kind: string; readonly run?: string; readonly text?: string }[];
}

/** The part of the JSON report of `validate` and `check-all` that is looked at. */
export interface CheckedReport {
  readonly plugins: readonly {
    readonly verdict: string;
    readonly loader: { readonly outcome: string; readonly message: string | null };
    readonly findings: readonly ReportedFinding[];
  }[];
  readonly findings: readonly ReportedFinding[];
}

/** Runs `validate` or `check-all`. @returns its exit code and its report. @throws its own words if it could not do its job. */
export async function checked(
  command: readonly string[],
): Promise<{ readonly code: number; readonly report: CheckedReport }> {
  const { code, stdout } = await runCli([...command, "--json"]);
  if (code === 2) throw new Error(stdout);
  return { code, report: JSON.parse(stdout) as CheckedReport };
}

/** The findings that fail a check. */
export function errorsIn(findings: readonly ReportedFinding[]): readonly ReportedFinding[] {
  return findings.filter(({ severity }) => severity === "error");
}
