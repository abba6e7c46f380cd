import type { Artifact } from "../artifact/artifact.ts";
import type { Unreadable } from "../artifact/unreadable.ts";
import { manifestsAt } from "../manifest/claim.ts";
import { judgeSet } from "../rules/registry.ts";
import type { SetMember } from "../rules/rule.ts";
import { checkPlugin } from "./check-plugin.ts";
import type { Host } from "./host.ts";
import type { CheckResult, PluginResult } from "./result.ts";
import { summarise } from "./summary.ts";

/** One plugin as it was checked, and what the rules about the set need of it. */
interface Checked {
  readonly plugin: PluginResult;
  readonly member: SetMember;
}

export function checkOne(file: Artifact | Unreadable, host: Host): Checked {
  const [slice] = file.kind === "artifact" ? file.slices : [];
  const manifest = slice && manifestsAt(slice.claim)[0]?.manifest;
  return { plugin: checkPlugin(file, host), member: { path: file.path, manifest } };
}

export function checkSet(host: Host, checked: readonly Checked[], expected: readonly string[]): CheckResult {
  const plugins = checked.map(({ plugin }) => plugin);
  const set = judgeSet({ plugins: checked.map(({ member }) => member), expected });
  const findings = [...host.findings, ...set];
  return { host: host.result, plugins, findings, summary: summarise(plugins, findings) };
}
