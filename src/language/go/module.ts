import type { Dependency, DependencyFacts } from "../dependency.ts";
import { byLockFile, sameVersion } from "../dependency-fix.ts";
import { advise, run, type DependencyChange, type Fix } from "../fix.ts";
import { shellWord } from "../shell-word.ts";
import { changeModule } from "./module-changes.ts";

/** Go's modules. */
export const goModules: DependencyFacts = {
  noun: "module",
  packageUrl: (name) => {
    const slash = name.lastIndexOf("/");
    const namespace = slash > 0 ? name.slice(0, slash) : undefined;
    return { type: "golang", namespace, name: name.slice(slash + 1) };
  },
  // An `h1:` sum is one of a list of files (golang.org/x/mod/sumdb/dirhash), so no archive has it.
  archiveSha256: () => undefined,
  standardLibrary: "stdlib",
  projectOf,
  fix: (ours, theirs) => [fix(ours, theirs)],
};

/** The repository, as far as a module's path tells: github.com/IBM/sarama, go.opentelemetry.io/collector. */
function projectOf(name: string): string {
  const [host = "", ...path] = name.split("/");
  const depth = /^(github\.com|gitlab\.com|bitbucket\.org|codeberg\.org)$/.test(host) ? 2 : 1;
  return [host, ...path.slice(0, depth)].join("/");
}

function fix(ours: Dependency, [wanted, ...others]: readonly Dependency[]): Fix {
  if (wanted === undefined || others.length > 0) return byLockFile(ours, "go.sum");
  const { name, version, replacedBy } = wanted;
  if (wanted.isMain === true && wanted.hash === "") return hostsOwn(wanted);
  if (replacedBy !== undefined) return sameReplacement(ours, wanted, replacedBy);
  if (version === undefined) return byLockFile(ours, "go.sum");
  if (ours.replacedBy === undefined && version === ours.version) return sameVersion(ours);
  return changeModule({ ...changeOf(ours, name, version), ...dropsOf(ours) });
}

function dropsOf({ replacedBy }: Dependency): Pick<DependencyChange, "dropsReplacement"> {
  return replacedBy === undefined ? {} : { dropsReplacement: true };
}

function changeOf(ours: Dependency, name: string, version: string): DependencyChange {
  const from = ours.required ?? ours.version;
  return { kind: "dependency", manager: "go", name, version, ...(from === undefined ? {} : { from }) };
}

/**
 * The host's own module. If the host was built in its folder, its packages hold the paths of that folder, trimmed or not, so that no
 * version of the module has the same hashes: tried in test/loader/go/own-module.test.ts.
 */
function hostsOwn({ name, version, revision }: Dependency): Fix {
  const wanted = version === undefined || version.endsWith("+dirty") ? revision : version;
  if (wanted === undefined) return advise(`${buildAlike(name)}.`);
  const then = buildAlike(name);
  return run(
    `go get ${shellWord(`${name}@${wanted}`)} && go mod tidy`,
    `then ${then.charAt(0).toLowerCase()}${then.slice(1)}`,
  );
}

/** What makes the paths of a module's sources the same in a program that was built in its folder and one that links it. */
export function buildAlike(module: string): string {
  return `Build both in one workspace (go work init HOST PLUGIN), or build the host outside of its folder: go build ${module} in a module that requires it`;
}

/** @param replacedBy what the host links instead: `example.com/fork v1.2.3`, or a folder. */
function sameReplacement(ours: Dependency, { name, required }: Dependency, replacedBy: string): Fix {
  const fork = /^([^\s]+) (v[^\s]+)$/.exec(replacedBy);
  const asked = required === undefined ? "" : `, required as ${required}`;
  if (fork === null) {
    return advise(
      `The host was built with ${replacedBy} instead of ${name}${asked}. Give the plugin's go.mod the same version and a replace directive for the same sources.`,
    );
  }
  const [, path = "", version = ""] = fork;
  const replacement = `${path}@${version}`;
  if (required === undefined) {
    return run(
      `go mod edit -replace=${shellWord(`${name}=${replacement}`)} && go mod tidy`,
      "the host has the same replacement",
    );
  }
  return changeModule({ ...changeOf(ours, name, required), ...dropsOf(ours), replacement });
}
