import { flagDifference, pasteable } from "../build-flags.ts";
import { advise, run, type Fix } from "../fix.ts";
import { assignments, differs, type Recipe } from "../recipe.ts";
import { shellWord } from "../shell-word.ts";
import type { Toolchain } from "../toolchain.ts";
import { goFlags, oneTagList } from "./build-flags.ts";

/**
 * The commands that build a plugin as the host was built: with its release, its flags, and the variables that change package hashes
 * (docs/loader-go.md). What only the plugin was built with is turned off, since it may come from GOFLAGS.
 */
export function rebuildGo(plugin: Recipe, host: Recipe): readonly Fix[] {
  const { flags } = host;
  const toolchain = toolchainOf(host);
  const { kept, note: leftOut } = pasteable(goFlags, flags ?? []);
  const words = [
    "-buildmode=plugin",
    ...oneTagList(kept),
    ...turnedOff(plugin.flags ?? [], flags),
    plugin.mainPackage,
  ];
  const variables = { ...commonVariables(host), ...targetVariables(plugin, host) };
  const command = `${assignments(variables)}go build ${words.map(shellWord).join(" ")}`;
  const note = flags === undefined ? "add the flags that the host was built with" : leftOut;
  return [
    ...(toolchain === undefined || toolchain.channel === "stable"
      ? []
      : [advise(`Use the host's Go, ${toolchain.release} at exactly the same commit.`)]),
    ...(toolchain?.channel === "stable" && !isKnownOlder(plugin, toolchain.release)
      ? [lowerGoLine(toolchain.release)]
      : []),
    run(command, note, { kind: "build" }),
  ];
}

/** The command that builds a host again, so that it can load plugins: with cgo, and without flags for the linker. */
export function rebuildGoHost(host: Recipe): Fix {
  const { kept, note } = pasteable(goFlags, host.flags ?? []);
  const words = [...oneTagList(kept), host.mainPackage];
  const command = `${assignments({ CGO_ENABLED: "1", ...commonVariables(host) })}go build ${words.map(shellWord).join(" ")}`;
  return run(command, ["in the host's project", note].filter((each) => each !== undefined).join("; "), {
    kind: "build",
  });
}

/** The Go release and what it was told to do differently. */
function commonVariables(recipe: Recipe): Readonly<Record<string, string | undefined>> {
  const { environment } = recipe;
  const toolchain = toolchainOf(recipe);
  const isStable = toolchain?.channel === "stable";
  const experiments = toolchain?.experiments?.join(",");
  return {
    GOTOOLCHAIN: isStable ? `go${toolchain.release}` : undefined,
    GOEXPERIMENT: environment["GOEXPERIMENT"] ?? (experiments === "" ? undefined : experiments),
    GOFIPS140: environment["GOFIPS140"],
  };
}

/** A version that is written down may have its experiments behind a dash: `go1.26.8-X:fieldtrack` (cmd/go/internal/cache/hash.go). */
function toolchainOf({ toolchain }: Recipe): Toolchain | undefined {
  const [release = "", experiments] = toolchain?.release.split("-X:") ?? [];
  return toolchain === undefined || experiments === undefined
    ? toolchain
    : { ...toolchain, release, experiments: experiments.split(",") };
}

/** As LLVM and Go spell architectures; and what Debian calls the C compiler for them. */
const machines: Readonly<Record<string, readonly [go: string, compiler: string]>> = {
  x86_64: ["amd64", "x86_64-linux-gnu-gcc"],
  aarch64: ["arm64", "aarch64-linux-gnu-gcc"],
  i386: ["386", "i686-linux-gnu-gcc"],
  arm: ["arm", "arm-linux-gnueabihf-gcc"],
  riscv64: ["riscv64", "riscv64-linux-gnu-gcc"],
  powerpc64le: ["ppc64le", "powerpc64le-linux-gnu-gcc"],
  s390x: ["s390x", "s390x-linux-gnu-gcc"],
  loongarch64: ["loong64", "loongarch64-linux-gnu-gcc"],
};

/** Cross-compiling turns cgo off unless told otherwise, and plugins need it (`go help environment`, CGO_ENABLED). */
function targetVariables(plugin: Recipe, host: Recipe): Readonly<Record<string, string | undefined>> {
  const { arch = "", os } = host.target;
  const machine = Object.hasOwn(machines, arch) ? machines[arch] : undefined;
  const isOther = (["arch", "os"] as const).some((part) => differs(plugin.target, host.target, part));
  if (!isOther) return {};
  return {
    CGO_ENABLED: "1",
    GOOS: host.environment["GOOS"] ?? os,
    GOARCH: host.environment["GOARCH"] ?? machine?.[0],
    GOARM: host.environment["GOARM"],
    CC: os === "linux" ? machine?.[1] : undefined,
  };
}

/** `-race=false`, `-tags=`: an empty value takes back what GOFLAGS says (`go help environment`, GOFLAGS). */
function turnedOff(plugin: readonly string[], host: readonly string[] | undefined): readonly string[] {
  if (host === undefined) return [];
  const names = (flags: readonly string[]): readonly string[] =>
    flags.map((flag) => flag.split("=", 1)[0] ?? "");
  const kept = names(host);
  const gone = flagDifference(plugin, host).onlyPlugin;
  return [...new Set(names(gone))].filter((name) => !kept.includes(name)).flatMap((name) => off[name] ?? []);
}

const off: Readonly<Record<string, string>> = {
  "-trimpath": "-trimpath=false",
  "-race": "-race=false",
  "-msan": "-msan=false",
  "-asan": "-asan=false",
  "-cover": "-cover=false",
  "-tags": "-tags=",
  "-gcflags": "-gcflags=",
  "-asmflags": "-asmflags=",
};

/**
 * A release does not build a module whose go.mod asks for a newer one; go.mod is not in the file. `go mod edit` itself works with any
 * (go.dev/doc/toolchain). Before 1.21 the line named no patch release.
 */
function lowerGoLine(release: string): Fix {
  const line = minorOf(release) < 21 ? /^\d+\.\d+/.exec(release)?.[0] : release;
  const toolchain = shellWord(`go${release}`);
  return run(
    `GOTOOLCHAIN=${toolchain} go list -m >/dev/null 2>&1 || GOTOOLCHAIN=local go mod edit -go=${shellWord(line ?? release)} -toolchain=none`,
    "only if go.mod asks for a newer Go than the host's",
    { kind: "build" },
  );
}

/** Whether the plugin was built with a release that is no newer: then its go.mod asks for none. */
function isKnownOlder(plugin: Recipe, release: string): boolean {
  const toolchain = toolchainOf(plugin);
  if (toolchain === undefined) return false;
  const [ours, theirs] = [toolchain.release, release].map(numbers);
  for (const [at, number] of (ours ?? []).entries()) {
    const other = theirs?.[at] ?? 0;
    if (number !== other) return number < other;
  }
  return toolchain.release === release;
}

function numbers(release: string): readonly number[] {
  return (/^\d+(?:\.\d+)*/.exec(release)?.[0] ?? "").split(".").map(Number);
}

function minorOf(release: string): number {
  return numbers(release)[1] ?? 0;
}
