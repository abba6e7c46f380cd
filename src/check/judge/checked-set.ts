import type { OpenedArtifact } from "../../artifact/artifact.ts";
import { manifestsAt } from "../../manifest/claim.ts";
import type { PolicyInForce } from "../../rules/policy/policy.ts";
import type { Finding } from "../../rules/finding.ts";
import { judgeSet } from "../../rules/evaluation.ts";
import type { LockDifference, SetMember } from "../../rules/rule.ts";
import { checkPlugin } from "./check-plugin.ts";
import { broughtBy, disagreementsOf, type Bringer } from "./disagreements.ts";
import type { Host } from "./host.ts";
import type { CheckResult, HostResult, PluginResult } from "../model/result.ts";
import { summarise } from "../model/summary.ts";
import { setUnderPolicy, suppressionsInUse, underPolicy } from "./under-policy.ts";

/** What the rules about the set need of a plugin. */
export interface Member extends SetMember, Bringer {}

/** One plugin as it was checked. */
export interface Checked {
  readonly plugin: PluginResult;
  readonly member: Member;
}

export function checkOne(opened: OpenedArtifact, host: Host, policy?: PolicyInForce): Checked {
  const { file } = opened;
  const [slice] = file.kind === "artifact" ? file.slices : [];
  const manifest = slice && manifestsAt(slice.claim)[0]?.manifest;
  const { plugin, predicted } = checkPlugin(opened, host);
  const table = predicted[0]?.plugin?.table;
  return {
    plugin: underPolicy(plugin, policy),
    member: {
      path: file.path,
      manifest,
      pluginPath: table?.known === true ? table.value.path : undefined,
      brings: broughtBy(predicted, host),
      loads: loadsAlone(plugin),
    },
  };
}

/** Whether the loader would load it if it were alone; undefined if that is unknown. */
export function loadsAlone({ loader }: PluginResult): boolean | undefined {
  return loader === undefined || loader.outcome === "unknown" ? undefined : loader.outcome === "loads";
}

/** What the plugins are compared with as a set. */
interface SetRequest {
  readonly expect: readonly string[];
  readonly policy?: PolicyInForce | undefined;
  /** Whether these are all plugins of a folder, not some that were named. */
  readonly whole: boolean;
  readonly lock?: readonly LockDifference[] | undefined;
}

export function checkSet(host: Host, checked: readonly Checked[], request: SetRequest): CheckResult {
  const plugins = checked.map(({ plugin }) => plugin);
  return judgedSet({
    ...request,
    host: host.result,
    hostFindings: host.findings,
    plugins,
    members: checked.map(({ member }) => member),
    inUse: request.whole ? new Set(suppressionsInUse(plugins, request.policy)) : undefined,
  });
}

/** Everything that the judgement of a set depends on. */
export interface SetParts extends Omit<SetRequest, "whole"> {
  readonly host: HostResult;
  readonly hostFindings: readonly Finding[];
  readonly plugins: readonly PluginResult[];
  readonly members: readonly Member[];
  /** Indexes of the suppressions that hide findings of plugins; undefined if others may be in use elsewhere. */
  readonly inUse: ReadonlySet<number> | undefined;
}

export function judgedSet({
  host,
  hostFindings,
  plugins,
  members,
  expect,
  policy,
  lock = [],
  inUse,
}: SetParts): CheckResult {
  const disagreements = disagreementsOf(members);
  const set = judgeSet({ plugins: members, expected: expect, disagreements, lock });
  const findings = setUnderPolicy([...hostFindings, ...set], policy, inUse);
  return { host, plugins, findings, summary: summarise(plugins, findings) };
}
