import type { CheckResult, HostResult, PluginResult } from "../../check/model/result.ts";
import { sharedFolder } from "./shared-folder.ts";
import { counted } from "./verdict.ts";

type Hosted = Pick<CheckResult, "host" | "hosts">;

/** The hosts that the plugins were checked with; none for a listing. */
export function hostsIn({ host, hosts }: Hosted): readonly HostResult[] {
  return hosts ?? (host === null ? [] : [host]);
}

/** What hosts are called in a report, by their paths: several do without the folder that they share. */
export function hostNamer(result: Hosted): (path: string) => string {
  const folder = result.hosts === undefined ? "" : sharedFolder(result.hosts.map(({ path }) => path));
  return (path) => (path.startsWith(folder) ? path.slice(folder.length) : path);
}

/** One plugin, with what it is to each host. */
export interface PluginRow<Of extends Pick<PluginResult, "path">> {
  readonly path: string;
  /** In their order. */
  readonly results: readonly [Of, ...Of[]];
}

/** The plugins, each once, in the order of their first results. */
export function byPlugin<Of extends Pick<PluginResult, "path">>(
  results: readonly Of[],
): readonly PluginRow<Of>[] {
  const rows = new Map<string, [Of, ...Of[]]>();
  for (const result of results) {
    const row = rows.get(result.path);
    if (row === undefined) rows.set(result.path, [result]);
    else row.push(result);
  }
  return [...rows].map(([path, results]) => ({ path, results }));
}

/** What was checked: `10 plugins`, `10 plugins with 2 hosts each`. */
export function checkedText({ plugins, hosts }: Pick<CheckResult, "plugins" | "hosts">): string {
  if (hosts === undefined) return counted(plugins.length, "plugin");
  const count = byPlugin(plugins).length;
  return `${counted(count, "plugin")} with ${counted(hosts.length, "host")}${count === 1 ? "" : " each"}`;
}
