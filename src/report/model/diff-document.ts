import type { DiffResult } from "../../check/diff/diff.ts";
import { schemaVersion } from "./document.ts";
import type { Tool } from "./tool.ts";
import { exitCodes } from "../../check/model/exit-code.ts";

/** The JSON document of `diff` (schemas/diff.schema.json). */
export interface DiffDocument extends DiffResult {
  readonly schemaVersion: typeof schemaVersion;
  readonly tool: Tool;
  readonly command: "diff";
  readonly exitCode: 0 | 1;
}

export function diffDocument(result: DiffResult, tool: Tool): DiffDocument {
  return { schemaVersion, tool, command: "diff", ...result, exitCode: diffExitCode(result) };
}

/** Like diff(1): 1 if something that matters differs. */
export function diffExitCode({ summary }: DiffResult): 0 | 1 {
  return summary.matter === 0 ? exitCodes.ok.code : exitCodes.findings.code;
}
