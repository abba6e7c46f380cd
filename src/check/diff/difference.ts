import type { Fact } from "../../evidence/fact.ts";
import type { FactResult } from "../model/result.ts";

/** What a difference is about, in the order in which they are shown. */
export const differenceGroups = [
  "file",
  "target",
  "toolchain",
  "profile",
  "flag",
  "setting",
  "dependency",
  "crate",
  "evidence",
  "library",
  "version",
  "link",
  "manifest",
] as const;

export type DifferenceGroup = (typeof differenceGroups)[number];

/** One thing that is not the same in two files. */
export interface Difference {
  readonly group: DifferenceGroup;
  /** The name of a dependency, the key of a setting, … */
  readonly name: string;
  /** null if the file has no such thing. */
  readonly one: FactResult | null;
  readonly other: FactResult | null;
  /** Whether it can have an effect when the files run. Build times, build ids and spellings have none. */
  readonly matters: boolean;
}

/** What is compared, and how much a difference counts. */
export interface Aspect {
  readonly group: DifferenceGroup;
  readonly name: string;
  readonly matters: boolean;
}

/** Compared as texts unless `isSame` knows better; what neither file records is not a difference. */
export function factDifference(
  { group, name, matters }: Aspect,
  one: Fact<string> | undefined,
  other: Fact<string> | undefined,
  isSame: (one: string, other: string) => boolean = (a, b) => a === b,
): readonly Difference[] {
  if (one?.known !== true && other?.known !== true) return [];
  if (one?.known === true && other?.known === true && isSame(one.value, other.value)) return [];
  return [{ group, name, one: one ?? null, other: other ?? null, matters }];
}

/** Things by name, such as dependencies: a thing that only one file has is a difference. */
export type Named = ReadonlyMap<string, string>;

interface NamedAspect {
  readonly group: DifferenceGroup;
  /** What all of them are called, if one file does not record them: "dependencies". */
  readonly whole: string;
  readonly matters: (name: string, inBoth: boolean) => boolean;
}

/** Names in the order of `one`, then those that only `other` has. */
export function namedDifferences(
  { group, whole, matters }: NamedAspect,
  one: Fact<Named>,
  other: Fact<Named>,
  isSame: (name: string, one: string, other: string) => boolean = (_, a, b) => a === b,
): readonly Difference[] {
  if (!one.known || !other.known) {
    const aspect = { group, name: whole, matters: matters(whole, true) };
    return factDifference(aspect, countOf(one), countOf(other));
  }
  const fact = ({ value, from }: typeof one, name: string): FactResult | null => {
    const text = value.get(name);
    return text === undefined ? null : { known: true, value: text, from };
  };
  return [...new Set([...one.value.keys(), ...other.value.keys()])].flatMap((name) => {
    const [ours, theirs] = [one.value.get(name), other.value.get(name)];
    const inBoth = ours !== undefined && theirs !== undefined;
    if (inBoth && isSame(name, ours, theirs)) return [];
    return [{ group, name, one: fact(one, name), other: fact(other, name), matters: matters(name, inBoth) }];
  });
}

function countOf(all: Fact<Named>): Fact<string> {
  return all.known ? { known: true, value: `${all.value.size} in all`, from: all.from } : all;
}
