import { memo } from "../../manifest/memo.ts";
import {
  compareReleases,
  type Comparison,
  type ReleaseLines,
  type Toolchain,
  type ToolchainFacts,
} from "../toolchain.ts";

/** Releases of Go, and builds from its repository. */
export const goToolchain: ToolchainFacts = {
  parse: memo((text) => parse(text.trim())),
  compare,
  isOutside,
};

/**
 * `1.22.3`, `go1.22.3`, `go version go1.22.3 linux/amd64`, `devel go1.23-a1b2c3d4e5 Tue May …`
 * (Go: src/cmd/go/internal/version/version.go, src/internal/buildcfg/exp.go for `X:`).
 */
const version =
  /^(?:go version )?(?:devel )?(?:go)?(\d+\.\d+(?:\.\d+)?(?:(?:rc|beta)\d+)?)(-devel_|-)?([^\s]*)((?:\s.*)?)$/;

function parse(text: string): Toolchain | undefined {
  const match = version.exec(text);
  if (match === null) return undefined;
  const [, number = "", joint = "", suffix = "", rest = ""] = match;
  const isDevel = text.startsWith("devel ") || joint === "-devel_" || text.includes("version devel ");
  const commit = isDevel ? /^([0-9a-f]{7,40})$/.exec(suffix)?.[1] : undefined;
  const listed = /(?:^|\s)X:(\S+)/.exec(rest);
  const isWhole = text.startsWith("go version ");
  return {
    release: isDevel ? `${number}-devel` : number + joint + suffix,
    channel: isDevel ? "prerelease" : "stable",
    commit,
    experiments: listed?.[1]?.split(",").sort() ?? (isWhole ? [] : undefined),
  };
}

function compare(plugin: Toolchain, host: Toolchain): Comparison {
  if (plugin.release !== host.release) return { status: "mismatch" };
  const experiments = compareExperiments(plugin, host);
  return experiments.status === "match" ? compareReleases(plugin, host) : experiments;
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

function isOutside({ release }: Toolchain, { from, to }: ReleaseLines): boolean {
  const line = lineOf(release);
  const [first, last] = [lineOf(from), lineOf(to)];
  return line !== undefined && first !== undefined && last !== undefined && (line < first || line > last);
}

/** The second number of `1.26.8` or `go1.26`: all lines since Go 1.0 have 1 as their first. */
function lineOf(release: string): number | undefined {
  const line = /^(?:go)?1\.(\d{1,4})(?!\d)/.exec(release)?.[1];
  return line === undefined ? undefined : Number(line);
}
