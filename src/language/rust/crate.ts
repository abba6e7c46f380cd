import type { Dependency, DependencyFacts } from "../dependency.ts";
import { byLockFile, sameVersion } from "../dependency-fix.ts";
import { run, type Fix } from "../fix.ts";
import { shellWord } from "../shell-word.ts";

/** Rust's crates, as Cargo packs them. */
export const rustCrates: DependencyFacts = {
  noun: "package",
  packageUrl: (name) => ({ type: "cargo", namespace: undefined, name }),
  // Cargo.lock's checksum is that of the .crate file (Cargo: src/cargo/sources/registry, "cksum").
  archiveSha256: (hash) => (/^[0-9a-f]{64}$/i.test(hash) ? hash.toLowerCase() : undefined),
  standardLibrary: undefined,
  // A crate's name does not tell its repository.
  projectOf: (name) => name,
  fix: (ours, theirs) => [fix(ours, theirs)],
};

function fix(ours: Dependency, [wanted, ...others]: readonly Dependency[]): Fix {
  if (wanted?.version === undefined || others.length > 0) return byLockFile(ours, "Cargo.lock");
  const { name, version } = wanted;
  if (version === ours.version) return sameVersion(ours);
  const from = ours.version === undefined ? name : `${name}@${ours.version}`;
  return run(
    `cargo update -p ${shellWord(from)} --precise ${shellWord(version)}`,
    "recorded in Cargo.lock; commit that file",
  );
}
