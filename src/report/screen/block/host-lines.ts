import type { HostResult } from "../../../check/model/result.ts";
import { hostFacts } from "../../model/host-facts.ts";
import { heading, value } from "../layout/paragraph.ts";
import type { Style } from "../layout/style.ts";

/**
 * What the plugins are compared with: one line for each of a host's manifests, or more if there is no room.
 * @param signs in front of each of several hosts, if the table refers to them so.
 */
export function hostLines(
  hosts: readonly HostResult[],
  style: Style,
  signs: readonly string[] = [],
): readonly string[] {
  const label = hosts.length === 1 ? "Host  " : "Hosts  ";
  const names = hosts.map(({ path }, at) => (signs[at] === undefined ? path : `${signs[at]}  ${path}`));
  const nameWidth = Math.max(0, ...names.map((name) => style.measure(value(name, style))));
  const headings = (isStacked: boolean): readonly (readonly string[])[] =>
    hosts.map((host, at) =>
      heading(
        {
          label: at === 0 ? label : " ".repeat(label.length),
          name: names[at] ?? "",
          nameWidth,
          isStacked,
          facts: hostFacts(host),
        },
        style,
      ),
    );
  const beside = headings(false);
  const count = hosts.reduce((sum, host) => sum + hostFacts(host).length, 0);
  const isTight = hosts.length > 1 && beside.flat().length > count;
  return (isTight ? headings(true) : beside).flat();
}
