import { checkOne, checkSet } from "./judge/checked-set.ts";
import { withHost } from "./judge/host.ts";
import { readFiles } from "./judge/plugin-files.ts";
import { defaultCarrierNames } from "../manifest/carrier/carrier-names.ts";
import type { Progress, ValidateRequest } from "./model/request.ts";
import type { CheckResult } from "./model/result.ts";

/**
 * Checks the given files against the host.
 * @throws UsageError when the host cannot be read.
 */
export async function validate(request: ValidateRequest, progress?: Progress): Promise<CheckResult> {
  const { fileSystem, files, names = defaultCarrierNames, policy } = request;
  const reading = { fileSystem, names };
  return withHost(request, async (host) => {
    const checked = await readFiles(files, reading, (opened) => checkOne(opened, host, policy), progress);
    return checkSet(host, checked, { expect: [], policy, whole: false });
  });
}
