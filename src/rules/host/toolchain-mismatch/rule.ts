import type { Build } from "../../../artifact/build.ts";
import { advise, type Fix } from "../../../language/fix.ts";
import { languages } from "../../../language/languages.ts";
import { linesText, type Comparison, type Toolchain } from "../../../language/toolchain.ts";
import { missingBuild } from "../missing-build.ts";
import { rebuildLikeHost } from "../rebuild.ts";
import { sideOf, type ComparisonRule, type Pair } from "../../rule.ts";
import type { Side } from "../../draft.ts";

export const toolchainMismatch = {
  id: "toolchain-mismatch",
  group: "host",
  title: "compilers differ",
  checkTitle: "toolchain",
  severity: "error",
  loader: "checked",
  evaluate: (pair) => {
    const { plugin, host } = { plugin: pair.plugin.build, host: pair.host.build };
    if (plugin === undefined || host === undefined) return { findings: [], check: missingBuild(pair) };
    const sides = { plugin: toolchainSide(plugin), host: toolchainSide(host) };
    const result = compare(plugin, host);
    if (result.status === "unknown") {
      return { findings: [], check: { ...sides, status: "unknown", decisive: true, reason: result.reason } };
    }
    const mismatch = {
      ...sides,
      message: `was built with ${sides.plugin.value}, the host with ${sides.host.value}`,
      cause: ["Plugin and host must be built with the same compiler release.", ...packagesBehind(pair)].join(
        " ",
      ),
      fix: fix(pair, host),
    };
    return {
      findings: result.status === "mismatch" ? [mismatch] : [],
      check: { ...sides, status: result.status, decisive: true },
    };
  },
} satisfies ComparisonRule;

/** How many package hashes it explains. */
function packagesBehind({ loader }: Pair): readonly string[] {
  const packages = loader?.causes.find(({ kind }) => kind === "release")?.packages.length ?? 0;
  return packages === 0 ? [] : [`${packages} package hashes differ because of this; fix it first.`];
}

function toolchainSide({ toolchain, releases }: Build): Side {
  if (!toolchain.known && releases.known) {
    return { value: linesText(releases.value), from: releases.from };
  }
  return sideOf(toolchain, String);
}

function toolchain({ language, toolchain: text }: Build): Toolchain | undefined {
  return text.known ? languages[language].toolchain.parse(text.value) : undefined;
}

function compare(plugin: Build, host: Build): Comparison {
  const { compare: compareReleases, isOutside } = languages[plugin.language].toolchain;
  const [ours, theirs] = [toolchain(plugin), toolchain(host)];
  if (ours !== undefined && theirs !== undefined) return compareReleases(ours, theirs);
  const [known, other] = ours === undefined ? [theirs, plugin] : [ours, host];
  if (known !== undefined && other.releases.known && isOutside(known, other.releases.value)) {
    return { status: "mismatch" };
  }
  const [whose, of] = ours === undefined ? ["the plugin's", plugin] : ["the host's", host];
  return {
    status: "unknown",
    reason: of.toolchain.known
      ? `${whose} compiler, ${JSON.stringify(of.toolchain.value)}, is not in a recognized format`
      : `${whose} compiler is unknown: ${of.toolchain.why}`,
  };
}

/** Without the host's very release there is no command. */
function fix(pair: Pair, host: Build): readonly Fix[] {
  if (toolchain(host) !== undefined) return rebuildLikeHost(pair);
  return [advise(`Build the plugin with the host's compiler, ${toolchainSide(host).value}.`)];
}
