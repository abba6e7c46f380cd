import type { EvidenceResult } from "../../check/model/result.ts";
import type { Language } from "../../language/language-facts.ts";
import { languageOf, languages } from "../../language/languages.ts";
import { membersOf, type Claim } from "../model/claim.ts";
import { packageUrl } from "./package-url.ts";

/** What is linked into a plugin or host: a module, a crate, or a standard library. */
export interface Linked {
  readonly name: string;
  readonly version: string | undefined;
  readonly purl: string | undefined;
  /** As the manifest has it: `h1:` sum or Cargo.lock checksum. */
  readonly hash: string | undefined;
  /** SHA-256 of the package's archive in hex, if the hash is one. */
  readonly sha256: string | undefined;
  /** The same text for the same content, told apart from all other. */
  readonly ref: string;
}

/** The dependencies that a manifest names, in its order. */
export function claimedDependencies(claim: Claim | undefined): readonly Linked[] {
  const language = languageOf(claim?.get("language"));
  if (language === undefined) return [];
  return (membersOf(claim?.get("dependency_hashes")) ?? []).map(([key, value]) => {
    const end = key.lastIndexOf("@");
    const [name, version] = end > 0 ? [key.slice(0, end), key.slice(end + 1)] : [key, undefined];
    return linked(language, name, version, typeof value === "string" && value !== "" ? value : undefined);
  });
}

/** The standard library of the release that the binary itself records, if vulnerability lists know it by a name: Go's is `stdlib`. */
export function provenStandardLibrary(evidence: EvidenceResult): readonly Linked[] {
  const stamp = evidence["language"];
  const language = stamp?.known === true ? languageOf(stamp.value) : undefined;
  const toolchain = evidence["toolchain_version"];
  if (language === undefined || toolchain?.known !== true) return [];
  const { standardLibrary } = languages[language].dependencies;
  const release = languages[language].toolchain.parse(toolchain.value)?.release;
  return standardLibrary === undefined || release === undefined
    ? []
    : [linked(language, standardLibrary, release, undefined)];
}

function linked(
  language: Language,
  name: string,
  version: string | undefined,
  hash: string | undefined,
): Linked {
  const purl = packageUrl(language, name, version);
  const base = purl ?? `${language}:${version === undefined ? name : `${name}@${version}`}`;
  return {
    name,
    version,
    purl,
    hash,
    sha256: hash === undefined ? undefined : languages[language].dependencies.archiveSha256(hash),
    ref: hash === undefined ? base : `${base}#${hash}`,
  };
}
