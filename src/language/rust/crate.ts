import type { Dependency, DependencyFacts } from "../dependency.ts";
import { byLockFile, sameVersion } from "../dependency-fix.ts";
import { advise, run, type Fix } from "../fix.ts";
import { shellWord } from "../shell-word.ts";
import { updateCrates } from "./crate-changes.ts";

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
  if (ours.source === "git" || wanted.source === "git") {
    return advise(
      `${name} comes from a Git repository, in which a version tells no commit. Give it the rev in Cargo.toml that the host's Cargo.lock has.`,
    );
  }
  const from = ours.version;
  if (from !== undefined && !isCompatible(from, version)) {
    return run(
      `cargo add ${shellWord(`${name}@=${version}`)}`,
      `no cargo update crosses from ${from} to ${version}; if another package asks for it, cargo tree -i ${name}@${from} names that one, and it has to change`,
    );
  }
  const [update = byLockFile(ours, "Cargo.lock")] = updateCrates([
    { kind: "dependency", manager: "cargo", name, version, ...(from === undefined ? {} : { from }) },
  ]);
  return update;
}

/** Whether a requirement such as `1.2` or `0.3.1` takes both: the first number that is not 0 is equal (Cargo book, "Version requirement syntax"). */
function isCompatible(one: string, other: string): boolean {
  const [ours, theirs] = [one, other].map((version) => version.split(/[.+-]/));
  for (const at of [0, 1, 2]) {
    if (ours?.[at] !== theirs?.[at]) return false;
    if (ours?.[at] !== "0") return true;
  }
  return true;
}
