import type { GoPackageCheck } from "../../evidence/go/plugin-table.ts";
import type { PolicyInForce } from "../../rules/policy/policy.ts";
import type { FailLevel } from "./gate.ts";
import type { Finding } from "../../rules/finding.ts";
import type { LockDifference, SetMember } from "../../rules/rule.ts";

/** A part of a set that is checked on its own; `merge` combines it with the others. */
export interface ShardRequest {
  /** From 1. */
  readonly index: number;
  readonly count: number;
  /** SHA-256 of every setting that decides the result. Shards with different ones are not merged. */
  readonly settingsSha256: string;
  readonly gate: ShardGate;
}

/** What the whole set must pass. */
export interface ShardGate {
  readonly allowUnknown: boolean;
  readonly failOn: FailLevel;
  /** null if any number is allowed. */
  readonly maxWarnings: number | null;
}

/** What the report of a shard has in addition: everything needed to judge the whole set. */
export interface Shard extends ShardRequest {
  readonly hostSha256: string;
  /** The whole set; every shard has seen its names. */
  readonly listing: { readonly count: number; readonly sha256: string };
  /** About the host, before the policy is applied. */
  readonly hostFindings: readonly Finding[];
  readonly expected: readonly string[];
  readonly policy: PolicyInForce | null;
  /** Indexes of the suppressions that hide findings of this shard's plugins; null if it is unknown whether a suppression is stale. */
  readonly suppressionsInUse: readonly number[] | null;
  /** How the shard differs from the lock; null without a lock to compare with. */
  readonly lock: readonly LockDifference[] | null;
  /** One for each of the report's plugins, in their order. */
  readonly members: readonly ShardMember[];
}

export interface ShardMember {
  /** Index in the whole set, from 0. */
  readonly position: number;
  readonly manifest: SetMember["manifest"] | null;
  readonly pluginPath: string | null;
  /** For each slice of the host, what a Go plugin that loads there adds to it. */
  readonly brings: readonly (Brought | null)[];
}

/** What a Go plugin adds to a host that loads it. */
export interface Brought {
  /** The plugin path, by which the runtime tells plugins apart. */
  readonly symbolPath: string;
  /** The packages that the host does not have. */
  readonly packages: readonly GoPackageCheck[];
}
