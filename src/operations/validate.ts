import { checkOne, checkSet } from "./checked-set.ts";
import { readHost } from "./host.ts";
import { readFiles } from "./plugin-files.ts";
import type { Progress, ValidateRequest } from "./request.ts";
import type { CheckResult } from "./result.ts";

/**
 * The named files against the host.
 * @throws UsageError when the host cannot be read.
 */
export async function validate(request: ValidateRequest, progress?: Progress): Promise<CheckResult> {
  const { files, names, policy } = request;
  const host = readHost(request.host, names, request.arch);
  const checked = await readFiles(files, names, (file) => checkOne(file, host, policy), progress);
  return checkSet(host, checked, { expect: [], policy, whole: false });
}
