import type { Fix } from "../../../language/fix.ts";
import type { Language } from "../../../language/language-facts.ts";
import { languages } from "../../../language/languages.ts";
import { pairDependencies, type Dependency, type DependencyPair } from "../../../language/dependency.ts";
import { dependencyCauses, type Differing } from "./dependency-cause.ts";
import { missingBuild } from "../missing-build.ts";
import { rebuildLikeHost } from "../rebuild.ts";
import { sideOf, type ComparisonRule } from "../../rule.ts";
import type { CheckDraft, FindingDraft } from "../../draft.ts";

export const dependencyMismatch = {
  id: "dependency-mismatch",
  group: "host",
  title: "same dependency, different hash",
  many: (count) => `${count} dependencies differ from the host's`,
  checkTitle: "dependencies",
  severity: "error",
  loader: "checked",
  evaluate: (pair) => {
    const { plugin, host } = { plugin: pair.plugin.build, host: pair.host.build };
    if (plugin === undefined || host === undefined) return { findings: [], check: missingBuild(pair) };
    const { dependencies: ours } = plugin;
    const { dependencies: theirs } = host;
    const names = new Set(ours.known ? ours.value.map(({ name }) => name) : []);
    const sides = {
      plugin: sideOf(ours, count),
      host: sideOf(theirs, (all) => countWithOwn(all, names)),
    };
    if (!ours.known || !theirs.known) {
      const [whose, why] = ours.known
        ? ["the host's", theirs.known ? "" : theirs.why]
        : ["the plugin's", ours.why];
      const reason = `${whose} dependencies are unknown: ${why}`;
      return { findings: [], check: { ...sides, status: "unknown", decisive: true, reason } };
    }
    const pairs = pairDependencies(ours.value, theirs.value);
    const differing = pairs.filter((each) => each.status === "mismatch");
    const rebuild = differing.length === 0 ? [] : rebuildLikeHost(pair);
    const causes = dependencyCauses(differing, languages[plugin.language].dependencies);
    return {
      findings: differing.map((each) => mismatch(each, causes.get(each), plugin.language, rebuild)),
      check: { ...sides, ...outcome(pairs) },
    };
  },
} satisfies ComparisonRule;

function mismatch(
  each: Differing,
  cause: string | undefined,
  language: Language,
  rebuild: readonly Fix[],
): FindingDraft {
  const { plugin: ours, host: theirs } = each;
  const fix = languages[language].dependencies.fix(ours, theirs);
  const isCommand = fix.some(({ kind }) => kind === "command");
  return {
    subject: ours.name,
    message: differenceOf(ours, theirs),
    plugin: { value: describe([ours]), from: ours.from },
    host: { value: describe(theirs), from: [...new Set(theirs.map(({ from }) => from))].join(", ") },
    ...(cause === undefined ? {} : { cause }),
    // Those of one project are in step with one another, but are fixed like the others.
    bundle: isOtherVersion(each) ? "version" : "content",
    fix: isCommand ? [...fix, ...rebuild] : fix,
  };
}

function isOtherVersion({ plugin, host }: Differing): boolean {
  return (
    plugin.replacedBy === undefined &&
    host.every(({ version, replacedBy }) => replacedBy === undefined && version !== plugin.version)
  );
}

function outcome(pairs: readonly DependencyPair[]): CheckDraft {
  const shared = pairs.filter(({ status }) => status !== "absent").length;
  const differing = pairs.filter(({ status }) => status === "mismatch").length;
  if (differing > 0) {
    return {
      status: "mismatch",
      decisive: true,
      reason: `${differing} of ${shared} shared dependencies differ`,
    };
  }
  const unclear = pairs.filter((each) => each.status === "unknown");
  const [first] = unclear;
  if (first === undefined) {
    return { status: "match", decisive: true, reason: equalText(shared) };
  }
  const why = `${first.plugin.name}: ${first.reason}`;
  const reason = unclear.length === 1 ? why : `${unclear.length} dependencies cannot be compared; ${why}`;
  return { status: "unknown", decisive: true, reason };
}

function equalText(shared: number): string {
  if (shared === 0) return "no shared dependencies";
  return shared === 1 ? "1 shared dependency, equal" : `${shared} shared dependencies, all equal`;
}

/** Names the versions if both are known and differ: they tell more than hashes. */
function differenceOf(ours: Dependency, theirs: readonly Dependency[]): string {
  const others = theirs.map(({ version }) => version).filter((version) => version !== undefined);
  if (ours.version === undefined || others.length === 0 || others.includes(ours.version))
    return `links a different build of ${ours.name} than the host`;
  return `links a different version of ${ours.name} than the host: ${ours.version}; the host links ${others.join(" and ")}`;
}

/** The module that the host was built of counts if the plugin links it too: then it is compared. */
function countWithOwn(dependencies: readonly Dependency[], asked: ReadonlySet<string>): string {
  const isShared = dependencies.some(({ isMain, name }) => isMain === true && asked.has(name));
  return isShared ? `${count(dependencies)} and its own module` : count(dependencies);
}

function describe(dependencies: readonly Dependency[]): string {
  return dependencies
    .map(({ version, hash, revision, replacedBy }) => {
      const commit = version === undefined && revision !== undefined ? `revision ${revision}` : "";
      const parts = [version, commit, hash, replacedBy === undefined ? "" : `(${replacedBy})`];
      return parts.filter((part) => part !== undefined && part !== "").join(" ");
    })
    .join(" or ");
}

function count(dependencies: readonly Dependency[]): string {
  const number = dependencies.filter(({ isMain }) => isMain !== true).length;
  return number === 1 ? "1 dependency" : `${number} dependencies`;
}
