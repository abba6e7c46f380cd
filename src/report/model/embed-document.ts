import type { EmbedResult } from "../../author/embed/embed.ts";
import { exitCodes } from "../../check/model/exit-code.ts";
import { schemaVersion } from "./document.ts";
import type { Tool } from "./tool.ts";

/** The JSON document of `embed` (schemas/embed.schema.json). */
interface EmbedDocument extends EmbedResult {
  readonly schemaVersion: typeof schemaVersion;
  readonly tool: Tool;
  readonly command: "embed";
  readonly exitCode: 0 | 1;
}

export function embedDocument(result: EmbedResult, tool: Tool): EmbedDocument {
  return { schemaVersion, tool, command: "embed", ...result, exitCode: embedExitCode(result) };
}

/** What is embedded and disproved by its own file would fail every gate that it comes to. */
export function embedExitCode({ findings }: Pick<EmbedResult, "findings">): 0 | 1 {
  const { ok, findings: wrong } = exitCodes;
  return findings.some(({ severity }) => severity === "error") ? wrong.code : ok.code;
}
