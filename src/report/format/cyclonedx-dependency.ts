import type { EvidenceResult } from "../../check/model/result.ts";
import { parseToolchain } from "../../language/toolchain.ts";
import { membersOf, type Claim } from "../model/claim.ts";
import { packageUrl } from "./package-url.ts";

/** What is linked into a plugin or host: a Go module, a crate, or Go's standard library. */
export interface Linked {
  readonly name: string;
  readonly version: string | undefined;
  readonly purl: string | undefined;
  /** As the manifest has it: `h1:` sum or Cargo.lock checksum. */
  readonly hash: string | undefined;
  /** SHA-256 of the package's archive in hex. An `h1:` sum is one of a list of files instead, and so none. */
  readonly sha256: string | undefined;
  /** The same text for the same content, told apart from all other. */
  readonly ref: string;
}

/** The dependencies that a manifest names, in its order. */
export function claimedDependencies(claim: Claim | undefined): readonly Linked[] {
  const language = claim?.get("language");
  if (language !== "go" && language !== "rust") return [];
  return (membersOf(claim?.get("dependency_hashes")) ?? []).map(([key, value]) => {
    const end = key.lastIndexOf("@");
    const [name, version] = end > 0 ? [key.slice(0, end), key.slice(end + 1)] : [key, undefined];
    return linked(language, name, version, typeof value === "string" && value !== "" ? value : undefined);
  });
}

/** Go's standard library of the release that the binary itself records, which vulnerability lists know as `stdlib`. */
export function provenStandardLibrary(evidence: EvidenceResult): readonly Linked[] {
  const language = evidence["language"];
  const toolchain = evidence["toolchain_version"];
  if (language?.known !== true || language.value !== "go" || toolchain?.known !== true) return [];
  const release = parseToolchain("go", toolchain.value)?.release;
  return release === undefined ? [] : [linked("go", "stdlib", release, undefined)];
}

function linked(
  language: "go" | "rust",
  name: string,
  version: string | undefined,
  hash: string | undefined,
): Linked {
  const purl = packageUrl(language, name, version);
  const isSha256 = language === "rust" && hash !== undefined && /^[0-9a-f]{64}$/i.test(hash);
  const base = purl ?? `${language}:${version === undefined ? name : `${name}@${version}`}`;
  return {
    name,
    version,
    purl,
    hash,
    sha256: isSha256 ? hash.toLowerCase() : undefined,
    ref: hash === undefined ? base : `${base}#${hash}`,
  };
}
