import { kindNames, kinds, type Kind } from "./kinds.ts";
import { Random } from "./random.ts";
import type { Scene } from "./scene.ts";

/** The kinds take turns. */
export function kindAt(index: number, only: Kind | undefined): Kind {
  return only ?? kindNames[index % kindNames.length] ?? "elf";
}

/** The input of that number: the same in every run. Its kind is part of what it is made from. */
export function inputAt(seed: number, index: number, kind: Kind): Scene {
  return kinds[kind](new Random(seed, index, kindNames.indexOf(kind)));
}

/** One input in so many is asked about twice, and written in every format. */
const thoroughEach = 8;

export function isThorough(index: number): boolean {
  return Math.floor(index / kindNames.length) % thoroughEach === 0;
}
