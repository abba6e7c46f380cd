import { withUsualNames } from "../dependency-fix.ts";
import type { DependencyChange, Fix } from "../fix.ts";
import { shellWord } from "../shell-word.ts";

const note = "recorded in Cargo.lock; commit that file";

/**
 * The command that sets crates of Cargo.lock to these versions. `cargo update --precise` takes one crate, and refuses if another asks for
 * exactly the version that is there (serde and serde_derive do), so several are asked for together: Cargo.toml asks for all of
 * them while Cargo chooses again, and is then put back; Cargo.lock keeps what was chosen. Tried in test/fix.
 */
export function updateCrates(all: readonly DependencyChange[]): readonly Fix[] {
  const { usual: changes, advice } = withUsualNames(all);
  const [first] = changes;
  if (first === undefined) return advice;
  if (changes.length === 1) return [{ kind: "command", run: update(first), note, change: first }, ...advice];
  const asked = new Map<string, DependencyChange>();
  for (const change of changes) if (!asked.has(change.name)) asked.set(change.name, change);
  const words = [...asked.values()].map(({ name, version }) => shellWord(`${name}@=${version}`)).join(" ");
  // Cargo.toml cannot ask twice for a crate by its name.
  const others = changes.filter((change) => asked.get(change.name) !== change).map(update);
  const back = "mv Cargo.toml.before Cargo.toml";
  const together = `cp Cargo.toml Cargo.toml.before; if cargo add ${words} && cargo update --workspace; then ${back} && cargo update --workspace; else ${back}; false; fi`;
  return [{ kind: "command", run: [together, ...others].join(" && "), note }, ...advice];
}

/** A package id may name a version, and must if Cargo.lock has several (Cargo book, "Package ID Specifications"). */
function update({ name, version, from }: DependencyChange): string {
  const id = from === undefined ? name : `${name}@${from}`;
  return `cargo update -p ${shellWord(id)} --precise ${shellWord(version)}`;
}
