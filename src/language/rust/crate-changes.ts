import type { DependencyChange, Fix } from "../fix.ts";
import { shellWord } from "../shell-word.ts";

/**
 * The commands that set crates of Cargo.lock to these versions. One may only be possible after another, and one may change another along
 * with itself (serde asks for exactly its own version of serde_derive), so several are tried in turn until none is left; the
 * last command fails if a version could not be had. A package id may name a version (Cargo book, "Package ID Specifications"),
 * and must if Cargo.lock has several.
 */
export function updateCrates(changes: readonly DependencyChange[]): readonly Fix[] {
  const note = "recorded in Cargo.lock; commit that file";
  const [first] = changes;
  if (first === undefined) return [];
  if (changes.length === 1) {
    return [{ kind: "command", run: update(first, first.from), note, change: first }];
  }
  const turn = changes.map((each) =>
    each.from === undefined ? update(each) : `${update(each, each.from)} || ${update(each)}`,
  );
  const turns = changes.map((_, at) => at + 1).join(" ");
  const check = changes.map((each) => update(each, each.version)).join(" && ");
  return [
    { kind: "command", run: `for turn in ${turns}; do ${turn.join("; ")}; done 2>/dev/null; ${check}`, note },
  ];
}

function update({ name, version }: DependencyChange, from?: string): string {
  const id = from === undefined ? name : `${name}@${from}`;
  return `cargo update -p ${shellWord(id)} --precise ${shellWord(version)}`;
}
