import type { Toolchain } from "./toolchain.ts";
import { shellWord } from "./shell-word.ts";

/** How a file was built, as far as it is known: what the command is made of that builds another one alike. */
export interface Recipe {
  readonly toolchain: Toolchain | undefined;
  /** Those that decide compatibility, in one spelling; undefined if they are unknown. */
  readonly flags: readonly string[] | undefined;
  /** As profileName gives it. */
  readonly profile: string | undefined;
  /** The variables that the compiler wrote down: `GOEXPERIMENT`, `GOOS`. */
  readonly environment: Readonly<Record<string, string>>;
  readonly target: RecipeTarget;
  /** The main package, seen from the folder of its module: `.`, `./cmd/plugin`. */
  readonly mainPackage: string;
}

/** As the manifest's target triple is taken apart (src/manifest/target.ts). */
export interface RecipeTarget {
  readonly arch?: string | undefined;
  readonly os?: string | undefined;
  readonly libc?: string | undefined;
}

/** Whether a target is surely a different one. */
export function differs(one: RecipeTarget, other: RecipeTarget, part: keyof RecipeTarget): boolean {
  return one[part] !== undefined && other[part] !== undefined && one[part] !== other[part];
}

/** `A=1 B=2 ` before a command. */
export function assignments(variables: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(variables)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${shellWord(value)} `]))
    .join("");
}
