import type { OpenedArtifact } from "../artifact/artifact.ts";
import { digestOfOpened } from "../artifact/digest.ts";
import { checkOne, checkSet, type Checked } from "./judge/checked-set.ts";
import { withDigest } from "./judge/file-result.ts";
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
    const use = async (opened: OpenedArtifact): Promise<Checked> => {
      const { plugin, member } = checkOne(opened, host, policy);
      return { plugin: digests ? withDigest(plugin, await digestOfOpened(opened)) : plugin, member };
    };
    const checked = await readFiles(files, reading, use, progress);
    return checkSet(host, checked, { expect: [], policy, whole: false });
  });
}
