import type { HostResult } from "../../../check/model/result.ts";
import { hostFacts } from "../../model/host-facts.ts";
import type { Style } from "../layout/style.ts";

/**
 * What the plugins are compared with: one line for each of a host's manifests.
 * @param signs in front of each of several hosts, if the table refers to them so.
 */
export function hostLines(
  hosts: readonly HostResult[],
  style: Style,
  signs: readonly string[] = [],
): readonly string[] {
  const label = hosts.length === 1 ? "Host  " : "Hosts  ";
  const names = hosts.map(({ path }, at) =>
    [...(signs[at] === undefined ? [] : [signs[at]]), style.text(path)].join("  "),
  );
  const widest = Math.max(0, ...names.map(style.measure));
  return hosts.flatMap((host, index) => {
    const name = names[index] ?? "";
    const padding = " ".repeat(widest - style.measure(name));
    return hostFacts(host).map((facts, at) => {
      const start =
        (index === 0 && at === 0 ? label : " ".repeat(label.length)) +
        (at === 0 ? style.paint.strong(name) + padding : " ".repeat(widest));
      return `${start}   ${style.text(facts.join(style.marks.dot))}`;
    });
  });
}
