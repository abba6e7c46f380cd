/** One entry of `dependency_hashes`. */
export interface Dependency {
  /** Go module path or crate name. */
  readonly name: string;
  readonly version: string | undefined;
  readonly hash: string;
  /** The key as it stands in the manifest. */
  readonly key: string;
}

/** Two dependencies of one name, held against each other. */
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

export function dependenciesOf(hashes: Readonly<Record<string, string>>): readonly Dependency[] {
  return Object.entries(hashes).map(([key, hash]) => {
    const at = key.lastIndexOf("@");
    return at > 0
      ? { name: key.slice(0, at), version: key.slice(at + 1), hash, key }
      : { name: key, version: undefined, hash, key };
  });
}

/**
 * Holds every dependency of the plugin against the host's of the same name. Where the host links several versions,
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
  const sameVersion = namesakes.filter(
    ({ version }) => version === undefined || plugin.version === undefined || version === plugin.version,
  );
  if (sameVersion.length === 0) return { status: "mismatch", plugin, host: namesakes };
  const outcomes = sameVersion.map((host) => ({ host, outcome: compareHashes(plugin.hash, host.hash) }));
  const match = outcomes.find(({ outcome }) => outcome === "match");
  if (match !== undefined) return { status: "match", plugin, host: [match.host] };
  const unclear = outcomes.find(({ outcome }) => outcome !== "mismatch");
  if (unclear !== undefined)
    return { status: "unknown", plugin, host: [unclear.host], reason: unclear.outcome };
  return { status: "mismatch", plugin, host: sameVersion };
}

/** "match", "mismatch", or why the two cannot be compared. */
function compareHashes(plugin: string, host: string): string {
  if (plugin === "" || host === "") return "one side gives no hash for it";
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
