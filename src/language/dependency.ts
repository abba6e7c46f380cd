import { escapePointer } from "../manifest/schema.ts";
import type { Fix } from "./fix.ts";
import { commitOfVersion } from "./commit-version.ts";
import { isSameCommit } from "./toolchain.ts";

/** What is known of the modules or packages of a language. */
export interface DependencyFacts {
  /** What one of them is called: "module", "package". */
  readonly noun: string;
  /** What its package URL is made of (package-url/purl-spec, types golang and cargo). */
  readonly packageUrl: (name: string) => {
    readonly type: string;
    readonly namespace: string | undefined;
    readonly name: string;
  };
  /** The SHA-256 of its archive in lower-case hex, if that is what a manifest's hash is. */
  readonly archiveSha256: (hash: string) => string | undefined;
  /** What vulnerability lists call the standard library, if they list it by the compiler's release. */
  readonly standardLibrary: string | undefined;
  /** The project that releases it, as far as its name tells. */
  readonly projectOf: (name: string) => string;
  /** What makes the plugin link what the host links. @param theirs the host's of that name: several if it links several versions. */
  readonly fix: (ours: Dependency, theirs: readonly Dependency[]) => readonly Fix[];
}

/** A module or package that a file links, or claims to link. */
export interface Dependency {
  /** Go module path or crate name. */
  readonly name: string;
  readonly version: string | undefined;
  /** Empty if none is given. */
  readonly hash: string;
  /** Where it was read: a JSON pointer into a manifest, or a section. */
  readonly from: string;
  /** The registry in which a version never changes: "crates.io". */
  readonly registry?: string;
  /** Where it comes from, if that is no such registry: "git", "local". */
  readonly source?: string;
  /** What was linked in its place. */
  readonly replacedBy?: string;
  /** Of a replaced Go module: the version that go.mod asks for, which stands in the paths of its sources. */
  readonly required?: string;
  /** The module that the file itself was built of, which has a sum only if it was not built in its own folder. */
  readonly isMain?: boolean;
  /** Commit of its sources, if that is known: whole, or its first digits. */
  readonly revision?: string;
}

/** Two dependencies of one name, compared. */
export type DependencyPair =
  | { readonly status: "match"; readonly plugin: Dependency; readonly host: readonly Dependency[] }
  | { readonly status: "mismatch"; readonly plugin: Dependency; readonly host: readonly Dependency[] }
  | {
      readonly status: "unknown";
      readonly plugin: Dependency;
      readonly host: readonly Dependency[];
      readonly reason: string;
    }
  | { readonly status: "absent"; readonly plugin: Dependency };

/** @param at where the manifest is: `.otel_manifest#`. */
export function dependenciesOf(hashes: Readonly<Record<string, string>>, at: string): readonly Dependency[] {
  return Object.entries(hashes).map(([key, hash]) => {
    const from = `${at}/dependency_hashes/${escapePointer(key)}`;
    const end = key.lastIndexOf("@");
    return end > 0
      ? { name: key.slice(0, end), version: key.slice(end + 1), hash, from }
      : { name: key, version: undefined, hash, from };
  });
}

/**
 * Compares every dependency of the plugin with the host's of the same name. If the host links several versions,
 * the one of the plugin's version counts; a name that the host links in other versions only is a mismatch, since the
 * plugin was built against code that the host does not run.
 */
export function pairDependencies(
  plugin: readonly Dependency[],
  host: readonly Dependency[],
): readonly DependencyPair[] {
  const byName = new Map<string, Dependency[]>();
  for (const each of host) byName.set(each.name, [...(byName.get(each.name) ?? []), each]);
  return plugin.map((dependency) => pair(dependency, byName.get(dependency.name) ?? []));
}

function pair(plugin: Dependency, namesakes: readonly Dependency[]): DependencyPair {
  if (namesakes.length === 0) return { status: "absent", plugin };
  const [first] = namesakes;
  if (first !== undefined && [plugin, ...namesakes].some(isOfSources)) return ofSources(plugin, first);
  const sameVersion = namesakes.filter(
    ({ version }) => version === undefined || plugin.version === undefined || version === plugin.version,
  );
  if (sameVersion.length === 0) return { status: "mismatch", plugin, host: namesakes };
  const outcomes = sameVersion.map((host) => ({ host, outcome: compareContent(plugin, host) }));
  const match = outcomes.find(({ outcome }) => outcome === "match");
  if (match !== undefined) return { status: "match", plugin, host: [match.host] };
  const unclear = outcomes.find(({ outcome }) => outcome !== "mismatch");
  if (unclear !== undefined)
    return { status: "unknown", plugin, host: [unclear.host], reason: unclear.outcome };
  return { status: "mismatch", plugin, host: sameVersion };
}

/** Built in its own folder: nothing says what was in it but a version or a commit. */
function isOfSources({ isMain, hash }: Dependency): boolean {
  return isMain === true && hash === "";
}

/**
 * One side was built of the sources. Two commits, or two versions that were both released, tell them apart; nothing proves them equal,
 * since files that are not committed count as well.
 */
function ofSources(plugin: Dependency, host: Dependency): DependencyPair {
  const [ours, theirs] = [plugin.revision, host.revision];
  const differ =
    ours !== undefined && theirs !== undefined
      ? !isSameCommit(ours, theirs)
      : isReleased(plugin) && isReleased(host) && plugin.version !== host.version;
  if (differ) return { status: "mismatch", plugin, host: [host] };
  const [whose, sources] = isOfSources(host) ? ["the host", host] : ["the plugin", plugin];
  const reason = `${whose} was built of its sources${sourceText(sources)}, for which no hash is recorded`;
  return { status: "unknown", plugin, host: [host], reason };
}

/** A version that someone gave, not one made of a commit or with changes since. */
function isReleased({ version }: Dependency): boolean {
  return version !== undefined && !version.endsWith("+dirty") && commitOfVersion(version) === undefined;
}

function sourceText({ version, revision }: Dependency): string {
  if (version !== undefined) return ` (${version})`;
  return revision === undefined ? " in an unknown version" : ` (revision ${revision.slice(0, 12)})`;
}

/** "match", "mismatch", or why the two, of the same version as far as it is known, cannot be compared. */
function compareContent(plugin: Dependency, host: Dependency): string {
  if (plugin.hash !== "" && host.hash !== "") return compareHashes(plugin.hash, host.hash);
  const oneSource = plugin.registry !== undefined && plugin.registry === host.registry;
  if (oneSource && plugin.version !== undefined && plugin.version === host.version) return "match";
  const [without, whose] = plugin.hash === "" ? [plugin, "the plugin"] : [host, "the host"];
  return without.replacedBy === undefined
    ? `${whose} gives no hash for it`
    : `${whose} was built with ${without.replacedBy} in its place, for which no hash is recorded`;
}

function compareHashes(plugin: string, host: string): string {
  const [ours, theirs] = [takeApart(plugin), takeApart(host)];
  if (ours.algorithm !== theirs.algorithm) {
    return `the hashes are of different kinds (${ours.algorithm} and ${theirs.algorithm})`;
  }
  return ours.digest === theirs.digest ? "match" : "mismatch";
}

/** `h1:…` is Go's (golang.org/x/mod/sumdb/dirhash); bare hex is Cargo.lock's SHA-256. */
function takeApart(hash: string): { readonly algorithm: string; readonly digest: string } {
  const colon = hash.indexOf(":");
  const digest = hash.slice(colon + 1);
  const isHex = /^[0-9a-f]+$/i.test(digest);
  return {
    algorithm:
      colon > 0 ? hash.slice(0, colon).toLowerCase() : isHex && digest.length === 64 ? "sha256" : "plain",
    digest: isHex ? digest.toLowerCase() : digest,
  };
}
