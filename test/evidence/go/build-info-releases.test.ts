import { describe, expect, test } from "vitest";
import { readGoBuildInfo } from "../../../src/evidence/go/build-info.ts";
import { openFile } from "../../support/evidence-open.ts";
import { formatBuildInfo } from "../../support/go-build-info-text.ts";
import { builds, describeReleases, llvmStrip } from "../../support/go-builds.ts";
import { buildGo, replacedModule, type GoBuild } from "../../support/go-program.ts";
import { goToolchains, isFull, minorOf, newestGo, type GoToolchain } from "../../support/go-releases.ts";
import { describeFile } from "../../support/oracle/tool.ts";
import { realGoFiles } from "../../support/real-files.ts";

/** Plugins have build info from this minor release on. */
const firstPluginWithInfo = 21;

const newest = newestGo();

/** What `go version -m` of the newest release prints of a file; undefined where it refuses it. */
async function oracle(path: string): Promise<string | undefined> {
  try {
    const printed = await newest.go(["version", "-m", path], { folder: "/" });
    return printed.slice(`${path}: `.length);
  } catch {
    return undefined;
  }
}

function readingOf(path: string): string {
  const info = readGoBuildInfo(openFile(path));
  return info.known ? formatBuildInfo(info.value) : info.why;
}

const modes: Readonly<Record<string, GoBuild>> = {
  "a plugin": builds.plugin,
  "a c-shared library": builds.library,
  "an executable": builds.program,
  "a static executable": builds.staticProgram,
  "a position-independent executable": { flags: ["-buildmode=pie"] },
  "an executable for darwin on arm64": { environment: { CGO_ENABLED: "0", GOOS: "darwin", GOARCH: "arm64" } },
  "an executable for darwin on amd64": { environment: { CGO_ENABLED: "0", GOOS: "darwin", GOARCH: "amd64" } },
};

const darwin = Object.keys(modes).filter((mode) => mode.includes("darwin"));

const variants: Readonly<Record<string, GoBuild>> = {
  "without symbols and DWARF": { flags: ["-ldflags=-s -w"] },
  "with strip": { strip: ["strip"] },
  "with llvm-strip": { strip: [llvmStrip.name, "--strip-all"] },
  "with -trimpath": { flags: ["-trimpath"] },
  "with vendored modules": { flags: ["-mod=vendor"] },
  "with a module replaced by another one": { files: replacedModule },
  "with -race": { flags: ["-race"] },
  "with tags": { flags: ["-tags=extra,other"] },
  "with flags that have to be quoted": {
    flags: ["-ldflags=-X 'main.Text=a \"b\" c=d' -s", "-gcflags=-N -l"],
  },
};

interface Case {
  readonly toolchain: GoToolchain;
  readonly mode: string;
  readonly variant: string;
  readonly build: GoBuild;
}

const toolchains = goToolchains();

/**
 * Every release in every mode, but for one of the two of darwin in turn; each variant as a plugin by the newest release and as a program by
 * one other, in turn.
 */
const cases: readonly Case[] = [
  ...toolchains.flatMap((toolchain, index) =>
    Object.keys(modes)
      .filter((mode) => isOffered(toolchain, mode))
      .filter(
        (mode) => isFull || toolchain.version === newest.version || mode !== darwin[index % darwin.length],
      )
      .map((mode) => caseOf(toolchain, mode, "plain")),
  ),
  ...(isFull ? allVariants() : someVariants()),
];

function someVariants(): readonly Case[] {
  return Object.keys(variants).flatMap((variant, index) => {
    const other = toolchains[index % toolchains.length] ?? newest;
    return [caseOf(newest, "a plugin", variant), caseOf(other, "an executable", variant)];
  });
}

function allVariants(): readonly Case[] {
  return toolchains.flatMap((toolchain) =>
    Object.keys(modes).flatMap((mode) =>
      Object.keys(variants)
        .filter((variant) => isOffered(toolchain, mode) && isPossible(mode, variant))
        .map((variant) => caseOf(toolchain, mode, variant)),
    ),
  );
}

/** Before Go 1.16 darwin on arm64 was that of phones. */
function isOffered(toolchain: GoToolchain, mode: string): boolean {
  return mode !== "an executable for darwin on arm64" || minorOf(toolchain.version) >= 16;
}

/** GNU strip knows no Mach-O; the race detector needs cgo, and refuses position-independent executables. */
function isPossible(mode: string, variant: string): boolean {
  const hasCgo = modes[mode]?.environment === undefined;
  if (variant === "with -race") return hasCgo && mode !== "a position-independent executable";
  return variant !== "with strip" || !darwin.includes(mode);
}

function caseOf(toolchain: GoToolchain, mode: string, variant: string): Case {
  const one = modes[mode];
  const other = variants[variant];
  const build = { ...one, ...other, flags: [...(one?.flags ?? []), ...(other?.flags ?? [])] };
  return { toolchain, mode, variant, build };
}

describeReleases(
  "build info by",
  (toolchain) => {
    for (const { mode, variant, build } of cases.filter((one) => one.toolchain === toolchain)) {
      const hasInfo = mode !== "a plugin" || minorOf(toolchain.version) >= firstPluginWithInfo;
      test(`of ${mode}, ${variant}, is ${hasInfo ? "read as by go version -m" : "not there"}`, async () => {
        const path = await buildGo(toolchain, build);
        const expected = await oracle(path);
        expect(readingOf(path)).toBe(hasInfo ? expected : "the file has no Go build info");
        expect(expected === undefined).toBe(!hasInfo);
      });
    }
  },
  { needed: [newest] },
);

describe("build info of programs that others built", async () => {
  for (const file of await realGoFiles()) {
    describeFile({ ...file, missing: file.missing ?? newest.missing }, [], () => {
      test("is read as by go version -m", async () => {
        expect(readingOf(file.path)).toBe(await oracle(file.path));
      });
    });
  }
});
