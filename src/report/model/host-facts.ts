import type { HostResult } from "../../check/model/result.ts";
import { claimsOf, dependencyCount, factOf, provenTarget, type Claim } from "./claim.ts";
import { counted } from "./verdict.ts";

/** What the plugins are compared with, in a few words: a list for each of the host's manifests, or one if it has none. */
export function hostFacts(host: HostResult): readonly (readonly string[])[] {
  const claims = host.manifests.flatMap(claimsOf);
  return claims.length === 0
    ? [["no manifest", ...factsOf(host, undefined)]]
    : claims.map((claim) => factsOf(host, claim));
}

function factsOf(host: HostResult, claim: Claim | undefined): readonly string[] {
  const { evidence } = host;
  const language = factOf(claim, evidence, "language");
  const toolchain = factOf(claim, evidence, "toolchain_version");
  // A Go release names its language already: go1.26.3.
  const names = toolchain?.startsWith(language ?? "") === true ? [toolchain] : [language, toolchain];
  const built = names.filter((part) => part !== undefined).join(" ");
  const dependencies = dependencyCount(claim);
  return [
    ...(built === "" ? [] : [built]),
    factOf(claim, evidence, "target") ?? provenTarget(evidence) ?? "target unknown",
    ...(dependencies === undefined ? [] : [counted(dependencies, "dependency", "dependencies")]),
    ...(host.format === null ? ["from its manifest file"] : []),
  ];
}
