import { known, unknown, type Fact } from "../evidence/fact.ts";
import type { Proof, ProvenDependency } from "../evidence/proof.ts";
import { recordedFlags } from "../language/build-flags.ts";
import type { Language } from "../language/language-facts.ts";
import { languages } from "../language/languages.ts";
import { manifestsAt, type Claim, type ManifestAt } from "../manifest/claim.ts";
import { dependenciesOf, type Dependency } from "../language/dependency.ts";
import type { Role } from "./artifact.ts";

/**
 * How the code of one language in a file was built, as it is compared: by proof if there is proof, else by the manifest's
 * word, else unknown. That a claim differs from its proof is for the rules to find.
 */
export interface Build {
  readonly language: Language;
  readonly languageFrom: string;
  /** undefined if it is derived from proof alone. */
  readonly manifest: ManifestAt | undefined;
  readonly toolchain: Fact<string>;
  /** First and last release line if no more is known: `go1.18`, `go1.19`. */
  readonly releases: Proof["releases"];
  readonly profile: Fact<string>;
  /** Those that decide compatibility, in one spelling. */
  readonly flags: Fact<readonly string[]>;
  readonly dependencies: Fact<readonly Dependency[]>;
  /** Variables that the compiler wrote down. */
  readonly environment: Readonly<Record<string, string>>;
  /** The main package, seen from the folder of its module. */
  readonly mainPackage: string;
}

/**
 * One build for each language that a file's manifests claim or its binary proves. A plugin is of the language that made it,
 * whatever it claims; a host may link another language beside the one that is proven.
 * @param proof undefined if only a manifest file describes the host.
 */
export function buildsOf(claim: Claim, proof: Proof | undefined, role: Role): readonly Build[] {
  const claimed = manifestsAt(claim).map((manifest) => claimedBuild(manifest, proof, role));
  if (proof?.language.known !== true) return claimed;
  const { value: language } = proof.language;
  return claimed.some((build) => build.language === language)
    ? claimed
    : [...claimed, provenBuild(language, proof.language.from, proof)];
}

function claimedBuild(at: ManifestAt, proof: Proof | undefined, role: Role): Build {
  const { manifest } = at;
  const { language } = manifest;
  const own = ownClaim(at);
  if (proof?.language.known !== true) return own;
  const proven = provenBuild(proof.language.value, proof.language.from, proof);
  if (proven.language !== language) {
    // What a lying plugin says of its build is in terms of the language it claims.
    return role === "host" ? own : { ...proven, manifest: at };
  }
  return {
    ...proven,
    manifest: at,
    toolchain: proven.toolchain.known ? proven.toolchain : own.toolchain,
    releases: proven.toolchain.known ? proven.releases : own.releases,
    profile: own.profile,
    flags: joinFlags(proven, own),
    dependencies: joinDependencies(proven.dependencies, own.dependencies),
  };
}

function ownClaim(at: ManifestAt): Build {
  const { language, toolchain_version, build_profile, build_flags, dependency_hashes } = at.manifest;
  const claimed = <T>(value: T, field: string): Fact<T> => known(value, `${at.at}/${field}`);
  return {
    language,
    languageFrom: `${at.at}/language`,
    manifest: at,
    toolchain: claimed(toolchain_version, "toolchain_version"),
    releases: unknown("the manifest names one release"),
    profile: claimed(build_profile, "build_profile"),
    flags: claimed(languages[language].flags.comparable(build_flags), "build_flags"),
    dependencies: claimed(dependenciesOf(dependency_hashes, at.at), "dependency_hashes"),
    environment: {},
    mainPackage: ".",
  };
}

function provenBuild(language: Language, languageFrom: string, proof: Proof): Build {
  const { toolchain, releases, flags, dependencies } = proof;
  const facts = languages[language];
  return {
    language,
    languageFrom,
    manifest: undefined,
    toolchain,
    releases,
    profile: unknown(facts.profiles.whyUnknown),
    flags: flags.known ? known(recordedFlags(facts.flags, flags.value), flags.from) : flags,
    dependencies: dependencies.known
      ? known(
          dependencies.value.map((each) => ofProof(each, dependencies.from)),
          dependencies.from,
        )
      : dependencies,
    environment: proof.environment ?? {},
    mainPackage: proof.mainPackage ?? ".",
  };
}

function ofProof({ sum = "", isMain, ...rest }: ProvenDependency, from: string): Dependency {
  return { ...rest, hash: sum, from, ...(isMain ? { isMain } : {}) };
}

/** The proven flags, and of the claimed ones those that are never recorded. */
function joinFlags({ language, flags }: Build, own: Build): Build["flags"] {
  if (!flags.known || !own.flags.known) return own.flags;
  const { isRecorded } = languages[language].flags;
  const unrecorded = own.flags.value.filter((flag) => !isRecorded(flag));
  return known([...unrecorded, ...flags.value].sort(), flags.from);
}

/**
 * What was linked, and what is claimed beyond it: a C library, a package that was left out of the record. A claimed hash of what
 * was linked counts if the record has none, unless something else was linked in its place.
 */
function joinDependencies(proven: Build["dependencies"], own: Build["dependencies"]): Build["dependencies"] {
  if (!proven.known || !own.known) return own;
  const linked = new Map<string, number>();
  for (const { name } of proven.value) linked.set(name, (linked.get(name) ?? 0) + 1);
  const claimed = new Map<string, Dependency[]>();
  for (const each of own.value) claimed.set(each.name, [...(claimed.get(each.name) ?? []), each]);
  const joined = proven.value.map((each) => {
    const isOnly = linked.get(each.name) === 1;
    const claim = claimed
      .get(each.name)
      ?.find(({ version }) => (version === undefined ? isOnly : version === each.version));
    const isBelieved =
      claim !== undefined && each.hash === "" && each.replacedBy === undefined && each.isMain !== true;
    return isBelieved ? { ...each, hash: claim.hash, from: claim.from } : each;
  });
  return known([...joined, ...own.value.filter(({ name }) => !linked.has(name))], proven.from);
}
