import type { CheckResult } from "../../check/model/result.ts";
import type { Finding } from "../../rules/finding.ts";
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
  const count = plugins.filter((plugin) => plugin.findings.some(isMissingManifest)).length;
  const isHost = findings.some(isMissingManifest);
  if (count === 0 && !isHost) return undefined;
  const who = [...(count === 0 ? [] : [counted(count, "plugin")]), ...(isHost ? ["the host"] : [])];
  const isOne = count + Number(isHost) === 1;
  return `${who.join(" and ")} ${isOne ? "carries" : "carry"} no manifest; what ${isOne ? "the binary proves" : "the binaries prove"} is compared.`;
}
