import type { Dependency, DependencyFacts } from "../dependency.ts";
import { byLockFile, sameVersion } from "../dependency-fix.ts";
import { advise, run, type Fix } from "../fix.ts";
import { shellWord } from "../shell-word.ts";
import { compareModuleVersions } from "./module-version.ts";

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

/*
 * `go get` of a newer version stays in go.mod whoever asks for the module, since its packages are linked; `go mod tidy` keeps it.
 * To go back is another matter: `go get` takes every module back as well that asks for the newer one, and where another
 * module asks for it again, `go mod tidy` undoes it. A replacement holds in both cases (go.dev/ref/mod, "go get" and
 * "replace directive").
 */
function fix(ours: Dependency, [wanted, ...others]: readonly Dependency[]): Fix {
  if (wanted === undefined || others.length > 0) return byLockFile(ours, "go.sum");
  const { name, version } = wanted;
  if (wanted.isMain === true && wanted.hash === "") return hostsOwn(wanted);
  if (wanted.replacedBy !== undefined) return sameReplacement(name, wanted.replacedBy);
  if (version === undefined) return byLockFile(ours, "go.sum");
  if (ours.replacedBy !== undefined) {
    return run(`go mod edit -dropreplace=${shellWord(name)} && go get ${shellWord(`${name}@${version}`)}`);
  }
  if (version === ours.version) return sameVersion(ours);
  const order = ours.version === undefined ? undefined : compareModuleVersions(ours.version, version);
  return order !== undefined && order > 0
    ? replaceBy(
        name,
        `${name}@${version}`,
        "a replace survives go mod tidy; a plain go get downgrade would not",
      )
    : run(`go get ${shellWord(`${name}@${version}`)}`, "survives go mod tidy");
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
    `go get ${shellWord(`${name}@${wanted}`)}`,
    `then ${then.charAt(0).toLowerCase()}${then.slice(1)}`,
  );
}

/** What makes the paths of a module's sources the same in a program that was built in its folder and one that links it. */
export function buildAlike(module: string): string {
  return `Build both in one workspace (go work init HOST PLUGIN), or build the host outside of its folder: go build ${module} in a module that requires it`;
}

/** @param replacedBy what the host links instead: `example.com/fork v1.2.3`, or a folder. */
function sameReplacement(name: string, replacedBy: string): Fix {
  const fork = /^([^\s]+) (v[^\s]+)$/.exec(replacedBy);
  return fork === null
    ? advise(
        `The host was built with ${replacedBy} instead of ${name}. Build the plugin with the same sources.`,
      )
    : replaceBy(name, `${fork[1] ?? ""}@${fork[2] ?? ""}`, "the host has the same replacement");
}

function replaceBy(name: string, by: string, note: string): Fix {
  return run(`go mod edit -replace=${shellWord(`${name}=${by}`)} && go mod tidy`, note);
}
