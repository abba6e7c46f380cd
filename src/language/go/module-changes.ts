import { withUsualNames } from "../dependency-fix.ts";
import { run, type DependencyChange, type Fix } from "../fix.ts";
import { shellWord } from "../shell-word.ts";
import { compareModuleVersions } from "./module-version.ts";

/**
 * The command that makes a plugin link exactly these versions, whatever else asks for others, and that `go mod tidy` does not undo. Each
 * was tried with real plugins and hosts (test/fix).
 *
 * - Up: `go get`, with all of them in one call, so that they are chosen together.
 * - Down: `go get` also takes back, or removes, every module that asks for the newer version; `go mod tidy` then adds what was
 *   removed in its newest version, and with it the newer requirement. A `replace` keeps the newer version in the build list, and
 *   with it in the trimmed paths of the sources (cmd/go/internal/work/gc.go, trimPath), which are part of the hashes. An `exclude`
 *   drops what is asked for (go.dev/ref/mod, "exclude directive"): one for each newer version that is still chosen.
 * - A fork: `replace`, with the version that the host asks for at its left, for the same reason.
 */
export function changeModules(all: readonly DependencyChange[]): readonly Fix[] {
  const { usual: changes, advice } = withUsualNames(all);
  const [first] = changes;
  if (first === undefined) return advice;
  const change = changes.length === 1 ? { change: first } : {};
  const isPlain = changes.every(
    (each) => each.replacement === undefined && each.dropsReplacement !== true && !isLower(each),
  );
  return [{ kind: "command", ...(isPlain ? raised(changes) : exactly(changes)), ...change }, ...advice];
}

interface Command {
  readonly run: string;
  readonly note?: string;
}

function raised(changes: readonly DependencyChange[]): Command {
  return {
    run: `go get ${changes.map((each) => shellWord(at(each))).join(" ")} && go mod tidy`,
  };
}

/** If a version that the plugin has is unknown, it may be the newer one. */
function isLower({ from, version }: DependencyChange): boolean {
  if (from === undefined) return false;
  const order = compareModuleVersions(from, version);
  return order === undefined || order > 0;
}

/*
 * `go mod tidy` chooses the versions again. If one is not the host's then, because another module asks for a newer one, that one
 * is excluded, and so on until all are the host's. If go mod tidy fails, the last command says why.
 */
function exactly(changes: readonly DependencyChange[]): Command {
  const edits = changes.flatMap((each) => [
    ...(each.dropsReplacement === true ? dropped(each) : []),
    ...(each.replacement === undefined ? [] : [`-replace=${each.name}=${each.replacement}`]),
    `-require=${at(each)}`,
  ]);
  const words = (list: readonly string[]): string => list.map(shellWord).join(" ");
  const wanted = changes.map((each) => `-exclude=${at(each)}`);
  const chosen = `go list -m -e -f '{{if .Version}}-exclude={{.Path}}@{{.Version}}{{end}}' ${words(changes.map(({ name }) => name))}`;
  const others = `grep -vxF -e '' ${wanted.map((each) => `-e ${shellWord(each)}`).join(" ")}`;
  return {
    run: `while go mod edit ${words(edits)} && go mod tidy && newer=$(${chosen} | ${others}); do echo "$newer" | xargs go mod edit; done; go mod tidy`,
    note: "newer versions that other modules ask for are excluded",
  };
}

/** A replacement of one version counts more than one of all (go.dev/ref/mod, "replace directive"). */
function dropped({ name, from }: DependencyChange): readonly string[] {
  return [`-dropreplace=${name}`, ...(from === undefined ? [] : [`-dropreplace=${name}@${from}`])];
}

function at({ name, version }: DependencyChange): string {
  return `${name}@${version}`;
}

/** The command for one module. */
export function changeModule(change: DependencyChange): Fix {
  const [fix] = changeModules([change]);
  return fix ?? run(`go get ${shellWord(at(change))}`);
}
