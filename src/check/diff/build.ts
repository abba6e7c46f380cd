import { buildsOf, type Build } from "../../artifact/build.ts";
import { known, unknown, type Fact } from "../../evidence/fact.ts";
import { pairDependencies, type Dependency } from "../../language/dependency.ts";
import type { Language } from "../../language/language-facts.ts";
import { languages } from "../../language/languages.ts";
import { linesText } from "../../language/toolchain.ts";
import type { Role } from "../../artifact/artifact.ts";
import { factDifference, namedDifferences, type Difference, type Named } from "./difference.ts";
import type { DiffSlice } from "./side.ts";

/** How the code of each language was built. A plugin is compared with the code in its own language in a host. */
export function buildDifferences(
  one: DiffSlice,
  other: DiffSlice,
  roles: readonly [Role, Role],
): readonly Difference[] {
  const [ours, theirs] = [buildsIn(one, roles[0]), buildsIn(other, roles[1])];
  const isOneKind = roles[0] === roles[1];
  const deciding = isOneKind ? [...ours, ...theirs] : roles[0] === "plugin" ? ours : theirs;
  const languages = [...new Set(deciding.map(({ language }) => language))];
  const inLanguage = (builds: readonly Build[], language: Language): Build | undefined =>
    builds.find((each) => each.language === language);
  return [
    ...languageDifference(ours, theirs, languages),
    ...languages.flatMap((language) => {
      const [a, b] = [inLanguage(ours, language), inLanguage(theirs, language)];
      return a === undefined || b === undefined ? [] : pairDifferences(a, b, isOneKind);
    }),
  ];
}

function buildsIn({ slice }: DiffSlice, role: Role): readonly Build[] {
  return buildsOf(slice.claim, slice.proof, role);
}

function languageDifference(
  ours: readonly Build[],
  theirs: readonly Build[],
  wanted: readonly Language[],
): readonly Difference[] {
  const named = (builds: readonly Build[]): Fact<string> => {
    const found = builds.filter(({ language }) => wanted.includes(language));
    const [first] = found.length === 0 ? builds : found;
    if (first === undefined) return unknown("neither a manifest nor a compiler stamp names it");
    const languages = (found.length === 0 ? builds : found).map(({ language }) => language);
    return known(languages.sort().join(", "), first.languageFrom);
  };
  return factDifference({ group: "toolchain", name: "language", matters: true }, named(ours), named(theirs));
}

function pairDifferences(one: Build, other: Build, isOneKind: boolean): readonly Difference[] {
  const { language } = one;
  return [
    ...factDifference(
      { group: "toolchain", name: `${language} toolchain`, matters: true },
      toolchainOf(one),
      toolchainOf(other),
      (a, b) => isSameToolchain(language, a, b),
    ),
    ...factDifference({ group: "profile", name: "build profile", matters: true }, one.profile, other.profile),
    ...namedDifferences(
      { group: "flag", whole: "build flags", matters: () => true },
      flagsOf(one),
      flagsOf(other),
    ),
    ...dependencyDifferences(one, other, isOneKind),
  ];
}

/** A release line is better than nothing. */
function toolchainOf({ toolchain, releases }: Build): Fact<string> {
  if (toolchain.known || !releases.known) return toolchain;
  return known(linesText(releases.value), releases.from);
}

function isSameToolchain(language: Language, one: string, other: string): boolean {
  const { parse, compare } = languages[language].toolchain;
  const [a, b] = [parse(one), parse(other)];
  return a === undefined || b === undefined ? one === other : compare(a, b).status === "match";
}

function flagsOf({ flags }: Build): Fact<Named> {
  if (!flags.known) return flags;
  const named = new Map<string, string>();
  for (const flag of flags.value) {
    const [, name = flag, value = "set"] = /^([^=]*)=(.*)$/s.exec(flag) ?? [];
    const earlier = named.get(name);
    named.set(name, earlier === undefined ? value : `${earlier} ${value}`);
  }
  return known(named, flags.from);
}

function dependencyDifferences(one: Build, other: Build, isOneKind: boolean): readonly Difference[] {
  const [ours, theirs] = [byName(one), byName(other)];
  return namedDifferences(
    {
      group: "dependency",
      whole: "dependencies",
      // A host links much that a plugin does not ask for.
      matters: (_, inBoth) => inBoth || isOneKind,
    },
    textsOf(ours),
    textsOf(theirs),
    (name, a, b) =>
      a === b ||
      isSameContent(ours.known ? ours.value.get(name) : [], theirs.known ? theirs.value.get(name) : []),
  );
}

/** In a few languages several versions of one package can be linked. The module that a file was built of has no version. */
function byName({ dependencies }: Build): Fact<ReadonlyMap<string, readonly Dependency[]>> {
  if (!dependencies.known) return dependencies;
  const named = new Map<string, Dependency[]>();
  for (const each of dependencies.value) {
    if (each.isMain !== true) named.set(each.name, [...(named.get(each.name) ?? []), each]);
  }
  return known(named, dependencies.from);
}

function textsOf(all: ReturnType<typeof byName>): Fact<Named> {
  if (!all.known) return all;
  const texts = [...all.value].map(([name, each]) => [name, each.map(textOf).sort().join(", ")] as const);
  return known(new Map(texts), all.from);
}

/** `v1.2.3 h1:… replaced by ./fork`. */
function textOf({ version = "", hash, replacedBy }: Dependency): string {
  const text = [version, hash, replacedBy === undefined ? "" : `replaced by ${replacedBy}`];
  return text.filter((part) => part !== "").join(" ") || "no version and no hash";
}

/** One side may know only the version, or only the hash: what both know decides, if it is enough. */
function isSameContent(one: readonly Dependency[] = [], other: readonly Dependency[] = []): boolean {
  const isReplaced = [...one, ...other].some(({ replacedBy }) => replacedBy !== undefined);
  if (one.length !== other.length || isReplaced) return false;
  return pairDependencies(one, other).every(({ status }) => status === "match");
}
