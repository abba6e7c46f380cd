import type { GoPackageCheck } from "../../evidence/go/plugin-table.ts";
import type { PolicyInForce } from "../../rules/policy/policy.ts";
import type { FailLevel } from "./gate.ts";
import type { Finding } from "../../rules/finding.ts";
import type { LockDifference, SetMember } from "../../rules/rule.ts";

/** A part of a set that is checked on its own, for `merge` to join with the others. */
export interface ShardRequest {
  /** From 1 on. */
  readonly index: number;
  readonly count: number;
  /** Of all that decides over the result beside the files: shards with another are not merged. */
  readonly settingsSha256: string;
  readonly gate: ShardGate;
}

/** By what the whole set passes. */
export interface ShardGate {
  readonly allowUnknown: boolean;
  readonly failOn: FailLevel;
  /** null for any number. */
  readonly maxWarnings: number | null;
}

/** What the report of a shard carries besides: all that the judgement of the whole set needs. */
export interface Shard extends ShardRequest {
  readonly hostSha256: string;
  /** The whole set, of which every shard has seen the names. */
  readonly listing: { readonly count: number; readonly sha256: string };
  /** About the host, before the policy weighs them. */
  readonly hostFindings: readonly Finding[];
  readonly expected: readonly string[];
  readonly policy: PolicyInForce | null;
  /** Places of the suppressions that hide findings of this shard's plugins; null where none can be called stale. */
  readonly suppressionsInUse: readonly number[] | null;
  /** How the shard differs from the lock; null where it is held against none. */
  readonly lock: readonly LockDifference[] | null;
  /** One for each of the report's plugins, in their order. */
  readonly members: readonly ShardMember[];
}

export interface ShardMember {
  /** Place in the whole set, from 0 on. */
  readonly position: number;
  readonly manifest: SetMember["manifest"] | null;
  readonly pluginPath: string | null;
  /** For each slice of the host what a Go plugin that it loads brings there. */
  readonly brings: readonly (Brought | null)[];
}

/** What a Go plugin brings into a host that loads it. */
export interface Brought {
  /** What the runtime tells plugins apart by. */
  readonly symbolPath: string;
  /** The packages that the host lacks. */
  readonly packages: readonly GoPackageCheck[];
}
