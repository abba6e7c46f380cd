import { checkOne, checkSet } from "./checked-set.ts";
import { readHost } from "./host.ts";
import { readFolders } from "./plugin-files.ts";
import type { CheckAllRequest, Progress } from "./request.ts";
import type { CheckResult } from "./result.ts";

/**
 * Every plugin of the folders against the host, and the plugins against one another.
 * @throws UsageError when a folder or the host cannot be read.
 */
export async function checkAll(request: CheckAllRequest, progress?: Progress): Promise<CheckResult> {
  const host = readHost(request.host, request.names, request.arch);
  const checked = await readFolders(request, (file) => checkOne(file, host), progress);
  return checkSet(host, checked, request.expect);
}
