import { apart, comparing, pairUp, spell, type Flag, type FlagFacts } from "../build-flags.ts";

/** Flags of `go build`. The number of dashes makes no difference, nor does `=true`. */
export const goFlags: FlagFacts = {
  comparable: comparing((flags) => comparable(flags).map(spell)),
  isRecorded: (flag) => recorded.some((name) => flag === name || flag.startsWith(`${name}=`)),
  text: (flags) => oneTagList(flags).join(" "),
  isHarmless: (flag) => harmless.some((pattern) => pattern.test(flag)),
};

/** What the compiler and the assembler may be told (`go tool compile -help`): not -o, -cpuprofile and others that write files. */
const compilerFlag =
  /^-(?:[NlBCSwmEe]|[lmS]=\d+|d=[\w=,]+|lang=go[\d.]+|spectre=\w+|dwarf(?:=\w+)?|D=?\w+(?:=\w+)?|race|msan|asan|shared|dynlink)$/;

/** Not -toolexec, -overlay, -modfile, -pgo=FILE, … */
const harmless: readonly Pick<RegExp, "test">[] = [
  /^-(?:trimpath|race|msan|asan|cover|linkshared)$/,
  /^-covermode=\w+$/,
  /^-compiler=gc(?:cgo)?$/,
  /^-mod=(?:mod|readonly|vendor)$/,
  /^-pgo=(?:off|auto)$/,
  /^-installsuffix=\w+$/,
  /^-tags=[\p{L}\p{N}_.]+(?:,[\p{L}\p{N}_.]+)*$/u,
  {
    test: (flag) => {
      const [, words = ""] = /^-(?:gcflags|asmflags)=[\w./]+=(.+)$/.exec(flag) ?? [];
      return words !== "" && words.split(" ").every((word) => compilerFlag.test(word));
    },
  },
];

/**
 * Flags that change neither the ABI nor a package's fingerprint: they say what role the binary has, how the
 * command behaves, or reach the linker only. (`go help build`; that -ldflags leaves package hashes alone was
 * measured.) What is not listed is compared.
 */
const roleFlags = new Set(
  "-buildmode -o -C -a -n -p -v -work -x -json -ldflags -buildvcs -modcacherw -pkgdir -vet -exec".split(" "),
);

/** Flags that are followed by their value as an argument of its own, when no `=` stands in them. */
export const goValueFlags: ReadonlySet<string> = new Set(
  "-o -C -p -asmflags -buildmode -compiler -covermode -coverpkg -gccgoflags -gcflags -installsuffix -ldflags -mod -modfile -overlay -pgo -pkgdir -tags -toolexec".split(
    " ",
  ),
);

/** Flags that build info always records if they were given (Go: src/cmd/go/internal/load/pkg.go, setBuildInfo). */
const recorded = ["-asan", "-asmflags", "-cover", "-gcflags", "-msan", "-race", "-tags", "-trimpath"];

function comparable(flags: readonly string[]): readonly Flag[] {
  return pairUp(apart(flags.map(oneDash), goValueFlags).map(oneDash), goValueFlags)
    .filter(({ name }) => !roleFlags.has(name))
    .filter(({ value }) => value !== "false")
    .map(({ name, value }) => ({ name, value: value === "true" ? undefined : value }))
    .filter(({ name, value }) => reachesPackages(name, value))
    .flatMap((flag) => (flag.name === "-tags" ? tags(flag) : [flag]));
}

function oneDash(flag: string): string {
  return flag.trim().replace(/^--(?=\w)/, "-");
}

/** `-gcflags` without a pattern is for the named packages alone: the plugin's own main (`go help build`). */
function reachesPackages(name: string, value: string | undefined): boolean {
  if (name !== "-gcflags" && name !== "-asmflags") return true;
  return value !== undefined && /^[^-=\s][^=\s]*=/.test(value);
}

/** The flags with all tags in one. If `-tags` is given twice, the go command takes the last one only (Go: src/cmd/go/internal/work/build.go, tagsFlag). */
export function oneTagList(flags: readonly string[]): readonly string[] {
  const isTag = (flag: string): boolean => flag.startsWith("-tags=");
  const list = flags.filter(isTag).map((flag) => flag.slice("-tags=".length));
  const first = flags.findIndex(isTag);
  return flags.flatMap((flag, at) => {
    if (!isTag(flag)) return [flag];
    return at === first ? [`-tags=${list.join(",")}`] : [];
  });
}

function tags({ name, value = "" }: Flag): readonly Flag[] {
  return value
    .split(/[\s,]+/)
    .filter((tag) => tag !== "")
    .map((tag) => ({ name, value: tag }));
}
