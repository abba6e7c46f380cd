import type { OpenedArtifact } from "../artifact/artifact.ts";
import { digestOfOpened } from "../artifact/digest.ts";
import { checkOne, checkSet } from "./judge/checked-set.ts";
import { withDigest } from "./judge/file-result.ts";
import { withHosts } from "./judge/host.ts";
import { resultForHosts, type CheckedWithEach } from "./judge/several-hosts.ts";
import { readFiles } from "./judge/plugin-files.ts";
import { defaultCarrierNames } from "../manifest/carrier/carrier-names.ts";
import type { Progress, ValidateRequest } from "./model/request.ts";
import type { CheckResult } from "./model/result.ts";

/**
 * Checks the given files against the host or hosts.
 * @throws UsageError when a host cannot be read.
 */
export async function validate(request: ValidateRequest, progress?: Progress): Promise<CheckResult> {
  const { fileSystem, files, names = defaultCarrierNames, policy, digests = false } = request;
  const reading = { fileSystem, names };
  return withHosts(request, async (hosts) => {
    const use = async (opened: OpenedArtifact): Promise<CheckedWithEach> => {
      const checked = hosts.map((host) => checkOne(opened, host, policy));
      if (!digests) return checked;
      const digest = await digestOfOpened(opened);
      return checked.map(({ plugin, member }) => ({ plugin: withDigest(plugin, digest), member }));
    };
    const all = await readFiles(files, reading, use, progress);
    return resultForHosts(hosts, all, (host, checked) =>
      checkSet(host, checked, { expect: [], policy, whole: false }),
    );
  });
}
