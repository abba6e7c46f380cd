import type { ArtifactSlice, Role } from "../artifact/artifact.ts";
import type { Build } from "../artifact/build.ts";
import type { Fact } from "../evidence/fact.ts";
import type { Proof } from "../evidence/proof.ts";
import type { RealTarget } from "../evidence/system/real-target.ts";
import type { PredictedLoad } from "../loader/predict-load.ts";
import type { ManifestAt } from "../manifest/claim.ts";
import type { Manifest } from "../manifest/generated/manifest.ts";
import type { CheckDraft, FindingDraft, Severity, Side } from "./draft.ts";

/** Everything about a rule but its logic and its page. */
export interface RuleMeta {
  /** Unique, and never used for anything else later. The template keeps the literal type of each id, of which RuleId is made. */
  readonly id: `${string}-${string}`;
  readonly group: RuleGroup;
  /** What its findings say, in a few words: "compilers differ". */
  readonly title: string;
  /** What so many of its findings say together, if they are fixed together: "200 dependencies differ from the host's". */
  readonly many?: (count: number) => string;
  /** What it compares, as the first column of `plugins validate` names it: "toolchain". */
  readonly checkTitle: string;
  /** Severity of its findings, unless one says otherwise. */
  readonly severity: Severity;
  /** Which findings have another severity, and when: "warning if another carrier is used". */
  readonly otherSeverities?: string;
  readonly loader: LoaderView;
  /**
   * Set if errors of it make no difference to a Go plugin that has the same package hashes as its host, so that they are warnings under the
   * policy `proof`: how "68 of 68 package hashes are equal, " goes on.
   */
  readonly ifPackagesEqual?: string;
}

/** What a rule is about, in the order of the index; each group is a folder. */
export const ruleGroups = {
  manifest: "The manifest itself",
  claim: "Claim against the binary",
  host: "Plugin against host",
  loader: "What the loader will say",
  set: "The set",
  policy: "The policy",
} as const;

export type RuleGroup = keyof typeof ruleGroups;

/**
 * What the loader makes of a finding. The policy `loader` follows from it, which counts as errors only what the loader rejects:
 * - `answer`: the finding is the loader's own predicted answer; no policy hides it.
 * - `checked`: the loader checks it in its own way, so it is no error if the loader is predicted to load the plugin.
 * - `ignored`: the loader never looks at it, so it is never an error.
 * - `regardless`: an error whatever the loader answers.
 */
export type LoaderView = "answer" | "checked" | "ignored" | "regardless";

export type Rule = ManifestRule | ClaimRule | ComparisonRule | LoaderRule | SetRule | PolicyRule;

/** Judges the manifests of one file, plugin or host. */
export interface ManifestRule extends RuleMeta {
  readonly group: "manifest";
  readonly evaluate: (file: ManifestSubject) => readonly FindingDraft[];
}

/** Compares one claim of a file with what the same slice proves. */
export interface ClaimRule extends RuleMeta {
  readonly group: "claim";
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
  /** Without proof and target if the host is only a manifest file. */
  readonly slices: readonly (Pick<ArtifactSlice, "arch" | "claim"> &
    Partial<Pick<ArtifactSlice, "proof" | "target">>)[];
  /** Architectures of the slices that the host's loader is known not to load; undefined without a host. */
  readonly refused?: ReadonlySet<string>;
  /** What the sources say now, one for each language; absent if they were not asked. */
  readonly sources?: readonly ManifestAt[];
  /** The command that puts what the sources say into the file; undefined if it would not, or not alone. */
  readonly renewal?: string | undefined;
}

/** Compares one slice of a plugin with the host. */
export interface ComparisonRule extends RuleMeta {
  readonly group: "host";
  readonly evaluate: (pair: Pair) => Comparison;
}

/** Turns the loader's predicted answer into findings; without the sides if nothing else about the plugin could be read. */
export interface LoaderRule extends RuleMeta {
  readonly group: "loader";
  readonly evaluate: (pair: Pick<Pair, "loader"> & Partial<Pick<Pair, "plugin" | "host">>) => Comparison;
}

export interface Comparison {
  readonly findings: readonly FindingDraft[];
  /** undefined if the rule has nothing to compare. */
  readonly check?: CheckDraft | undefined;
}

/** The two sides of a comparison. */
export interface Pair {
  readonly plugin: PluginSide;
  readonly host: HostSide;
  /** undefined if the host is only a manifest file. */
  readonly loader: PredictedLoad | undefined;
}

export interface PluginSide {
  readonly slice: ArtifactSlice;
  /** undefined if neither a manifest nor a stamp says how it was built. */
  readonly build: Build | undefined;
}

export interface HostSide {
  /** undefined if the host is only a manifest file. */
  readonly slice: ArtifactSlice | undefined;
  /** One per language. */
  readonly builds: readonly Build[];
  /** The one in the plugin's language. */
  readonly build: Build | undefined;
}

/** Judges the plugins together. */
export interface SetRule extends RuleMeta {
  readonly group: "set";
  readonly evaluate: (set: PluginSet) => readonly FindingDraft[];
}

/** Its findings are made when the policy is applied: only then is it known what a suppression hides and what day it is. */
export interface PolicyRule extends RuleMeta {
  readonly group: "policy";
}

export interface PluginSet {
  readonly plugins: readonly SetMember[];
  /** Names that the user asked for. */
  readonly expected: readonly string[];
  /** Pairs that cannot be loaded together, although the host loads either one. */
  readonly disagreements?: readonly Disagreement[];
  /** How the set differs from its lock; absent if there is no lock to compare with. */
  readonly lock?: readonly LockDifference[];
}

/** One thing that differs from the lock. */
export interface LockDifference {
  readonly kind: "added" | "removed" | "changed";
  readonly what: "plugin" | "host" | "policy";
  /** As the lock names it: relative to the lock's folder. Of the policy "policy". */
  readonly name: string;
  /** What is there now; undefined if it is missing. */
  readonly now: Side | undefined;
  readonly locked: Side | undefined;
  /** Of the policy: the settings that a lock covers, as people give them (`--arch`). One or more of them differ. */
  readonly settings?: readonly string[];
}

export interface Disagreement {
  /** Their paths, in load order. */
  readonly plugins: readonly [string, string];
  /** Import paths of packages that the two have in different builds. */
  readonly packages: readonly string[];
}

export interface SetMember {
  readonly path: string;
  readonly manifest: Pick<Manifest, "name" | "components"> | undefined;
  /** Of a Go plugin: what the runtime tells plugins apart by. */
  readonly pluginPath?: string | undefined;
  /** Whether the loader would load it if it were alone; undefined if that is unknown. */
  readonly loads?: boolean | undefined;
}

/** A fact as one side of a comparison. */
export function sideOf<T>(fact: Fact<T>, show: (value: T) => string): Side {
  return fact.known ? { value: show(fact.value), from: fact.from } : { value: "unknown", from: fact.why };
}
