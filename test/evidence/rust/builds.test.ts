import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { unknown, type Fact } from "../../../src/evidence/fact.ts";
import { readLinking } from "../../../src/evidence/system/linking.ts";
import { readRustEvidence, type RustEvidence } from "../../../src/evidence/rust/evidence.ts";
import { openFile } from "../../support/evidence-open.ts";
import { Lack } from "../../support/need.ts";
import { describeFile, outputOf, tool } from "../../support/oracle/tool.ts";
import { rustBuilds, type RustBuilds, type RustVariant } from "../../support/rust-builds.ts";

/** Which facts survive in which build: `-` is unknown, anything else the value. */
interface Survivors {
  readonly compiler: boolean;
  readonly library: boolean;
  readonly panic: "unwind" | "abort" | "-";
  readonly stripped: boolean;
  readonly profile: readonly string[];
}

const whole: Survivors = { compiler: true, library: true, panic: "unwind", stripped: false, profile: [] };
const survivors: Partial<Record<RustVariant, Survivors>> = {
  debug: { ...whole, profile: ["debug moderate", "debug weak"] },
  release: whole,
  abort: { ...whole, panic: "abort" },
  lto: whole,
  "strip-symbols": { ...whole, stripped: true },
  "gnu-strip": { ...whole, stripped: true },
  "llvm-strip": { ...whole, compiler: false, stripped: true },
  "llvm-strip-abort": { ...whole, compiler: false, panic: "abort", stripped: true },
  "no-sections": { ...whole, compiler: false, stripped: true },
};

/** rustc leaves its stamp since this release. */
const firstStamped = 73;

const folder = mkdtempSync(join(tmpdir(), "rust-evidence-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const all = await rustBuilds();

describe("what rustc's output proves", () => {
  for (const builds of all) {
    const { name: label, missing, required: isPinned } = builds;
    describeFile({ label: `rustc ${label}`, path: "", missing, isPinned }, [tool("readelf")], () => {
      matrix(builds);
      special(builds);
    });
  }
});

function matrix(builds: RustBuilds): void {
  for (const [variant, expected] of Object.entries(survivors)) {
    describe(variant, () => {
      const path = builds.file(variant as RustVariant);
      const evidence = evidenceOf(path);
      const version = builds.version();
      const stamped = Number(version.release.split(".")[1]) >= firstStamped;

      test("the compiler is the one that wrote it, where its stamp survives", () => {
        const text = valueOf(evidence.compiler)?.text;
        expect(text).toBe(expected.compiler && stamped ? version.text : undefined);
      });

      test("the standard library is the compiler's own", () => {
        const { commit, release } = evidence.library;
        // Distributions have neither commit nor Rust's own name for the source folder, but say the release.
        expect(valueOf(commit) ?? version.commit).toBe(version.commit);
        expect(valueOf(release)).toBe(version.release);
      });

      test("compiler and standard library are found to be of one toolchain where both are known", () => {
        expect(valueOf(evidence.sameToolchain)).toBe(expected.compiler && stamped ? true : undefined);
      });

      test("the toolchain is known one way or the other", () => {
        const text = valueOf(evidence.toolchain);
        expect(text).toBe(expected.compiler && stamped ? version.text : version.release);
      });

      test("panic strategy", () => {
        expect(valueOf(evidence.panic) ?? "-").toBe(expected.panic);
      });

      test("hints at the profile", () => {
        const hints = evidence.profile.hints.map(({ profile, strength }) => `${profile} ${strength}`);
        expect(hints).toEqual(expected.profile);
      });

      test("no package of the registry, since none was used", () => {
        expect(evidence.crates.known).toBe(false);
      });

      test("whether it is stripped", () => {
        expect(valueOf(readLinking(openFile(path)).stripped)).toBe(expected.stripped);
      });
    });
  }
}

function special(builds: RustBuilds): void {
  const stamped = Number(builds.version().release.split(".")[1]) >= firstStamped;

  test("code without the standard library has a compiler and nothing else", () => {
    const evidence = readRustEvidence(openFile(builds.file("no-std")));
    expect(evidence && valueOf(evidence.compiler)?.text).toBe(stamped ? builds.version().text : undefined);
    expect(evidence?.library.commit.known ?? false).toBe(false);
    expect(evidence?.panic.known ?? false).toBe(false);
  });

  test("nothing says Rust in code without the standard library that llvm-strip has stripped", () => {
    expect(readRustEvidence(openFile(builds.file("no-std-llvm-strip")))).toBeUndefined();
  });

  test("a library that links the standard library says which build of it", () => {
    const path = builds.file("dynamic");
    expect(valueOf(evidenceOf(path).dylib.libstd)).toBe(linkedLibrary(path));
  });

  test("a library for Rust crates has their metadata", () => {
    expect(valueOf(evidenceOf(builds.file("dynamic")).dylib.metadata)).toBe(true);
  });

  test("the panic strategy of a library that links the standard library is that library's business", () => {
    const path = builds.file("dynamic");
    const why = `libstd-${linkedLibrary(path)}.so, which it links, has`;
    expect(evidenceOf(path).panic).toEqual(unknown(expect.stringContaining(why) as string));
  });

  test("a C++ library with its runtime inside leaves the panic strategy of the Rust code in it open", () => {
    const path = linkCxx(builds, ["-static-libstdc++"]);
    execFileSync("strip", [path]);
    const { panic, library } = evidenceOf(path);
    expect(library.release.known).toBe(true);
    expect(panic).toEqual(unknown(expect.stringContaining("so does the C++ runtime it contains") as string));
  });

  test("the static symbols of such a library tell the strategy", () => {
    expect(evidenceOf(linkCxx(builds, ["-static-libstdc++"])).panic).toMatchObject({
      value: "abort",
      from: "static symbols of panic_abort",
    });
  });

  test("a C++ library that links its runtime leaves no doubt", () => {
    const path = linkCxx(builds, []);
    execFileSync("strip", [path]);
    expect(valueOf(evidenceOf(path).panic)).toBe("abort");
  });
}

/** Which build of the standard library the file links, as readelf reads it. @throws Lack if the compiler came without one to link. */
function linkedLibrary(path: string): string {
  const found = /\[libstd-([0-9a-f]{16})\.so\]/.exec(outputOf(tool("readelf"), ["-dW", path]))?.[1];
  if (found === undefined) throw new Lack("no dynamic standard library with this rustc", { optional: true });
  return found;
}

test("objects of two compilers in one library are said to be so", () => {
  const stamped = all.filter((each) => each.missing === undefined && each.name !== "distribution");
  if (stamped.length < 2) throw new Lack("no second rustc that leaves a stamp", { optional: true });
  const objects = stamped.map((each, index) => {
    const copy = join(folder, `object-${index}.o`);
    // Both define the same function.
    execFileSync("objcopy", [`--prefix-symbols=n${index}_`, each.file("object"), copy]);
    return copy;
  });
  const path = join(folder, "two.so");
  execFileSync("cc", ["-shared", "-o", path, ...objects]);
  const { compiler, toolchain } = evidenceOf(path);
  expect(compiler).toEqual(
    unknown(expect.stringContaining(".comment has the stamps of 2 Rust compilers") as string),
  );
  expect(toolchain).toEqual(compiler);
});

function linkCxx(builds: RustBuilds, flags: readonly string[]): string {
  const source = join(folder, "host.cc");
  writeFileSync(
    source,
    `extern "C" int otel_score(int, int, const char *, unsigned long);
     extern "C" int host(int a) { if (a > 3) throw a; return otel_score(a, a, "x", 1); }`,
  );
  const path = join(folder, `${builds.name}${flags.join("")}.so`);
  const libraries = ["-lgcc_s", "-lpthread", "-ldl"];
  execFileSync(
    "c++",
    ["-shared", "-fPIC", "-o", path, source, builds.file("static"), ...flags, ...libraries],
    {
      stdio: "ignore",
    },
  );
  return path;
}

function evidenceOf(path: string): RustEvidence {
  const evidence = readRustEvidence(openFile(path));
  if (evidence === undefined) throw new Error(`${path} does not say Rust`);
  return evidence;
}

function valueOf<T>(fact: Fact<T>): T | undefined {
  return fact.known ? fact.value : undefined;
}
