import type { ArtifactSlice, Role } from "../artifact/artifact.ts";
import type { Build } from "../artifact/build.ts";
import type { Fact } from "../evidence/fact.ts";
import type { Proof } from "../evidence/proof.ts";
import type { RealTarget } from "../evidence/system/real-target.ts";
import type { PredictedLoad } from "../loader/predict-load.ts";
import type { ManifestAt } from "../manifest/claim.ts";
import type { Manifest } from "../manifest/generated/manifest.ts";
import type { Check, Finding, RuleId, Severity, Side } from "./finding.ts";

/** What every rule has beside its logic. */
export interface RuleMeta {
  readonly id: RuleId;
  /** What it says, in a few words: "toolchains differ". */
  readonly title: string;
  /** Severity of its findings, where one does not say otherwise. */
  readonly severity: Severity;
}

/** A finding as a rule writes it: the registry adds what is the same for all its findings. */
export type FindingDraft = Omit<Finding, "rule" | "severity" | "fix"> &
  Partial<Pick<Finding, "severity" | "fix">>;

export type CheckDraft = Omit<Check, "rule">;

/** Judges the manifests of one file, plugin or host. */
export interface ManifestRule extends RuleMeta {
  readonly evaluate: (file: ManifestSubject) => readonly FindingDraft[];
}

/** Holds one claim of a file against what the same slice proves. */
export interface ClaimRule extends RuleMeta {
  readonly evaluate: (claim: Provable) => readonly FindingDraft[];
}

/** A claim and what the same slice proves. */
export interface Provable {
  /** Of the file. */
  readonly role: Role;
  /** Of the slice. */
  readonly arch: string;
  readonly manifest: ManifestAt;
  readonly proof: Proof;
  readonly target: RealTarget;
}

export interface ManifestSubject {
  readonly role: Role;
  readonly universal: boolean;
  /** Without proof and target where only a manifest file stands for the host. */
  readonly slices: readonly (Pick<ArtifactSlice, "arch" | "claim"> &
    Partial<Pick<ArtifactSlice, "proof" | "target">>)[];
}

/** Holds one slice of a plugin against the host. */
export interface ComparisonRule extends RuleMeta {
  readonly evaluate: (pair: Pair) => Comparison;
}

export interface Comparison {
  readonly findings: readonly FindingDraft[];
  /** undefined where the rule has nothing to compare. */
  readonly check?: CheckDraft | undefined;
}

/** The two sides of a comparison. */
export interface Pair {
  readonly plugin: PluginSide;
  readonly host: HostSide;
  /** undefined where a manifest file stands for the host. */
  readonly loader: PredictedLoad | undefined;
}

export interface PluginSide {
  readonly slice: ArtifactSlice;
  /** undefined where neither a manifest nor a stamp says how it was built. */
  readonly build: Build | undefined;
}

export interface HostSide {
  /** undefined where a manifest file stands for the host. */
  readonly slice: ArtifactSlice | undefined;
  /** One a language. */
  readonly builds: readonly Build[];
  /** The one in the plugin's language. */
  readonly build: Build | undefined;
}

/** Judges the plugins together. */
export interface SetRule extends RuleMeta {
  readonly evaluate: (set: PluginSet) => readonly FindingDraft[];
}

export interface PluginSet {
  readonly plugins: readonly SetMember[];
  /** Names that the user asked for. */
  readonly expected: readonly string[];
  /** Pairs that cannot be loaded together, though the host takes each alone. */
  readonly disagreements?: readonly Disagreement[];
  /** How the set differs from its lock; absent where it is held against none. */
  readonly lock?: readonly LockDifference[];
}

/** One thing that is not as it was locked. */
export interface LockDifference {
  readonly kind: "added" | "removed" | "changed";
  readonly what: "plugin" | "host" | "policy";
  /** As the lock names it: relative to the lock's folder. Of the policy "policy". */
  readonly name: string;
  /** What is there now; undefined where nothing is. */
  readonly now: Side | undefined;
  readonly locked: Side | undefined;
}

export interface Disagreement {
  /** Their paths, in load order. */
  readonly plugins: readonly [string, string];
  /** Import paths of which each brings another build. */
  readonly packages: readonly string[];
}

export interface SetMember {
  readonly path: string;
  readonly manifest: Pick<Manifest, "name" | "components"> | undefined;
  /** Of a Go plugin: what the runtime tells plugins apart by. */
  readonly pluginPath?: string | undefined;
}

/** A fact as one side of a comparison. */
export function sideOf<T>(fact: Fact<T>, show: (value: T) => string): Side {
  return fact.known ? { value: show(fact.value), from: fact.from } : { value: "unknown", from: fact.why };
}
