import { apart, comparing, pairUp, spell, type Flag, type FlagFacts } from "../build-flags.ts";

/** Flags of rustc and Cargo. `-C x`, `-Cx` and `--codegen=x` make no difference. */
export const rustFlags: FlagFacts = {
  comparable: comparing((flags) => comparable(flags).map(spellOption)),
  // rustc writes down none.
  isRecorded: () => false,
  text: (flags) => flags.join(" "),
  isHarmless: (flag) => harmless.some((pattern) => pattern.test(flag)),
};

/** Not -C linker, -C link-args, -Z codegen-backend, --sysroot, @FILE, …; no spaces, at which RUSTFLAGS are taken apart. */
const harmless: readonly RegExp[] = [
  /^-C (?:panic|target-cpu|target-feature|code-model|relocation-model|overflow-checks|debug-assertions|force-frame-pointers|force-unwind-tables|prefer-dynamic|soft-float|control-flow-guard|symbol-mangling-version|default-linker-libraries|dwarf-version|no-redzone|instrument-coverage)(?:=[\w.,+-]+)?$/,
  /^-Z (?:sanitizer|randomize-layout|layout-seed|share-generics|trait-solver|threads|cf-protection|branch-protection|fixed-x18|tls-model)(?:=[\w.,+-]+)?$/,
  /^--(?:cfg|edition)=\w+(?:="?[\w.-]+"?)?$/,
  /^--(?:features=[\w.,/+-]+|all-features|no-default-features)$/,
];

/** The comparable flag that asks for a panic strategy: the only one whose effect shows in a binary. */
export function panicFlag(strategy: string): string {
  return `-C panic=${strategy}`;
}

/**
 * Flags that change nothing that a host and a plugin must agree on: they say what role the binary has, how the command behaves, or
 * reach the linker only (`rustc --help`, `cargo build --help`). What is not listed is compared.
 */
const roleFlags = new Set(
  "--crate-type --crate-name --emit --out-dir -o -L -l --print --error-format --json --color --diagnostic-width -v --verbose -q --quiet --cap-lints -A -W -D --allow --warn --deny --forbid --target --release --profile -r -j --jobs --locked --offline --frozen --manifest-path --target-dir -p --package --lib --bin --workspace --message-format -g --remap-path-prefix --extern --check-cfg --test".split(
    " ",
  ),
);

/** Flags that are followed by their value as an argument of its own, when no `=` stands in them. */
const valueFlags = new Set(
  "--crate-type --crate-name --emit --out-dir -o -L -l --print --error-format --json --color --diagnostic-width --cap-lints -A -W -D -F --allow --warn --deny --forbid --target --profile -j --jobs --manifest-path --target-dir -p --package --bin --message-format --remap-path-prefix --extern --check-cfg --cfg --edition --features -F -C -Z".split(
    " ",
  ),
);

/** Code generation options that stay within a library (`rustc -C help`). */
const innerOptions = new Set(
  "ar codegen-units debuginfo embed-bitcode extra-filename incremental inline-threshold instrument-coverage linker linker-flavor linker-plugin-lto link-arg link-args link-dead-code link-self-contained llvm-args lto metadata no-prepopulate-passes no-vectorize-loops no-vectorize-slp opt-level passes relro-level remark rpath save-temps split-debuginfo strip".split(
    " ",
  ),
);

function comparable(flags: readonly string[]): readonly Flag[] {
  return spelled(flags)
    .filter(({ name }) => !roleFlags.has(name))
    .filter(({ name, value }) => name !== "-C" || !innerOptions.has(optionName(value)));
}

/** The code generation options among flags, by name. Of several with one name the last one counts, as for rustc. */
export function codegenOptions(flags: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    spelled(flags).flatMap(({ name, value = "" }) => {
      if (name === "-g") return [["debuginfo", "2"] as const];
      if (name !== "-C") return [];
      return [[optionName(value), oneWord(/=(.*)/s.exec(value)?.[1])] as const];
    }),
  );
}

/** rustc has several words for yes and no, and takes a switch without a value for yes. */
function oneWord(value = "yes"): string {
  if (/^(?:y|yes|on|true)$/.test(value)) return "true";
  return /^(?:n|no|off|false)$/.test(value) ? "false" : value;
}

/** Each flag in one spelling of its name, with its value. */
function spelled(flags: readonly string[]): readonly Flag[] {
  const separate = apart(flags.flatMap(eachFlag), valueFlags).map((flag) =>
    flag
      .replace(/^--codegen(?:=|$)/, "-C")
      .replace(/^-([CZLlj])=?(?=.)/, "-$1=")
      .replace(/^-O$/, "-C=opt-level=3"),
  );
  return pairUp(separate, valueFlags);
}

/** Unlike Go's, values behind a `=` have no flags in them: RUSTFLAGS are taken apart at spaces. */
function eachFlag(text: string): readonly string[] {
  const flags = text.trim();
  return flags.startsWith("-") ? flags.split(/\s(?=-)/).map((each) => each.trim()) : [flags];
}

function optionName(value: string | undefined): string {
  return (value ?? "").split("=", 1)[0]?.replaceAll("_", "-") ?? "";
}

function spellOption(flag: Flag): string {
  const { name, value } = flag;
  return (name === "-C" || name === "-Z") && value !== undefined
    ? `${name} ${value.replace(/^[^=]*/, (option) => option.replaceAll("_", "-"))}`
    : spell(flag);
}
