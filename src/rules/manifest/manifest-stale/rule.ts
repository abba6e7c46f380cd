import { flagDifference } from "../../../language/build-flags.ts";
import { dependenciesOf, type Dependency } from "../../../language/dependency.ts";
import { advise, run, type Fix } from "../../../language/fix.ts";
import { languages } from "../../../language/languages.ts";
import { normaliseProfile } from "../../../language/profile.ts";
import { manifestsAt, type ManifestAt } from "../../../manifest/claim.ts";
import type { Manifest } from "../../../manifest/generated/manifest.ts";
import { sortedJson } from "../../../manifest/sorted-json.ts";
import { compareTargets, parseTarget } from "../../../manifest/target.ts";
import type { FindingDraft } from "../../draft.ts";
import type { ManifestRule } from "../../rule.ts";

export const manifestStale = {
  id: "manifest-stale",
  group: "manifest",
  title: "the manifest is not what the sources say now",
  many: (count) => `${count} values of the manifest are not what the sources say now`,
  checkTitle: "manifest and sources",
  severity: "error",
  loader: "regardless",
  evaluate: ({ universal, slices, sources = [], renewal }) => {
    return slices.flatMap(({ arch, claim }) => {
      const inSlice = universal ? { arch } : {};
      const embedded = manifestsAt(claim);
      const isOf = (one: ManifestAt, other: ManifestAt): boolean =>
        one.manifest.language === other.manifest.language;
      const drafts = sources.flatMap((now) => {
        const own = embedded.find((each) => isOf(each, now));
        return own === undefined ? [absent(now, claim.carriers.length > 0)] : differences(own, now);
      });
      const left =
        sources.length === 0 ? [] : embedded.filter((own) => !sources.some((now) => isOf(own, now)));
      // A command that embeds the manifest of these sources would drop the one of the other language.
      const fix = [renewal === undefined || left.length > 0 ? again : run(renewal, alsoBuilt)];
      const all = [...drafts.map((draft) => ({ ...draft, fix })), ...left.map(uncompared)];
      return all.map((draft) => ({ ...inSlice, ...draft }));
    });
  },
} satisfies ManifestRule;

const alsoBuilt = "If the build embeds a manifest, make that one again too.";
const again: Fix = advise(
  "Make the manifest again with `plugins manifest`, with the flags of the build, and embed it into the file.",
);

function absent({ manifest: { language } }: ManifestAt, hasOther: boolean): FindingDraft {
  const { name } = languages[language];
  return {
    message: hasOther
      ? `carries no valid manifest for ${name}, which its sources are written in`
      : "carries no manifest",
  };
}

/** What nobody looked at cannot pass. */
function uncompared({ manifest: { language } }: ManifestAt): FindingDraft {
  return {
    subject: language,
    message: `carries a manifest for ${languages[language].name} too, which was compared with no sources`,
    fix: [
      advise(
        `Make the manifest of the ${languages[language].name} sources as well, and give it with \`--merge FILE\`.`,
      ),
    ],
  };
}

function differences(own: ManifestAt, now: ManifestAt): readonly FindingDraft[] {
  return [
    ...fieldDifferences(own, now),
    ...settingDifferences(own, now),
    ...flagDifferences(own, now),
    ...dependencyDifferences(own, now),
  ];
}

/** Fields that are compared as a whole, and whether two values mean the same. What never decides is not among them. */
const comparisons = new Map<string, (one: Manifest, other: Manifest) => boolean>(
  Object.entries({
    toolchain_version: (one, other) => {
      const { parse, compare } = languages[one.language].toolchain;
      const [ours, theirs] = [parse(one.toolchain_version), parse(other.toolchain_version)];
      return ours !== undefined && theirs !== undefined && compare(ours, theirs).status === "match";
    },
    build_profile: (one, other) =>
      normaliseProfile(one.build_profile) === normaliseProfile(other.build_profile),
    target: (one, other) => {
      const [ours, theirs] = [parseTarget(one.target), parseTarget(other.target)];
      if (ours === undefined || theirs === undefined) return one.target === other.target;
      return !Object.values(compareTargets(ours, theirs)).includes("mismatch");
    },
    name: (one, other) => isSame(one.name, other.name),
    version: (one, other) => isSame(one.version, other.version),
    components: (one, other) => isSame(one.components, other.components),
  }),
);

/** Fields that are compared in parts, or never: they may differ between two builds of the same sources. */
const apart = new Set([
  "language",
  "build_flags",
  "build_settings",
  "dependency_hashes",
  "build_time",
  "build_environment",
]);

/** An optional field may be left out, on either side. */
function isSame(one: unknown, other: unknown): boolean {
  return one === undefined || other === undefined || textOf(one) === textOf(other);
}

function fieldDifferences(own: ManifestAt, now: ManifestAt): readonly FindingDraft[] {
  const authors = Object.keys(now.manifest).filter((field) => !apart.has(field) && !comparisons.has(field));
  return [...comparisons.keys(), ...authors].flatMap((field) => {
    const [ours, theirs] = [own.manifest[field], now.manifest[field]];
    const isEqual = comparisons.get(field) ?? (() => isSame(ours, theirs));
    if (textOf(ours) === textOf(theirs) || isEqual(own.manifest, now.manifest)) return [];
    return [
      {
        subject: field,
        bundle: "stale",
        message: `says ${field} ${textOf(ours)}, but the sources say ${textOf(theirs)}`,
        plugin: { value: textOf(ours), from: `${own.at}/${field}` },
        other: { value: textOf(theirs), from: `${now.at}/${field}` },
      },
    ];
  });
}

/** Each setting for itself: which one of ten differs is what people want to know. */
function settingDifferences(own: ManifestAt, now: ManifestAt): readonly FindingDraft[] {
  const [ours, theirs] = [own.manifest.build_settings, now.manifest.build_settings];
  if (ours === undefined || theirs === undefined) return [];
  return [...new Set([...Object.keys(ours), ...Object.keys(theirs)])].sort().flatMap((name) => {
    const [mine, real] = [ours[name], theirs[name]];
    if (mine === real) return [];
    const subject = `build_settings/${name}`;
    return [
      {
        subject,
        bundle: "stale",
        message:
          mine === undefined
            ? `says nothing of ${subject}, but the sources say ${real}`
            : `says ${subject} ${mine}, but the sources say ${real ?? "nothing of it"}`,
        other: { value: real ?? "nothing", from: `${now.at}/build_settings` },
      },
    ];
  });
}

function flagDifferences(own: ManifestAt, now: ManifestAt): readonly FindingDraft[] {
  const { comparable, text } = languages[own.manifest.language].flags;
  const [ours, theirs] = [comparable(own.manifest.build_flags), comparable(now.manifest.build_flags)];
  const { onlyPlugin, onlyHost } = flagDifference(ours, theirs);
  if (onlyPlugin.length + onlyHost.length === 0) return [];
  return [
    {
      subject: "build_flags",
      bundle: "stale",
      message: [
        ...(onlyPlugin.length === 0 ? [] : [`lists ${text(onlyPlugin)}, which this build does not have`]),
        ...(onlyHost.length === 0 ? [] : [`does not list ${text(onlyHost)}, which this build has`]),
      ].join("; "),
      plugin: { value: text(ours) || "none", from: `${own.at}/build_flags` },
      other: { value: text(theirs) || "none", from: `${now.at}/build_flags` },
    },
  ];
}

function dependencyDifferences(own: ManifestAt, now: ManifestAt): readonly FindingDraft[] {
  const [ours, theirs] = [byName(own), byName(now)];
  return [...new Set([...ours.keys(), ...theirs.keys()])].flatMap((name): readonly FindingDraft[] => {
    const [mine = [], real = []] = [ours.get(name), theirs.get(name)];
    if (isEqual(mine, real)) return [];
    return [
      {
        subject: name,
        bundle: "stale",
        message:
          real.length === 0
            ? `lists ${name}, which the sources do not link`
            : mine.length === 0
              ? `does not list ${name}, which the sources link`
              : `lists a different ${name} than the sources link`,
        plugin: { value: contentOf(mine), from: mine[0]?.from ?? `${own.at}/dependency_hashes` },
        other: { value: contentOf(real), from: real[0]?.from ?? `${now.at}/dependency_hashes` },
      },
    ];
  });
}

function byName({ manifest, at }: ManifestAt): ReadonlyMap<string, readonly Dependency[]> {
  const named = new Map<string, readonly Dependency[]>();
  for (const each of dependenciesOf(manifest.dependency_hashes, at)) {
    named.set(each.name, [...(named.get(each.name) ?? []), each]);
  }
  return named;
}

/** A key may leave the version out. Sources that have neither a version nor a hash need not be listed. */
function isEqual(ours: readonly Dependency[], theirs: readonly Dependency[]): boolean {
  if (ours.length === 0 || theirs.length === 0)
    return [...ours, ...theirs].every(({ version, hash }) => version === undefined && hash === "");
  const covers = (some: readonly Dependency[], others: readonly Dependency[]): boolean =>
    some.every((one) => others.some((other) => one.hash === other.hash && isVersion(one, other)));
  return covers(ours, theirs) && covers(theirs, ours);
}

function isVersion({ version: one }: Dependency, { version: other }: Dependency): boolean {
  return one === undefined || other === undefined || one === other;
}

function contentOf(all: readonly Dependency[]): string {
  const texts = all.map(({ version, hash }) => [version, hash].filter(Boolean).join(" ") || "no hash");
  return texts.sort().join(", ") || "not listed";
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return sortedJson(value) ?? "nothing";
}
