import type { HostResult } from "../../../check/model/result.ts";
import { hostFacts } from "../../model/host-facts.ts";
import type { Style } from "../layout/style.ts";

/** What the plugins are compared with: one line for each of the host's manifests. */
export function hostLines(host: HostResult, style: Style): readonly string[] {
  const name = style.text(host.path);
  const label = "Host  ";
  const under = " ".repeat(label.length + style.measure(name));
  return hostFacts(host).map((facts, at) => {
    const start = at === 0 ? label + style.paint.strong(name) : under;
    return `${start}   ${style.text(facts.join(style.marks.dot))}`;
  });
}
