import { memo } from "../../manifest/memo.ts";
import { compareReleases, type Toolchain, type ToolchainFacts } from "../toolchain.ts";

/** Releases of rustc, which Cargo is released with. */
export const rustToolchain: ToolchainFacts = {
  parse: memo((text) => parse(text.trim())),
  compare: compareReleases,
  // rustc stamps the release itself: nothing tells only a range of them.
  isOutside: () => false,
};

/** `1.79.0`, `rustc 1.79.0 (129f3b996 2024-06-10)`, `1.97.0-nightly (e50aa6fba 2026-05-19)` (`rustc --version`). */
const version = /^(?:rustc )?(?:version )?(\d+\.\d+\.\d+)((?:-[0-9A-Za-z.-]+)?)(?:\s+\(([^)]*)\))?(.*)$/;

function parse(text: string): Toolchain | undefined {
  const match = version.exec(text);
  if (match === null) return undefined;
  const [, number = "", suffix = "", parenthesis = ""] = match;
  return {
    release: number + suffix,
    channel: /^-(nightly|beta|dev)/.test(suffix) ? "prerelease" : "stable",
    commit: /^([0-9a-f]{7,40})\b/.exec(parenthesis)?.[1],
    experiments: undefined,
  };
}
