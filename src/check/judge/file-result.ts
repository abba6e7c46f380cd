import type { Digest } from "../../artifact/digest.ts";
import type { Artifact, ArtifactSlice, Role } from "../../artifact/artifact.ts";
import { derivedManifest } from "../../artifact/derived-manifest.ts";
import type { Unreadable } from "../../artifact/unreadable.ts";
import { known, unknown, type Fact } from "../../evidence/fact.ts";
import { recordedFlags } from "../../language/build-flags.ts";
import { languages } from "../../language/languages.ts";
import { linesText } from "../../language/toolchain.ts";
import type { Carrier, Claim } from "../../manifest/claim.ts";
import type {
  EvidenceResult,
  FactResult,
  FileResult,
  ManifestResult,
  PluginResult,
  SliceResult,
} from "../model/result.ts";

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
    slices: file.slices.map((each) => sliceResult(each, file.role)),
    unreadable: null,
  };
}

/** The part of a plugin's result that needs no host. */
export function pluginResult(
  file: Artifact | Unreadable,
  slice?: ArtifactSlice,
): Omit<PluginResult, "findings"> {
  const result = fileResult(file, slice);
  const shown = slice ?? (file.kind === "artifact" ? file.slices[0] : undefined);
  if (shown === undefined || file.kind === "unreadable") return { ...result, manifest: null, evidence: {} };
  const own = result.slices[file.slices.indexOf(shown)] ?? sliceResult(shown, file.role);
  return { ...result, manifest: chosenManifest(shown, own.manifests), evidence: own.evidence };
}

/** Every manifest of a slice; if it has none, the derived one. */
export function manifestResults(slice: ArtifactSlice, role: Role): readonly ManifestResult[] {
  const { claim, offset } = slice;
  if (claim.carriers.length > 0) return claim.carriers.map((carrier) => manifestResult(carrier, offset));
  const derived = derivedManifest(slice, role);
  if (derived === undefined) return [];
  return [{ source: "derived", location: derived.from, offset: null, valid: true, value: derived.value }];
}

export function evidenceResult({ target, proof }: ArtifactSlice): EvidenceResult {
  const { language, toolchain, releases, flags, dependencies } = proof;
  const facts = language.known ? languages[language.value] : undefined;
  return {
    language,
    toolchain_version:
      !toolchain.known && releases.known
        ? unknown(`${linesText(releases.value)}, by ${releases.from}`)
        : toolchain,
    build_profile: profileFact(proof),
    build_flags: textOf(
      flags,
      (all) => (facts ? facts.flags.text(recordedFlags(facts.flags, all)) : all.join(" ")) || "none",
    ),
    dependency_hashes: textOf(dependencies, (all) => {
      const count = all.filter(({ isMain }) => !isMain).length;
      return `${count} ${facts?.dependencies.noun ?? "package"}${count === 1 ? "" : "s"}`;
    }),
    arch: target.arch,
    os: target.os,
    libc: target.libc,
  };
}

/** Only the folder that Cargo linked it in tells a profile's name for certain. */
function profileFact({ language, profile }: ArtifactSlice["proof"]): FactResult {
  const profiles = language.known ? languages[language.value].profiles : undefined;
  if (profiles?.exist === false) return unknown(profiles.whyUnknown);
  const [hint] = profile;
  if (hint === undefined) return unknown("no evidence of a build profile");
  return hint.strength === "strong"
    ? known(hint.profile, hint.from)
    : unknown(`perhaps ${hint.profile}: ${hint.reason}`);
}

function textOf<T>(fact: Fact<T>, show: (value: T) => string): FactResult {
  return fact.known ? known(show(fact.value), fact.from) : fact;
}

function sliceResult(slice: ArtifactSlice, role: Role): SliceResult {
  const { arch, bits, endian, kind, offset, size } = slice;
  return {
    arch,
    bits,
    endian,
    kind,
    offset,
    size,
    manifests: manifestResults(slice, role),
    evidence: evidenceResult(slice),
  };
}

/** The manifest that is compared; if none is valid the first one, so that there is something to show. */
function chosenManifest({ claim }: ArtifactSlice, all: readonly ManifestResult[]): ManifestResult | null {
  const carrier = shownCarrier(claim);
  return all[carrier === undefined ? 0 : claim.carriers.indexOf(carrier)] ?? null;
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

/** What was read of a file, with its digest; without one if it could not be read. */
export function withDigest<Of extends FileResult>(file: Of, digest: Digest | Unreadable): Of {
  return digest.kind === "unreadable" ? file : { ...file, sha256: digest.sha256 };
}
