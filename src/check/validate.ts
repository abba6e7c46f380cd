import { checkOne, checkSet } from "./judge/checked-set.ts";
import { readHost } from "./judge/host.ts";
import { readFiles } from "./judge/plugin-files.ts";
import type { Progress, ValidateRequest } from "./model/request.ts";
import type { CheckResult } from "./model/result.ts";

/**
 * The named files against the host.
 * @throws UsageError when the host cannot be read.
 */
export async function validate(request: ValidateRequest, progress?: Progress): Promise<CheckResult> {
  const { fileSystem, files, names, policy } = request;
  const host = readHost(fileSystem, request.host, names, request.arch);
  const checked = await readFiles(files, request, (opened) => checkOne(opened, host, policy), progress);
  return checkSet(host, checked, { expect: [], policy, whole: false });
}
