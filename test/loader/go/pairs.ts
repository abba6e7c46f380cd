import { predictPluginOpen } from "../../../src/loader/go/plugin-open.ts";
import type { Trial } from "./confusion.ts";
import { pairBuilds } from "./pair-builds.ts";
import { candidateOf, hostAt, openReally } from "./real-open.ts";

let trials: Promise<readonly Trial[]> | undefined;

/** Every plugin in every host, each in a process of its own. */
export function pairTrials(): Promise<readonly Trial[]> {
  return (trials ??= tryPairs());
}

/** Whether AddressSanitizer finds room in a static program, and so which of two crashes it is, is another each time. */
function isByChance(host: string, plugin: string): boolean {
  return plugin === "-asan" && host.startsWith("static");
}

async function tryPairs(): Promise<readonly Trial[]> {
  const { folder, hosts, plugins } = await pairBuilds();
  return hosts.flatMap(({ kind: hostKind, file }) => {
    const { go, elf } = hostAt(file);
    return plugins
      .filter(({ kind }) => !isByChance(hostKind, kind))
      .map(({ kind, name }): Trial => {
        const { plugin, request } = candidateOf(elf, folder, name);
        const [real] = hostKind === "without package plugin" ? [] : openReally(file, folder, [name]);
        return {
          host: hostKind,
          plugin: kind,
          prediction: predictPluginOpen(plugin, go, request),
          real: real ?? "not called",
        };
      });
  });
}
