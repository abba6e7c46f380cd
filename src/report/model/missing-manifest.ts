import type { CheckResult } from "../../check/model/result.ts";
import type { Finding } from "../../rules/finding.ts";
import { byPlugin } from "./hosts.ts";
import { counted } from "./verdict.ts";

/**
 * Whether a finding says no more than that a file carries no manifest, which is one line for all files: at first nobody has any, and
 * what the binaries prove is compared instead. If nothing can be compared, or the policy asks for manifests, it is a cause like any other.
 */
export function isMissingManifest({
  rule,
  severity,
  suppressed,
}: Pick<Finding, "severity" | "suppressed"> & { readonly rule: string }): boolean {
  return rule === "manifest-missing" && severity === "note" && suppressed === undefined;
}

/** `12 plugins and the host carry no manifest; what the binaries prove is compared.` undefined if all that are readable have one. */
export function missingManifestText({
  plugins,
  findings,
}: Pick<CheckResult, "plugins" | "findings">): string | undefined {
  const without = plugins.filter((plugin) => plugin.findings.some(isMissingManifest));
  const count = byPlugin(without).length;
  const hosts = findings.filter(isMissingManifest).length;
  if (count === 0 && hosts === 0) return undefined;
  const host = hosts === 1 && findings.every(({ hostPath }) => hostPath === undefined);
  const who = [
    ...(count === 0 ? [] : [counted(count, "plugin")]),
    ...(host ? ["the host"] : hosts === 0 ? [] : [counted(hosts, "host")]),
  ];
  const isOne = count + hosts === 1;
  return `${who.join(" and ")} ${isOne ? "carries" : "carry"} no manifest; what ${isOne ? "the binary proves" : "the binaries prove"} is compared.`;
}
