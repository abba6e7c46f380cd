import type { ArtifactSlice, Role } from "../artifact/artifact.ts";
import type { ManifestAt } from "../manifest/claim.ts";
import type { Manifest } from "../manifest/manifest.ts";
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
}

export interface PluginSide {
  readonly slice: ArtifactSlice;
  readonly manifest: ManifestAt | undefined;
}

export interface HostSide {
  /** undefined where a manifest file stands for the host. */
  readonly slice: ArtifactSlice | undefined;
  /** One a language. */
  readonly manifests: readonly ManifestAt[];
  /** The one in the plugin's language. */
  readonly manifest: ManifestAt | undefined;
}

/** Judges the plugins together. */
export interface SetRule extends RuleMeta {
  readonly evaluate: (set: PluginSet) => readonly FindingDraft[];
}

export interface PluginSet {
  readonly plugins: readonly SetMember[];
  /** Names that the user asked for. */
  readonly expected: readonly string[];
}

export interface SetMember {
  readonly path: string;
  readonly manifest: Manifest | undefined;
}

/** A field of a manifest as one side of a comparison. */
export function side(of: ManifestAt, field: keyof Manifest & string, value?: string): Side {
  return { value: value ?? String(of.manifest[field]), from: of.proven?.[field] ?? `${of.at}/${field}` };
}
