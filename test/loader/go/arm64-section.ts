import { arm64ForeignKinds } from "./arm64-pairs.ts";
import { confusionTable, type Trial } from "./confusion.ts";
import { pageWith } from "./page-section.ts";
import { arm64 } from "./pair-machine.ts";

export const arm64Title = "## On arm64";

function list(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}

/** docs/loader-go.md with the section about arm64 as the pairs that were tried in this run make it. */
export function pageWithArm64(trials: readonly Trial[]): Promise<string> {
  const { hosts, plugins, others } = arm64.kinds;
  return pageWith(
    arm64Title,
    `${arm64Title}

The same, cross-built for arm64 by the same Go and Debian's cross compiler: ${hosts.length} kinds of hosts, which qemu-user runs (with pages of 4 KiB), and
${plugins.length + others.length} kinds of plugins. What dlopen says is predicted here as well, from Debian's libraries for arm64 as \`--sysroot\`. To these come a
plugin for amd64 in each host, and an amd64 host with plugins for arm64: ${trials.length} pairs.

${confusionTable(trials)}

Hosts: ${list([...hosts, arm64ForeignKinds.host])}.

Plugins: ${list([...plugins, ...others, arm64ForeignKinds.plugin])}.

`,
  );
}
