import { UsageError } from "../../../check/model/usage-error.ts";
import { pairUp, type Flag } from "../../../language/build-flags.ts";
import { goFlags, goValueFlags, oneTagList } from "../../../language/go/build-flags.ts";
import { withoutFolder } from "../file-name.ts";
import { modeFlags } from "./recorded-build.ts";

/** What was given behind `--`, as `go build` takes it. */
export interface GoBuildArguments {
  /** For `go list`: without those that only say what `go build` does with its result. */
  readonly forList: readonly string[];
  /** The package; undefined if none is named. */
  readonly packageName: string | undefined;
  /** All flags, those of GOFLAGS first. */
  readonly flags: readonly Flag[];
}

/** `go build` writes its result and says what it does; `go list` has its own words for that (`go help build`, `go help list`). */
const onlyOfBuild = new Set(["-o", "-a", "-n", "-v", "-x", "-work", "-json"]);

/**
 * @param goFlagsVariable as `go env GOFLAGS` tells it: words with spaces are in quotes.
 * @throws UsageError for what no manifest can be made of.
 */
export function goBuildArguments(args: readonly string[], goFlagsVariable: string): GoBuildArguments {
  const forList: string[] = [];
  const given: string[] = [];
  const packages: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] ?? "";
    if (!word.startsWith("-")) {
      packages.push(word);
      continue;
    }
    const name = word.replace(/^--(?=\w)/, "-").replace(/=.*/s, "");
    if (name === "-C") {
      throw new UsageError("bad-usage", "-C is not taken here", ["Give the folder as DIR, before the --."]);
    }
    const words = goValueFlags.has(name) && !word.includes("=") ? args.slice(at, at + 2) : [word];
    at += words.length - 1;
    given.push(...words);
    if (!onlyOfBuild.has(name)) forList.push(...words);
  }
  const [packageName, another] = packages;
  if (another !== undefined) {
    throw new UsageError("bad-usage", `two packages, ${packageName ?? ""} and ${another}`, [
      "A manifest is of one main package: name one.",
    ]);
  }
  const variable = goFlagsVariable.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [];
  const own = variable.map((word) => word.replace(/^(["'])(.*)\1$/s, "$2"));
  return { forList, packageName, flags: lastOfEach(pairUp([...own, ...given].map(oneDash), goValueFlags)) };
}

function oneDash(word: string): string {
  return word.replace(/^--(?=\w)/, "-");
}

/**
 * Of a flag that is given twice the last one counts. Several -gcflags add up, each for its packages, but build info records the last one
 * only (Go: src/cmd/go/internal/load/flag.go, PerPackageFlag.String): a manifest must not claim what the file then seems to refute.
 */
function lastOfEach(flags: readonly Flag[]): readonly Flag[] {
  return flags.filter(({ name }, at) => !flags.slice(at + 1).some((later) => later.name === name));
}

/** The value of a flag; undefined if it is not given. */
export function flagValue({ flags }: GoBuildArguments, name: string): string | undefined {
  return flags.findLast((flag) => flag.name === name)?.value;
}

/**
 * The flags as a manifest has them: those that are compared, in their one spelling and sorted, and the build mode, which says what the file
 * is. Paths of outputs and what only the linker is told are left out: they differ between machines that build the same.
 */
export function manifestFlags(args: GoBuildArguments): readonly string[] {
  const words = args.flags.map(({ name, value }) =>
    value === undefined ? name : `${name}=${withoutFolders(name, value)}`,
  );
  return [...modeFlags(flagValue(args, "-buildmode")), ...oneTagList(goFlags.comparable(words))];
}

/** The value of a flag, without the folders of this machine. */
function withoutFolders(name: string, value: string): string {
  // A program and its arguments.
  if (name === "-toolexec") return value.split(" ").map(withoutFolder).join(" ");
  return ["-modfile", "-overlay", "-pgo"].includes(name) ? withoutFolder(value) : value;
}
