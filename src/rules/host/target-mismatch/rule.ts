import type { ArtifactSlice } from "../../../artifact/artifact.ts";
import { compareTargets, targetParts, type Target } from "../../../manifest/target.ts";
import type { Fix } from "../../../language/fix.ts";
import { targetOf, type KnownTarget, type TargetPart } from "../known-target.ts";
import { rebuildLikeHost } from "../rebuild.ts";
import type { ComparisonRule, Pair } from "../../rule.ts";
import type { CheckDraft, FindingDraft, Side } from "../../draft.ts";

const partNames = { arch: "architecture", os: "OS", libc: "C library" } satisfies Record<TargetPart, string>;

/**
 * Compares what is known of each side: a part that the linker wrote into the binary counts more than the manifest's
 * claim.
 */
export const targetMismatch = {
  id: "target-mismatch",
  group: "host",
  title: "architecture, OS or C library differ",
  checkTitle: "target",
  severity: "error",
  loader: "regardless",
  evaluate: (pair) => {
    const { plugin, host } = pair;
    const ours = targetOf(plugin.slice, plugin.build?.manifest);
    const theirs = targetOf(host.slice, (host.build ?? host.builds[0])?.manifest);
    const result = compareTargets(ours.target, theirs.target);
    const differing = targetParts.filter((part) => result[part] === "mismatch");
    const missing = targetParts.filter((part) => result[part] === "unknown");
    const sides = { plugin: targetSide(ours), host: targetSide(theirs) };
    const formats = formatMismatch(plugin.slice, host.slice);
    if (formats !== undefined) {
      return { findings: [formats], check: { ...sides, status: "mismatch", decisive: true } };
    }
    return {
      findings: differing.length > 0 ? [mismatch(pair, differing, ours, theirs)] : [],
      check: check(sides, differing, missing, ours.target),
    };
  },
} satisfies ComparisonRule;

function check(
  sides: { readonly plugin: Side; readonly host: Side },
  differing: readonly TargetPart[],
  missing: readonly TargetPart[],
  ours: Partial<Target>,
): CheckDraft {
  if (differing.length > 0) return { ...sides, status: "mismatch", decisive: true };
  const [first] = missing;
  if (first === undefined) return { ...sides, status: "match", decisive: true };
  const whose = ours[first] === undefined ? "the plugin's" : "the host's";
  return {
    ...sides,
    status: "unknown",
    decisive: true,
    reason: `${whose} ${partNames[first]} is unknown; a target triple in the manifest would tell`,
  };
}

function mismatch(
  pair: Pair,
  differing: readonly TargetPart[],
  ours: KnownTarget,
  theirs: KnownTarget,
): FindingDraft {
  const [first = "arch"] = differing;
  return {
    message: `is built for a different ${differing.map((part) => partNames[part]).join(" and ")}: ${values(ours, differing)}; the host is ${values(theirs, differing)}`,
    plugin: { value: text(ours), from: ours.from[first] ?? "" },
    host: { value: text(theirs), from: theirs.from[first] ?? "" },
    fix: fixes(pair, differing, theirs),
  };
}

/** A C library comes with its system: only rustc brings one along. */
function fixes(pair: Pair, differing: readonly TargetPart[], theirs: KnownTarget): readonly Fix[] {
  const advice: Fix = { kind: "advice", text: `Build the plugin for ${text(theirs)}.` };
  if (differing.includes("libc") && pair.plugin.build?.language !== "rust") {
    return [
      {
        kind: "advice",
        text: `Build the plugin for ${text(theirs)}, in an image that has the host's C library${theirs.target.libc === "musl" ? ", such as golang:alpine" : ""}.`,
      },
    ];
  }
  return [advice, ...rebuildLikeHost(pair)];
}

/** If no OS is known, the file's format still tells Linux from macOS. */
function formatMismatch(plugin: ArtifactSlice, host: ArtifactSlice | undefined): FindingDraft | undefined {
  if (host === undefined || host.format === plugin.format) return undefined;
  const name = { elf: "ELF", macho: "Mach-O" };
  const withArticle = { elf: "an ELF", macho: "a Mach-O" };
  return {
    message: `is ${withArticle[plugin.format]} file, the host ${withArticle[host.format]} file: they are for different systems`,
    plugin: { value: name[plugin.format], from: "magic number" },
    host: { value: name[host.format], from: "magic number" },
    fix: [{ kind: "advice", text: "Build the plugin for the host's operating system." }],
  };
}

function targetSide(of: KnownTarget): Side {
  const places = new Set(targetParts.map((part) => of.from[part]).filter((place) => place !== undefined));
  return { value: text(of), from: [...places].join(", ") };
}

function text({ target }: KnownTarget): string {
  const { arch = "unknown", os = "unknown", libc } = target;
  return libc === undefined || libc === "libSystem" ? `${os}/${arch}` : `${os}/${arch} (${libc})`;
}

function values({ target }: KnownTarget, parts: readonly TargetPart[]): string {
  return parts.map((part) => target[part]).join(" ");
}
