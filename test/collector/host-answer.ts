import { spawnSync } from "node:child_process";

/** What became of a plugin in the real host. */
export interface HostAnswer {
  readonly outcome: "loads" | "refused" | "crash";
  /** What plugin.Open returned, or the runtime's last words. */
  readonly message?: string;
  /** Of the component that its NewFactory creates. */
  readonly kind?: string;
  readonly type?: string;
}

/** Gives plugins to the real host, in this order. A crash ends the process, and with it the answers. */
export function openInHost(host: string, plugins: readonly string[]): readonly HostAnswer[] {
  const { status, signal, stdout, stderr } = spawnSync(
    host,
    plugins.flatMap((path) => ["--plugin", path]),
    { encoding: "utf8" },
  );
  const answers = stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => withoutPath(JSON.parse(line) as HostAnswer));
  if (status === 0) return answers;
  const message = /^fatal error: .*$/m.exec(stderr)?.[0];
  if (message === undefined) throw new Error(`the host ended with ${status ?? signal}: ${stderr}`);
  return [...answers, { outcome: "crash", message }];
}

/** The Collector's own command in the real host, with these plugins. @returns its exit code and what it printed. */
export function runCollector(
  host: string,
  plugins: readonly string[],
  command: readonly string[],
): { readonly code: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync(
    host,
    [...plugins.flatMap((path) => ["--plugin", path]), "--", ...command],
    { encoding: "utf8" },
  );
  return { code: status, output: stdout + stderr };
}

/** The host's line has its path too, which is the caller's own. */
function withoutPath({ outcome, message, kind, type }: HostAnswer): HostAnswer {
  return {
    outcome,
    ...(message === undefined ? {} : { message }),
    ...(kind === undefined ? {} : { kind }),
    ...(type === undefined ? {} : { type }),
  };
}
