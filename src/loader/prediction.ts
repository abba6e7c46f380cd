import type { LoaderCheck } from "./check.ts";

/** One reason why a file does not load. */
export interface Obstacle {
  /** A refusal is an error that the host is given; a crash ends the host's process. */
  readonly outcome: "refused" | "crash";
  readonly check: LoaderCheck;
  /** The loader's own words, whole, as the host's program is given them; null where the loader says nothing, or they cannot be known. */
  readonly message: string | null;
  /** What that means, in one sentence for a person. */
  readonly cause: string;
  /** Set where it is the host that must be rebuilt, whatever the plugin is. */
  readonly ofHost?: true;
  /** What it is about: a package, a library, a symbol, a segment. */
  readonly subject?: string;
  readonly plugin?: ReadValue;
  readonly host?: ReadValue;
}

/** Something that was read, and where: `.dynamic`, `e_machine`, `go:link.pkghash.fmt`. */
export interface ReadValue {
  readonly value: string;
  readonly from: string;
}

/** What a loader will answer, as far as the files alone tell. */
export type Prediction = Loads | Fails | Undecided;

export interface Loads {
  readonly outcome: "loads";
  /** What holds only where the target offers it, since no target was given: "glibc >= 2.34", "libssl.so.3". */
  readonly needs: readonly string[];
}

export interface Fails {
  readonly outcome: "refused" | "crash";
  /** What the loader stumbles over first. */
  readonly first: Obstacle;
  /** What it would stumble over next, once that is fixed, in the loader's order. */
  readonly further: readonly Obstacle[];
  readonly needs: readonly string[];
}

/** Nothing here is a guess: what the files do not tell is said to be unknown. */
export interface Undecided {
  readonly outcome: "unknown";
  /** What is missing, and what would make it known, in one sentence. */
  readonly reason: string;
  readonly needs: readonly string[];
}
