import { memo } from "../manifest/memo.ts";

/** A build flag as it is compared: `-gcflags=all=-N`, `-C panic=abort`, `-race`. */
interface Flag {
  readonly name: string;
  readonly value: string | undefined;
}

/**
 * Go flags that change neither the ABI nor a package's fingerprint: they say what role the binary has, how the
 * command behaves, or reach the linker only. (`go help build`; that -ldflags leaves package hashes alone was
 * measured.) What is not listed is compared.
 */
const goRoleFlags = new Set(
  "-buildmode -o -C -a -n -p -v -work -x -json -ldflags -buildvcs -modcacherw -pkgdir -vet -exec".split(" "),
);

/** Go flags that are followed by their value as an argument of its own, when no `=` stands in them. */
const goValueFlags = new Set(
  "-o -C -p -asmflags -buildmode -compiler -covermode -coverpkg -gccgoflags -gcflags -installsuffix -ldflags -mod -modfile -overlay -pgo -pkgdir -tags -toolexec".split(
    " ",
  ),
);

/** rustc and cargo flags of the same kind (`rustc --help`, `cargo build --help`). */
const rustRoleFlags = new Set(
  "--crate-type --crate-name --emit --out-dir -o -L -l --print --error-format --json --color --diagnostic-width -v --verbose -q --quiet --cap-lints -A -W -D --allow --warn --deny --forbid --target --release --profile -r -j --jobs --locked --offline --frozen --manifest-path --target-dir -p --package --lib --bin --workspace --message-format -g --remap-path-prefix --extern --check-cfg --test".split(
    " ",
  ),
);

const rustValueFlags = new Set(
  "--crate-type --crate-name --emit --out-dir -o -L -l --print --error-format --json --color --diagnostic-width --cap-lints -A -W -D -F --allow --warn --deny --forbid --target --profile -j --jobs --manifest-path --target-dir -p --package --bin --message-format --remap-path-prefix --extern --check-cfg --cfg --edition --features -F -C -Z".split(
    " ",
  ),
);

/** Code generation options that stay within a library (`rustc -C help`). */
const rustInnerOptions = new Set(
  "ar codegen-units debuginfo embed-bitcode extra-filename incremental inline-threshold instrument-coverage linker linker-flavor linker-plugin-lto link-arg link-args link-dead-code link-self-contained llvm-args lto metadata no-prepopulate-passes no-vectorize-loops no-vectorize-slp opt-level passes relro-level remark rpath save-temps split-debuginfo strip".split(
    " ",
  ),
);

/**
 * The flags that decide compatibility, in one spelling and sorted, so that two lists can be compared: the order, the
 * number of dashes and `-C x` or `-Cx` make no difference.
 */
export function comparableFlags(language: "go" | "rust", flags: readonly string[]): readonly string[] {
  return (language === "go" ? comparableGo : comparableRust)(JSON.stringify(flags));
}

const comparableGo = memo((list) => spellAll(goFlags(listOf(list))));
const comparableRust = memo((list) => spellAll(rustFlags(listOf(list))));

/** Undoes JSON.stringify. */
function listOf(list: string): readonly string[] {
  return JSON.parse(list) as readonly string[];
}

function spellAll(flags: readonly Flag[]): readonly string[] {
  return [...new Set(flags.map(spell))].sort();
}

/** What one list has and the other has not. */
export function flagDifference(
  plugin: readonly string[],
  host: readonly string[],
): { readonly onlyPlugin: readonly string[]; readonly onlyHost: readonly string[] } {
  return {
    onlyPlugin: plugin.filter((flag) => !host.includes(flag)),
    onlyHost: host.filter((flag) => !plugin.includes(flag)),
  };
}

/** Flags that Go's build info always records where they were given (Go: src/cmd/go/internal/load/pkg.go, setBuildInfo). */
const recorded = ["-asan", "-asmflags", "-cover", "-gcflags", "-msan", "-race", "-tags", "-trimpath"];

/** The flags of a Go manifest, and of build info, that can be held against each other: as comparableFlags has them. */
export function recordedFlags(flags: readonly string[]): readonly string[] {
  return recordedGo(JSON.stringify(flags));
}

const recordedGo = memo((list) => comparableGo(list).filter(isRecorded));

/** The other comparable flags of a Go manifest. */
export function unrecordedFlags(flags: readonly string[]): readonly string[] {
  return comparableFlags("go", flags).filter((flag) => !isRecorded(flag));
}

function isRecorded(flag: string): boolean {
  return recorded.some((name) => flag === name || flag.startsWith(`${name}=`));
}

function goFlags(flags: readonly string[]): readonly Flag[] {
  return pairUp(
    flags.map((flag) => flag.trim().replace(/^--(?=\w)/, "-")),
    goValueFlags,
  )
    .filter(({ name }) => !goRoleFlags.has(name))
    .filter(({ value }) => value !== "false")
    .map(({ name, value }) => ({ name, value: value === "true" ? undefined : value }))
    .filter(({ name, value }) => reachesPackages(name, value))
    .flatMap((flag) => (flag.name === "-tags" ? tags(flag) : [flag]));
}

/** `-gcflags` without a pattern is for the named packages alone: the plugin's own main (`go help build`). */
function reachesPackages(name: string, value: string | undefined): boolean {
  if (name !== "-gcflags" && name !== "-asmflags") return true;
  return value !== undefined && /^[^-=\s][^=\s]*=/.test(value);
}

function tags({ name, value = "" }: Flag): readonly Flag[] {
  return value
    .split(/[\s,]+/)
    .filter((tag) => tag !== "")
    .map((tag) => ({ name, value: tag }));
}

function rustFlags(flags: readonly string[]): readonly Flag[] {
  const spelled = flags.map((flag) =>
    flag
      .trim()
      .replace(/^--codegen(?:=|$)/, "-C")
      .replace(/^-([CZLlj])=?(?=.)/, "-$1=")
      .replace(/^-O$/, "-C=opt-level=3"),
  );
  return pairUp(spelled, rustValueFlags)
    .filter(({ name }) => !rustRoleFlags.has(name))
    .filter(({ name, value }) => name !== "-C" || !rustInnerOptions.has(optionName(value)));
}

function optionName(value: string | undefined): string {
  return (value ?? "").split("=", 1)[0]?.replaceAll("_", "-") ?? "";
}

/** Joins `-tags`, `a,b` to one flag, and takes `-tags=a,b` apart. */
function pairUp(flags: readonly string[], takesValue: ReadonlySet<string>): readonly Flag[] {
  const pairs: Flag[] = [];
  for (let at = 0; at < flags.length; at += 1) {
    const flag = flags[at] ?? "";
    const equals = flag.indexOf("=");
    const next = flags[at + 1];
    if (flag === "") continue;
    if (flag.startsWith("-") && equals > 0) {
      pairs.push({ name: flag.slice(0, equals), value: unquote(flag.slice(equals + 1)) });
    } else if (takesValue.has(flag) && next !== undefined) {
      pairs.push({ name: flag, value: unquote(next) });
      at += 1;
    } else {
      pairs.push({ name: flag, value: undefined });
    }
  }
  return pairs;
}

function unquote(text: string): string {
  return /^(["']).*\1$/.test(text) ? text.slice(1, -1) : text;
}

function spell({ name, value }: Flag): string {
  if (value === undefined) return name;
  return name === "-C" || name === "-Z"
    ? `${name} ${value.replace(/^[^=]*/, (option) => option.replaceAll("_", "-"))}`
    : `${name}=${value}`;
}
