import type { Artifact, ArtifactSlice } from "../artifact/artifact.ts";
import type { Unreadable } from "../artifact/unreadable.ts";
import type { Carrier, Claim } from "../manifest/claim.ts";
import type { EvidenceResult, FileResult, ManifestResult, PluginResult, SliceResult } from "./result.ts";

/** What a file is, as the report shows it. @param slice the slice that `arch` names; the first unless given. */
export function fileResult(file: Artifact | Unreadable, slice?: ArtifactSlice): FileResult {
  const { path, size } = file;
  if (file.kind === "unreadable") {
    const unreadable = { reason: file.reason, offset: file.offset };
    return { path, format: null, arch: null, size, slices: [], unreadable };
  }
  return {
    path,
    format: file.format,
    arch: (slice ?? file.slices[0])?.arch ?? null,
    size,
    slices: file.slices.map(sliceResult),
    unreadable: null,
  };
}

/** The part of a plugin's result that needs no host. */
export function pluginResult(
  file: Artifact | Unreadable,
  slice?: ArtifactSlice,
): Omit<PluginResult, "findings"> {
  const shown = slice ?? (file.kind === "artifact" ? file.slices[0] : undefined);
  return {
    ...fileResult(file, slice),
    manifest: shown === undefined ? null : chosenManifest(shown),
    evidence: shown === undefined ? {} : evidenceResult(shown),
  };
}

export function manifestResults({ claim, offset }: ArtifactSlice): readonly ManifestResult[] {
  return claim.carriers.map((carrier) => manifestResult(carrier, offset));
}

export function evidenceResult({ target, proof }: ArtifactSlice): EvidenceResult {
  return {
    language: proof.language,
    toolchain_version: proof.toolchain,
    arch: target.arch,
    os: target.os,
    libc: target.libc,
  };
}

function sliceResult(slice: ArtifactSlice): SliceResult {
  const { arch, bits, endian, kind, offset, size } = slice;
  return {
    arch,
    bits,
    endian,
    kind,
    offset,
    size,
    manifests: manifestResults(slice),
    evidence: evidenceResult(slice),
  };
}

/** The carrier that is compared; where none is valid the first, so that there is something to see. */
function chosenManifest({ claim, offset }: ArtifactSlice): ManifestResult | null {
  const carrier = shownCarrier(claim);
  return carrier === undefined ? null : manifestResult(carrier, offset);
}

function shownCarrier({ chosen, carriers }: Claim): Carrier | undefined {
  return chosen ?? carriers.find(({ content }) => content.kind === "json") ?? carriers[0];
}

function manifestResult({ source, location, offset, content }: Carrier, sliceOffset: number): ManifestResult {
  const isJson = content.kind === "json";
  const start = isJson ? content.start : content.offset;
  return {
    source,
    location,
    offset: offset === undefined ? null : sliceOffset + offset + start,
    valid: isJson && content.manifests.length > 0,
    value: isJson ? content.value : null,
  };
}
