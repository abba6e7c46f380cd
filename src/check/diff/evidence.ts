import { known, unknown, type Fact } from "../../evidence/fact.ts";
import type { VersionFloor } from "../../evidence/system/version-floor.ts";
import type { DiffSlice } from "./side.ts";
import { factDifference, namedDifferences, type Difference, type Named } from "./difference.ts";

/** What the files are, and what they are made for. */
export function fileDifferences(one: DiffSlice, other: DiffSlice, isOneKind: boolean): readonly Difference[] {
  const [a, b] = [one.slice, other.slice];
  const parts = ["arch", "os", "libc"] as const;
  return [
    ...factDifference(
      { group: "file", name: "format", matters: true },
      known(a.format, "magic number"),
      known(b.format, "magic number"),
    ),
    ...factDifference(
      { group: "file", name: "kind", matters: isOneKind },
      known(a.kind, "file header"),
      known(b.kind, "file header"),
    ),
    ...factDifference({ group: "file", name: "main module", matters: false }, mainOf(one), mainOf(other)),
    ...parts.flatMap((part) =>
      factDifference({ group: "target", name: part, matters: true }, a.target[part], b.target[part]),
    ),
  ];
}

function mainOf({ slice: { proof } }: DiffSlice): Fact<string> {
  const { dependencies } = proof;
  if (!dependencies.known) return dependencies;
  const main = dependencies.value.find(({ isMain }) => isMain);
  return main === undefined
    ? unknown("no main module is recorded")
    : known([main.name, main.version ?? ""].join(" ").trim(), dependencies.from);
}

/** Facts that describe only one file, or that are compared one by one elsewhere. */
const informativeFacts: ReadonlySet<string> = new Set([
  "sdk",
  "package",
  "plugin_path",
  "package_hashes",
  "registry_crates",
  "audited_packages",
  "profile_hint",
]);

/** Facts that must be the same in a plugin and its host; of the others a host has more, or more of. */
const sharedFacts: ReadonlySet<string> = new Set([
  "platform",
  "compiler",
  "std_commit",
  "std_release",
  "moduledata_size",
]);

/** Facts that no manifest claims, Go's build settings, and what Rust code names. */
export function evidenceDifferences(
  one: DiffSlice,
  other: DiffSlice,
  isOneKind: boolean,
): readonly Difference[] {
  const [ours, theirs] = [one.anatomy.facts, other.anatomy.facts];
  const names = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])].filter(
    (name) =>
      name !== "registry_crates" && (isOneKind || (Object.hasOwn(ours, name) && Object.hasOwn(theirs, name))),
  );
  return [
    ...namedDifferences(
      { group: "setting", whole: "build settings", matters: (key) => !isInformative(key, isOneKind) },
      settingsOf(one),
      settingsOf(other),
    ),
    ...names.flatMap((name) =>
      factDifference(
        {
          group: "evidence",
          name,
          matters: isOneKind ? !informativeFacts.has(name) : sharedFacts.has(name),
        },
        ours[name],
        theirs[name],
      ),
    ),
    ...namedDifferences(
      { group: "crate", whole: "registry crates", matters: (_, inBoth) => inBoth && isOneKind },
      cratesOf(one),
      cratesOf(other),
    ),
  ];
}

/** Where the sources came from, what only the linker is told, and what makes a plugin a plugin. */
function isInformative(key: string, isOneKind: boolean): boolean {
  return key.startsWith("vcs") || key === "-ldflags" || (key === "-buildmode" && !isOneKind);
}

function settingsOf({ anatomy: { buildSettings }, go }: DiffSlice): Fact<Named> {
  if (go === undefined || buildSettings.length === 0) return unknown("only Go build info records them");
  const from = go.buildInfo.known ? go.buildInfo.from : "";
  // Without -trimpath, Go records the flags of cgo even if they are empty (cmd/go/internal/load/pkg.go, setBuildInfo).
  const set = buildSettings.filter(({ value }) => value !== "");
  return known(new Map(set.map(({ key, value }) => [key, value])), from);
}

/** Only packages that can panic are named, so that a missing one proves nothing. */
function cratesOf({ crates }: DiffSlice): Fact<Named> {
  if (!crates.known) return crates;
  const named = new Map<string, string>();
  for (const { name, version } of crates.value) {
    const earlier = named.get(name);
    named.set(name, earlier === undefined ? version : `${earlier}, ${version}`);
  }
  return known(named, crates.from);
}

/** How the files were linked. */
export function linkDifferences(one: DiffSlice, other: DiffSlice, isOneKind: boolean): readonly Difference[] {
  const [ours, theirs] = [one.linking, other.linking];
  const matters = (): boolean => isOneKind;
  return [
    ...namedDifferences(
      { group: "library", whole: "linked libraries", matters },
      named(ours.libraries, (name) => [name, "linked"]),
      named(theirs.libraries, (name) => [name, "linked"]),
    ),
    ...namedDifferences(
      { group: "version", whole: "version requirements", matters },
      named(ours.versions, floorEntry),
      named(theirs.versions, floorEntry),
    ),
    ...factDifference({ group: "link", name: "name", matters: isOneKind }, ours.name, theirs.name),
    ...factDifference(
      { group: "link", name: "search path", matters: isOneKind },
      joined(ours.searchPaths),
      joined(theirs.searchPaths),
    ),
    ...factDifference(
      { group: "link", name: "stripped", matters: false },
      yesOrNo(ours.stripped),
      yesOrNo(theirs.stripped),
    ),
    ...factDifference({ group: "link", name: "build id", matters: false }, ours.buildId, theirs.buildId),
  ];
}

function named<T>(
  all: Fact<readonly T[]>,
  entry: (each: T) => readonly [name: string, value: string],
): Fact<Named> {
  return all.known ? known(new Map(all.value.map(entry)), all.from) : all;
}

function floorEntry({ library, prefix, version = "needed" }: VersionFloor): readonly [string, string] {
  return [`${prefix} of ${library}`, version];
}

function joined(paths: Fact<readonly string[]>): Fact<string> {
  return paths.known ? known(paths.value.join(":") || "none", paths.from) : paths;
}

function yesOrNo(fact: Fact<boolean>): Fact<string> {
  return fact.known ? known(fact.value ? "yes" : "no", fact.from) : fact;
}
