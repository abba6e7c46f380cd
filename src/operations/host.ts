import { readFileSync, statSync } from "node:fs";
import { readArtifact, type Artifact, type ArtifactSlice } from "../artifact/artifact.ts";
import { provenManifests } from "../artifact/proven-manifest.ts";
import { unreadable } from "../artifact/unreadable.ts";
import type { CarrierNames } from "../manifest/carrier-names.ts";
import { manifestsAt, readClaim, type ManifestAt } from "../manifest/claim.ts";
import { manifestLimit } from "../manifest/content.ts";
import type { Finding } from "../rules/finding.ts";
import { judgeManifests } from "../rules/registry.ts";
import type { HostSide } from "../rules/rule.ts";
import { evidenceResult, fileResult, manifestResults } from "./file-result.ts";
import type { HostRequest } from "./request.ts";
import type { HostResult } from "./result.ts";
import { UsageError } from "./usage-error.ts";

/** The host, read once for all plugins. */
export interface Host {
  /** One for a thin binary or a manifest file, one a slice for a universal binary. */
  readonly sides: readonly HostSlice[];
  readonly universal: boolean;
  readonly findings: readonly Finding[];
  readonly result: HostResult;
}

export interface HostSlice {
  /** undefined for a manifest file. */
  readonly slice: ArtifactSlice | undefined;
  readonly manifests: readonly ManifestAt[];
}

/** @throws UsageError when the host cannot be read: then nothing can be compared. */
export function readHost(request: HostRequest, names: CarrierNames, arch: string | undefined): Host {
  return request.kind === "binary" ? readBinary(request.path, names, arch) : readManifestFile(request.path);
}

/** The host as one plugin sees it: with the manifest of the plugin's language. */
export function hostSide({ slice, manifests }: HostSlice, plugin: ManifestAt | undefined): HostSide {
  const language = plugin?.manifest.language;
  return { slice, manifests, manifest: manifests.find(({ manifest }) => manifest.language === language) };
}

function readBinary(path: string, names: CarrierNames, arch: string | undefined): Host {
  const file = readArtifact(path, names, "host");
  if (file.kind === "unreadable") {
    throw new UsageError("host-unreadable", `${path}: the host ${reason(file.reason)}`, [
      "Give the Collector binary with --host, or its manifest as a JSON file with --host-manifest.",
    ]);
  }
  const slices = slicesOf(file, arch);
  const [first] = slices;
  return {
    sides: slices.map((slice) => ({ slice, manifests: provenManifests(slice, "host") })),
    universal: file.universal,
    findings: judgeManifests({ role: "host", universal: file.universal, slices }),
    result: {
      ...fileResult(file, first),
      manifests: first === undefined ? [] : manifestResults(first),
      evidence: first === undefined ? {} : evidenceResult(first),
    },
  };
}

function slicesOf({ path, slices }: Artifact, arch: string | undefined): readonly ArtifactSlice[] {
  if (arch === undefined) return slices;
  const wanted = slices.filter((slice) => slice.arch === arch);
  if (wanted.length > 0) return wanted;
  throw new UsageError("bad-usage", `${path}: the host has no ${arch} slice`, [
    `It has ${slices.map((slice) => slice.arch).join(", ")}.`,
  ]);
}

function reason(text: string): string {
  return /^(is|does|no) /.test(text)
    ? text.replace(/^no permission/, "gives no permission")
    : `cannot be read: ${text}`;
}

function readManifestFile(path: string): Host {
  const bytes = readSmallFile(path);
  const claim = readClaim(
    [{ source: "file", location: path, offset: 0, payload: { kind: "bytes", bytes } }],
    true,
  );
  const [carrier] = claim.carriers;
  if (claim.manifests.length === 0) {
    const findings = judgeManifests({ role: "host", universal: false, slices: [{ arch: "", claim }] });
    throw new UsageError(
      "host-manifest-invalid",
      `${path}: the host manifest cannot be used: ${findings.map(({ message }) => message).join("; ")}`,
    );
  }
  const manifests = manifestsAt(claim);
  const value = carrier?.content.kind === "json" ? carrier.content.value : null;
  return {
    sides: [{ slice: undefined, manifests }],
    universal: false,
    findings: judgeManifests({ role: "host", universal: false, slices: [{ arch: "", claim }] }),
    result: {
      path,
      format: null,
      arch: null,
      size: bytes.length,
      slices: [],
      unreadable: null,
      manifests: [{ source: "file", location: path, offset: 0, valid: true, value }],
      evidence: {},
    },
  };
}

function readSmallFile(path: string): Buffer {
  try {
    const stat = statSync(path);
    if (!stat.isFile()) throw new UsageError("host-unreadable", `${path}: the host manifest is not a file`);
    if (stat.size > manifestLimit) {
      throw new UsageError(
        "host-manifest-invalid",
        `${path}: is ${stat.size} bytes long, more than ${manifestLimit}`,
        ["For the host binary itself, use --host."],
      );
    }
    return readFileSync(path);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(
      "host-unreadable",
      `${path}: the host manifest ${reason(unreadable(path, null, error).reason)}`,
    );
  }
}
