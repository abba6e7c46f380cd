import type { HostResult } from "../../../check/model/result.ts";
import { claimsOf, dependencyCount, factOf, provenTarget } from "../../model/claim.ts";
import type { Style } from "../layout/style.ts";
import { counted } from "../../model/verdict.ts";

/** What the plugins are held against: one line for each of the host's manifests. */
export function hostLines(host: HostResult, style: Style): readonly string[] {
  const name = style.text(host.path);
  const label = "Host  ";
  const under = " ".repeat(label.length + style.measure(name));
  const claims = host.manifests.flatMap(claimsOf);
  return (claims.length === 0 ? [undefined] : claims).map((claim, at) => {
    const start = at === 0 ? label + style.paint.strong(name) : under;
    return `${start}   ${style.text(facts(host, claim).join(style.marks.dot))}`;
  });
}

function facts(host: HostResult, claim: ReadonlyMap<string, unknown> | undefined): readonly string[] {
  const fact = (field: "language" | "toolchain_version" | "target"): string | undefined =>
    factOf(claim, host.evidence, field);
  const language = fact("language");
  const toolchain = fact("toolchain_version");
  const dependencies = dependencyCount(claim);
  const names = toolchain?.startsWith(language ?? "") === true ? [toolchain] : [language, toolchain];
  const built = names.filter((part) => part !== undefined).join(" ");
  return [
    ...(claim === undefined ? ["no manifest"] : []),
    ...(built === "" ? [] : [built]),
    fact("target") ?? provenTarget(host.evidence) ?? "target unknown",
    ...(dependencies === undefined ? [] : [counted(dependencies, "dependency", "dependencies")]),
    ...(host.format === null ? ["by its manifest file"] : []),
  ];
}
