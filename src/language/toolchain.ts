/** A compiler release, taken apart for comparing. */
export interface Toolchain {
  /** `1.22.3`, `1.25rc1`, `1.97.0-nightly`, `1.23-devel`: with whatever a distribution puts behind it. */
  readonly release: string;
  /** Stable releases are told apart by their number alone; others need the commit too. */
  readonly channel: "stable" | "prerelease";
  /** Abbreviated commit, lower-case hex, if the text says one. */
  readonly commit: string | undefined;
  /** Experiments that the compiler itself was built with, sorted; undefined if the text is too short to say. */
  readonly experiments: readonly string[] | undefined;
}

/** The first and the last release line that something can be of: `go1.18` and `go1.19`. */
export interface ReleaseLines {
  readonly from: string;
  readonly to: string;
}

export type Comparison =
  { readonly status: "match" | "mismatch" } | { readonly status: "unknown"; readonly reason: string };

/** How the releases of a language's compiler are read and compared. */
export interface ToolchainFacts {
  /** Takes a toolchain version apart; undefined if the text has none of the known forms. */
  readonly parse: (text: string) => Toolchain | undefined;
  readonly compare: (plugin: Toolchain, host: Toolchain) => Comparison;
  /** Whether a release is surely of none of the lines. */
  readonly isOutside: (toolchain: Toolchain, lines: ReleaseLines) => boolean;
}

/** Compares by release, and by commit if the release does not identify a single build. */
export function compareReleases(plugin: Toolchain, host: Toolchain): Comparison {
  if (plugin.release !== host.release) return { status: "mismatch" };
  if (plugin.channel === "stable") return { status: "match" };
  if (plugin.commit === undefined || host.commit === undefined) {
    const side = plugin.commit === undefined ? "the plugin's" : "the host's";
    return {
      status: "unknown",
      reason: `${side} commit is unknown, and ${plugin.release} does not identify a single build`,
    };
  }
  return { status: isSameCommit(plugin.commit, host.commit) ? "match" : "mismatch" };
}

/** Tools abbreviate commits to different lengths. */
export function isSameCommit(one: string, other: string): boolean {
  return one.startsWith(other) || other.startsWith(one);
}

/** The lines as a value: `go1.18 to go1.19`, or the one that it must be. */
export function linesText({ from, to }: ReleaseLines): string {
  return from === to ? from : `${from} to ${to}`;
}
