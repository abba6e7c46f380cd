import type { Proof } from "../evidence/proof.ts";
import { comparableFlags } from "../manifest/build-flags.ts";
import { manifestsAt, type ManifestAt } from "../manifest/claim.ts";
import { dependenciesOf } from "../manifest/dependency.ts";
import type { ArtifactSlice, Role } from "./artifact.ts";

/** Flags that Go's build info always records where they were given (Go: src/cmd/go/internal/load/pkg.go, setBuildInfo). */
const recordedFlags = ["-asan", "-asmflags", "-cover", "-gcflags", "-msan", "-race", "-tags", "-trimpath"];

/**
 * The manifests of a slice as they are compared: a field that the binary itself proves has the proven value, and says
 * where that was read. That a claim differs from its proof is for the rules to find. A plugin is of the language that
 * made it, whatever it claims; a host may link another language beside the one that is proven.
 */
export function provenManifests(
  { claim, proof }: Pick<ArtifactSlice, "claim" | "proof">,
  role: Role,
): readonly ManifestAt[] {
  return manifestsAt(claim).map((each) => {
    if (!proof.language.known) return each;
    const honest = proof.language.value === each.manifest.language;
    if (!honest && role === "host") return each;
    return withProof(honest ? each : ofLanguage(each, proof.language.value, proof.language.from), proof);
  });
}

/** What else it says of its build is in terms of the language it claims. */
function ofLanguage(at: ManifestAt, language: "go" | "rust", from: string): ManifestAt {
  return { ...at, manifest: { ...at.manifest, language, build_flags: [] }, proven: { language: from } };
}

function withProof(at: ManifestAt, { toolchain, flags, modules }: Proof): ManifestAt {
  const { manifest } = at;
  return {
    ...at,
    manifest: {
      ...manifest,
      ...(toolchain.known ? { toolchain_version: toolchain.value } : {}),
      ...(flags.known
        ? { build_flags: [...withoutRecorded(manifest.build_flags), ...recorded(flags.value)] }
        : {}),
      ...(modules.known ? { dependency_hashes: withSums(manifest.dependency_hashes, modules.value) } : {}),
    },
    proven: {
      ...at.proven,
      ...(toolchain.known ? { toolchain_version: toolchain.from } : {}),
      ...(flags.known ? { build_flags: flags.from } : {}),
      ...(modules.known ? { dependency_hashes: modules.from } : {}),
    },
  };
}

/** The flags of a Go manifest, and of build info, that can be held against each other. */
export function recorded(flags: readonly string[]): readonly string[] {
  return comparableFlags("go", flags).filter(isRecorded);
}

function withoutRecorded(flags: readonly string[]): readonly string[] {
  return comparableFlags("go", flags).filter((flag) => !isRecorded(flag));
}

function isRecorded(flag: string): boolean {
  return recordedFlags.some((name) => flag === name || flag.startsWith(`${name}=`));
}

/** Every dependency that is claimed, with the sum that was linked where that is known. */
function withSums(
  hashes: Readonly<Record<string, string>>,
  modules: Extract<Proof["modules"], { known: true }>["value"],
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    dependenciesOf(hashes).map(({ name, key, hash }) => {
      const module = modules.get(name);
      return module === undefined ? [key, hash] : [`${name}@${module.version}`, module.sum];
    }),
  );
}
