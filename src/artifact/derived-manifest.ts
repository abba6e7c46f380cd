import type { Dependency } from "../language/dependency.ts";
import type { ArtifactSlice, Role } from "./artifact.ts";
import { buildsOf } from "./build.ts";

/** What replaces a manifest if a file carries none: the fields that the binary proves, and no others. */
export interface DerivedManifest {
  /** What proves its language. */
  readonly from: string;
  /** In the words of schemas/manifest.schema.json, without the fields that are unknown. */
  readonly value: Readonly<Record<string, unknown>>;
}

/** @returns undefined if the file carries a manifest, readable or not, or proves not even its language. */
export function derivedManifest(
  { claim, proof, target }: Pick<ArtifactSlice, "claim" | "proof" | "target">,
  role: Role,
): DerivedManifest | undefined {
  if (claim.carriers.length > 0) return undefined;
  const [build] = buildsOf(claim, proof, role);
  if (build === undefined) return undefined;
  const { language, languageFrom, toolchain, flags, dependencies } = build;
  const triple = [target.arch, target.os, target.libc].flatMap((part) => (part.known ? [part.value] : []));
  return {
    from: languageFrom,
    value: {
      language,
      ...(toolchain.known ? { toolchain_version: toolchain.value } : {}),
      ...(dependencies.known ? { dependency_hashes: hashes(dependencies.value) } : {}),
      ...(flags.known ? { build_flags: flags.value } : {}),
      ...(target.arch.known && target.os.known ? { target: triple.join("-") } : {}),
    },
  };
}

/** Of what has no hash its name alone is known, and its version. */
function hashes(dependencies: readonly Dependency[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    dependencies
      .filter(({ isMain }) => isMain !== true)
      .map(({ name, version, hash }) => [version === undefined ? name : `${name}@${version}`, hash]),
  );
}
