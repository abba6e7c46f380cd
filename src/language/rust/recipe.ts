import { pasteable } from "../build-flags.ts";
import { advise, run, type Fix } from "../fix.ts";
import { assignments, differs, type Recipe, type RecipeTarget } from "../recipe.ts";
import { shellWord } from "../shell-word.ts";
import { rustFlags as rustFlagFacts } from "./build-flags.ts";

/**
 * The commands that build a plugin as the host was built: with its release of rustc, its profile and its flags. Only a host's manifest
 * tells the last two.
 */
export function rebuildRust(plugin: Recipe, host: Recipe): readonly Fix[] {
  const { toolchain } = host;
  const { kept, note } = pasteable(rustFlagFacts, host.flags ?? []);
  const flags = host.flags === undefined ? undefined : kept;
  const release = toolchain?.channel === "stable" ? [`+${toolchain.release}`] : [];
  const target = targetOf(plugin.target, host.target);
  const forCargo = (flags ?? []).filter(isForCargo);
  const words = [
    "cargo",
    ...release,
    "build",
    ...profileWords(host.profile ?? plugin.profile ?? "release"),
    ...(target === undefined ? [] : ["--target", target.triple]),
    ...forCargo,
  ];
  const variables = { ...rustFlags(plugin, flags, target?.flags ?? []), ...target?.variables };
  return [
    ...(toolchain === undefined || toolchain.channel === "stable"
      ? []
      : [
          advise(
            `Build the plugin with the host's compiler, ${toolchain.release} at exactly the same commit.`,
          ),
        ]),
    ...(target === undefined
      ? []
      : [
          run(
            `rustup target add ${[...release.map((each) => `--toolchain ${shellWord(each.slice(1))}`), shellWord(target.triple)].join(" ")}`,
          ),
        ]),
    run(`${assignments(variables)}${words.map(shellWord).join(" ")}`, note, { kind: "build" }),
  ];
}

function profileWords(profile: string): readonly string[] {
  if (profile === "release") return ["--release"];
  return profile === "debug" ? [] : ["--profile", profile];
}

/** The other flags are rustc's (`cargo build --help`). */
function isForCargo(flag: string): boolean {
  return /^--(?:features|all-features|no-default-features)\b/.test(flag);
}

/** RUSTFLAGS take the place of those in .cargo/config.toml, even if it is empty (Cargo book, "build.rustflags"). */
function rustFlags(
  plugin: Recipe,
  flags: readonly string[] | undefined,
  ofTarget: readonly string[],
): Readonly<Record<string, string | undefined>> {
  const ofHost = [...(flags ?? []).filter((flag) => !isForCargo(flag)), ...ofTarget];
  const ofPlugin = (plugin.flags ?? []).filter((flag) => !isForCargo(flag));
  return ofHost.length === 0 && (flags === undefined || ofPlugin.length === 0)
    ? {}
    : { RUSTFLAGS: ofHost.join(" ") };
}

/** Triples of rustc (`rustc --print target-list`), by what the target is made of. */
const triples: Readonly<Record<string, string>> = {
  "x86_64 linux gnu": "x86_64-unknown-linux-gnu",
  "x86_64 linux musl": "x86_64-unknown-linux-musl",
  "aarch64 linux gnu": "aarch64-unknown-linux-gnu",
  "aarch64 linux musl": "aarch64-unknown-linux-musl",
  "i386 linux gnu": "i686-unknown-linux-gnu",
  "riscv64 linux gnu": "riscv64gc-unknown-linux-gnu",
  "powerpc64le linux gnu": "powerpc64le-unknown-linux-gnu",
  "s390x linux gnu": "s390x-unknown-linux-gnu",
  "x86_64 darwin libSystem": "x86_64-apple-darwin",
  "aarch64 darwin libSystem": "aarch64-apple-darwin",
};

interface RustTarget {
  readonly triple: string;
  readonly flags: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
}

/** Undefined if it is the plugin's own, or has no triple here. */
function targetOf(plugin: RecipeTarget, host: RecipeTarget): RustTarget | undefined {
  const { arch = "", os = "", libc = "gnu" } = host;
  const isOther = (["arch", "os", "libc"] as const).some((part) => differs(plugin, host, part));
  const name = `${arch} ${os} ${libc}`;
  const triple = Object.hasOwn(triples, name) ? triples[name] : undefined;
  if (!isOther || triple === undefined) return undefined;
  // For musl, rustc links the C library statically unless told otherwise, and then makes no cdylib (rustc book, "crt-static").
  const flags = libc === "musl" ? ["-C target-feature=-crt-static"] : [];
  return { triple, flags, variables: linker(triple, plugin, host) };
}

/** rustc links with `cc` unless told otherwise (Cargo book, "target.<triple>.linker"). */
function linker(
  triple: string,
  plugin: RecipeTarget,
  { arch, os, libc }: RecipeTarget,
): Readonly<Record<string, string>> {
  if (os !== "linux" || libc === "musl" || plugin.arch === arch) return {};
  const key = triple.toUpperCase().replaceAll("-", "_");
  const prefix = arch === "i386" ? "i686" : String(arch);
  return { [`CARGO_TARGET_${key}_LINKER`]: `${prefix}-linux-gnu-gcc` };
}
