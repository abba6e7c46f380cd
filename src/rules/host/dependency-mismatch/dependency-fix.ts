import type { Dependency } from "../../../language/dependency.ts";
import { compareModuleVersions } from "../../../language/go/module-version.ts";
import { shellWord } from "../../../language/shell-word.ts";
import type { Fix } from "../../../language/fix.ts";

/** What makes the plugin link what the host links. @param theirs the host's of that name: several where it links several versions. */
export function dependencyFix(
  ours: Dependency,
  theirs: readonly Dependency[],
  language: "go" | "rust",
): readonly Fix[] {
  const [wanted] = theirs;
  if (wanted === undefined || theirs.length > 1) return bySources(ours, language);
  return language === "go" ? goFix(ours, wanted) : rustFix(ours, wanted);
}

/*
 * `go get` of a newer version stays in go.mod whoever asks for the module, since its packages are linked; `go mod tidy` keeps it.
 * To go back is another matter: `go get` takes every module back as well that asks for the newer one, and where another
 * module asks for it again, `go mod tidy` undoes it. A replacement holds in both cases (go.dev/ref/mod, "go get" and
 * "replace directive").
 */
function goFix(ours: Dependency, wanted: Dependency): readonly Fix[] {
  const { name } = wanted;
  const fork = /^([^\s]+) (v[^\s]+)$/.exec(wanted.replacedBy ?? "");
  if (fork !== null)
    return [replaceBy(name, `${fork[1] ?? ""}@${fork[2] ?? ""}`, "the host has the same replacement")];
  if (wanted.replacedBy !== undefined) {
    const text = `The host was built with ${wanted.replacedBy} instead of ${name}. Build the plugin with the same sources.`;
    return [{ kind: "advice", text }];
  }
  const { version } = wanted;
  if (version === undefined) return bySources(ours, "go");
  if (ours.replacedBy !== undefined) {
    return [
      command(
        `go mod edit -dropreplace=${shellWord(name)} && go get ${shellWord(`${name}@${version}`)}`,
        undefined,
      ),
    ];
  }
  if (version === ours.version) return sameVersion(ours);
  const order = ours.version === undefined ? undefined : compareModuleVersions(ours.version, version);
  return order !== undefined && order > 0
    ? [
        replaceBy(
          name,
          `${name}@${version}`,
          "a replace survives go mod tidy; a plain go get downgrade would not",
        ),
      ]
    : [command(`go get ${shellWord(`${name}@${version}`)}`, "survives go mod tidy")];
}

function replaceBy(name: string, by: string, note: string): Fix {
  return command(`go mod edit -replace=${shellWord(`${name}=${by}`)} && go mod tidy`, note);
}

function rustFix(ours: Dependency, { name, version }: Dependency): readonly Fix[] {
  if (version === undefined) return bySources(ours, "rust");
  if (version === ours.version) return sameVersion(ours);
  const from = ours.version === undefined ? name : `${name}@${ours.version}`;
  return [
    command(
      `cargo update -p ${shellWord(from)} --precise ${shellWord(version)}`,
      "recorded in Cargo.lock; commit that file",
    ),
  ];
}

function sameVersion({ name }: Dependency): readonly Fix[] {
  const text = `The version is the same but the content differs: a replaced, patched or vendored copy of ${name} is linked. Build both from the same source.`;
  return [{ kind: "advice", text }];
}

function bySources({ name }: Dependency, language: "go" | "rust"): readonly Fix[] {
  const lock = language === "go" ? "go.sum" : "Cargo.lock";
  return [{ kind: "advice", text: `Build against the version of ${name} in the host's ${lock}.` }];
}

function command(run: string, note: string | undefined): Fix {
  return { kind: "command", run, ...(note === undefined ? {} : { note }) };
}
