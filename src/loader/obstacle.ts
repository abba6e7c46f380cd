import type { LoaderCheck } from "./check.ts";

/** One reason why a file does not load. */
export interface Obstacle {
  /** A refusal is an error that the host is given; a crash ends the host's process. */
  readonly outcome: "refused" | "crash";
  readonly check: LoaderCheck;
  /** The loader's exact message, as the host gets it; null if it prints nothing, or the message cannot be known. */
  readonly message: string | null;
  /** What that means, in whole sentences for a person. */
  readonly cause: string;
  /** What to do, in whole sentences, if this cause has a remedy of its own and not the one of its check. */
  readonly fix?: string;
  /** Set if the host must be rebuilt, whatever the plugin is. */
  readonly ofHost?: true;
  /** What it is about: a package, a library, a symbol, a segment. */
  readonly subject?: string;
  readonly plugin?: ReadValue;
  readonly host?: ReadValue;
}

/** A value that was read, and where: `.dynamic`, `e_machine`, `go:link.pkghash.fmt`. */
export interface ReadValue {
  readonly value: string;
  readonly from: string;
}
