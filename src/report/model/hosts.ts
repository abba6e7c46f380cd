import type { CheckResult, HostResult } from "../../check/model/result.ts";
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

/** What is known of a plugin with one host. */
interface OfPlugin {
  readonly path: string;
  readonly hostPath?: string | undefined;
}

/** One plugin, with what it is to each host. */
export interface PluginRow<Of extends OfPlugin> {
  readonly path: string;
  /** In their order. */
  readonly results: readonly [Of, ...Of[]];
}

/** The plugins, each once, in the order of their first results. With one host, each result is a plugin of its own. */
export function byPlugin<Of extends OfPlugin>(results: readonly Of[]): readonly PluginRow<Of>[] {
  interface Row {
    readonly path: string;
    readonly results: [Of, ...Of[]];
  }
  const rows: Row[] = [];
  const byPath = new Map<string, Row>();
  for (const result of results) {
    const { path, hostPath } = result;
    const row = hostPath === undefined ? undefined : byPath.get(path);
    if (row !== undefined) {
      row.results.push(result);
      continue;
    }
    const made: Row = { path, results: [result] };
    rows.push(made);
    byPath.set(path, made);
  }
  return rows;
}

/** What was checked: `10 plugins`, `10 plugins with 2 hosts each`. */
export function checkedText({ plugins, hosts }: Pick<CheckResult, "plugins" | "hosts">): string {
  if (hosts === undefined) return counted(plugins.length, "plugin");
  const count = byPlugin(plugins).length;
  return `${counted(count, "plugin")} with ${counted(hosts.length, "host")}${count === 1 ? "" : " each"}`;
}
