import { memo } from "../manifest/memo.ts";

/** A compiler release, taken apart for comparing. */
export interface Toolchain {
  readonly language: "go" | "rust";
  /** `1.22.3`, `1.25rc1`, `1.97.0-nightly`, `1.23-devel`: with whatever a distribution puts behind it. */
  readonly release: string;
  /** Stable releases are told apart by their number alone; others need the commit too. */
  readonly channel: "stable" | "prerelease";
  /** Abbreviated commit, lower-case hex, where the text says one. */
  readonly commit: string | undefined;
  /** Go experiments that the text lists after `X:`; undefined where the text is too short to say. */
  readonly experiments: readonly string[] | undefined;
}

/**
 * `1.22.3`, `go1.22.3`, `go version go1.22.3 linux/amd64`, `devel go1.23-a1b2c3d4e5 Tue May …`
 * (Go: src/cmd/go/internal/version/version.go, src/internal/buildcfg/exp.go for `X:`).
 */
const goVersion =
  /^(?:go version )?(?:devel )?(?:go)?(\d+\.\d+(?:\.\d+)?(?:(?:rc|beta)\d+)?)(-devel_|-)?([^\s]*)((?:\s.*)?)$/;

/** `1.79.0`, `rustc 1.79.0 (129f3b996 2024-06-10)`, `1.97.0-nightly (e50aa6fba 2026-05-19)` (`rustc --version`). */
const rustVersion = /^(?:rustc )?(?:version )?(\d+\.\d+\.\d+)((?:-[0-9A-Za-z.-]+)?)(?:\s+\(([^)]*)\))?(.*)$/;

/** Takes a toolchain version apart; undefined where the text has none of the known forms. */
export function parseToolchain(language: "go" | "rust", text: string): Toolchain | undefined {
  return language === "go" ? knownGo(text) : knownRust(text);
}

const knownGo = memo((text) => parseGo(text.trim()));
const knownRust = memo((text) => parseRust(text.trim()));

function parseGo(text: string): Toolchain | undefined {
  const match = goVersion.exec(text);
  if (match === null) return undefined;
  const [, number = "", joint = "", suffix = "", rest = ""] = match;
  const isDevel = text.startsWith("devel ") || joint === "-devel_" || text.includes("version devel ");
  const commit = isDevel ? /^([0-9a-f]{7,40})$/.exec(suffix)?.[1] : undefined;
  const listed = /(?:^|\s)X:(\S+)/.exec(rest);
  const isWhole = text.startsWith("go version ");
  return {
    language: "go",
    release: isDevel ? `${number}-devel` : number + joint + suffix,
    channel: isDevel ? "prerelease" : "stable",
    commit,
    experiments: listed?.[1]?.split(",").sort() ?? (isWhole ? [] : undefined),
  };
}

function parseRust(text: string): Toolchain | undefined {
  const match = rustVersion.exec(text);
  if (match === null) return undefined;
  const [, number = "", suffix = "", parenthesis = ""] = match;
  return {
    language: "rust",
    release: number + suffix,
    channel: /^-(nightly|beta|dev)/.test(suffix) ? "prerelease" : "stable",
    commit: /^([0-9a-f]{7,40})\b/.exec(parenthesis)?.[1],
    experiments: undefined,
  };
}

export type Comparison =
  { readonly status: "match" | "mismatch" } | { readonly status: "unknown"; readonly reason: string };

/** Holds two toolchains of one language against each other. */
export function compareToolchains(plugin: Toolchain, host: Toolchain): Comparison {
  if (plugin.release !== host.release) return { status: "mismatch" };
  const experiments = compareExperiments(plugin, host);
  if (experiments.status !== "match" || plugin.channel === "stable") return experiments;
  if (plugin.commit === undefined || host.commit === undefined) {
    const side = plugin.commit === undefined ? "the plugin's" : "the host's";
    return {
      status: "unknown",
      reason: `${side} commit is unknown, and ${plugin.release} does not identify a single build`,
    };
  }
  return { status: samePrefix(plugin.commit, host.commit) ? "match" : "mismatch" };
}

/** Whether a Go release is surely of none of the release lines from `go1.18` to `go1.19`. */
export function isOutside(
  { release }: Toolchain,
  { from, to }: { readonly from: string; readonly to: string },
): boolean {
  const line = lineOf(release);
  const [first, last] = [lineOf(from), lineOf(to)];
  return line !== undefined && first !== undefined && last !== undefined && (line < first || line > last);
}

/** The second number of `1.26.8` or `go1.26`: all lines since Go 1.0 have 1 as their first. */
function lineOf(release: string): number | undefined {
  const line = /^(?:go)?1\.(\d{1,4})(?!\d)/.exec(release)?.[1];
  return line === undefined ? undefined : Number(line);
}

function compareExperiments(plugin: Toolchain, host: Toolchain): Comparison {
  const [ours, theirs] = [plugin.experiments, host.experiments];
  if (ours !== undefined && theirs !== undefined) {
    return { status: ours.join() === theirs.join() ? "match" : "mismatch" };
  }
  const listed = [...(ours ?? []), ...(theirs ?? [])];
  if (listed.length === 0) return { status: "match" };
  return {
    status: "unknown",
    reason: `one side was built with GOEXPERIMENT=${listed.join()}, the other does not say`,
  };
}

// Tools abbreviate commits to different lengths.
function samePrefix(one: string, other: string): boolean {
  return one.startsWith(other) || other.startsWith(one);
}
