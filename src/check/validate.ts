import type { OpenedArtifact } from "../artifact/artifact.ts";
import { checkOne, checkSet, checkWithDigest, type Checked } from "./judge/checked-set.ts";
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
  const { fileSystem, files, names = defaultCarrierNames, policy, digests = false } = request;
  const reading = { fileSystem, names };
  return withHost(request, async (host) => {
    const use = (opened: OpenedArtifact): Checked | Promise<Checked> =>
      digests ? checkWithDigest(opened, host, policy) : checkOne(opened, host, policy);
    const checked = await readFiles(files, reading, use, progress);
    return checkSet(host, checked, { expect: [], policy, whole: false });
  });
}
