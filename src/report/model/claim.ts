import type { EvidenceResult, ManifestResult } from "../../check/model/result.ts";

/** The manifest's fields in the order of its schema. */
export const claimFields = [
  "language",
  "toolchain_version",
  "build_profile",
  "target",
  "build_flags",
  "dependency_hashes",
  "build_time",
  "name",
  "version",
  "components",
  "build_environment",
  "schema_version",
] as const;

export type ClaimField = (typeof claimFields)[number];

/** The members of a manifest by name. */
export type Claim = ReadonlyMap<string, unknown>;

/** A plugin's claim; undefined if it has none that can be read. */
export function claimOf(manifest: ManifestResult | null): Claim | undefined {
  return manifest === null ? undefined : claimsOf(manifest)[0];
}

/** Cached, because every column of a table asks for the members of its row. */
const known = new WeakMap<ManifestResult, readonly Claim[]>();

/** What one carrier contains: a plugin's manifest, or a host's manifests, one per language. */
export function claimsOf(manifest: ManifestResult): readonly Claim[] {
  const found = known.get(manifest) ?? readClaims(manifest);
  known.set(manifest, found);
  return found;
}

function readClaims({ value }: ManifestResult): readonly Claim[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.flatMap((each) => {
    const members = membersOf(each);
    return members === undefined ? [] : [new Map(members)];
  });
}

/** The manifest that is shown for a plugin or slice: the first valid one, or else the first. */
export function mainManifest(manifests: readonly ManifestResult[]): ManifestResult | null {
  return manifests.find(({ valid }) => valid) ?? manifests[0] ?? null;
}

/** A member in one line: a text as it is, a list of words separated by spaces, anything else as JSON. */
export function inOneLine(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value) && value.every((item): item is string => typeof item === "string"))
    return value.join(" ");
  return value === undefined ? "" : JSON.stringify(value);
}

/** The members of an object; undefined if the value is not an object. */
export function membersOf(value: unknown): readonly (readonly [string, unknown])[] | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.entries(value)
    : undefined;
}

/** The architecture, system and C library that the binary itself proves: `x86_64-linux-gnu`; undefined if none is known. */
export function provenTarget(evidence: EvidenceResult): string | undefined {
  const parts = ["arch", "os", "libc"].flatMap((name) => {
    const fact = evidence[name];
    return fact?.known === true ? [fact.value] : [];
  });
  return parts.length === 0 ? undefined : parts.join("-");
}

/** What a plugin or host says about itself, or else what its binary proves; undefined if neither says anything. */
export function factOf(
  claim: Claim | undefined,
  evidence: EvidenceResult,
  field: ClaimField,
): string | undefined {
  const claimed = claim?.get(field);
  if (claimed !== undefined && claimed !== null) return inOneLine(claimed);
  const proven = evidence[field];
  if (proven?.known === true) return proven.value;
  return field === "target" ? provenTarget(evidence) : undefined;
}

/** How many dependencies the manifest names; undefined if it does not say. */
export function dependencyCount(claim: Claim | undefined): number | undefined {
  return membersOf(claim?.get("dependency_hashes"))?.length;
}

const sources: Readonly<Record<ManifestResult["source"], string>> = {
  section: "section",
  "dynamic-symbol": "symbol",
  "static-symbol": "symbol",
  "build-info": "build info",
  file: "file",
  derived: "derived",
};

/** What carries the manifest, in a word or two. */
export function sourceOf(manifest: ManifestResult | null): string {
  if (manifest === null) return "none";
  return manifest.valid ? sources[manifest.source] : `${sources[manifest.source]} (invalid)`;
}
