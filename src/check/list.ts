import { judgeManifests } from "../rules/evaluation.ts";
import { pluginResult } from "./judge/file-result.ts";
import { readFolders } from "./judge/plugin-files.ts";
import type { FolderRequest, Progress } from "./model/request.ts";
import type { CheckResult, PluginResult } from "./model/result.ts";
import { summarise } from "./model/summary.ts";

/**
 * Every plugin of the folders with what its manifest says; files that cannot be read are included.
 * @throws UsageError when a folder does not exist or cannot be listed.
 */
export async function list(request: FolderRequest, progress?: Progress): Promise<CheckResult> {
  const plugins = await readFolders(
    request,
    ({ file }): PluginResult => ({
      ...pluginResult(file),
      findings: file.kind === "unreadable" ? [] : judgeManifests(file),
    }),
    progress,
  );
  return { host: null, plugins, findings: [], summary: summarise(plugins, []) };
}
