import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readGoBuildInfo } from "../../../src/evidence/go/build-info.ts";
import { readProof } from "../../../src/evidence/proof.ts";
import { readRustEvidence } from "../../../src/evidence/rust/evidence.ts";
import { openFile, openSlices } from "../../support/evidence-open.ts";
import { describeFile, outputOf, tool } from "../../support/oracle/tool.ts";
import { realElfFiles, realMachoFiles, type RealFile } from "../../support/real-files.ts";

/** What is known of how a product is built: all its packages come from one toolchain. */
interface Product {
  readonly label: RegExp;
  /** As `rustc --version` names it. */
  readonly toolchain: string;
  readonly commit: string;
  readonly stable: string | undefined;
  readonly panic: "unwind" | "abort";
  /** A package that surely is in it, where paths are not trimmed. */
  readonly crate: string;
}

const products: readonly Product[] = [
  {
    label: /^@rollup\/rollup-/,
    toolchain: "1.90.0-nightly (b56aaec52 2025-07-24)",
    commit: "b56aaec52bc0fa35591a872fb4aac81f606e265c",
    stable: undefined,
    panic: "unwind",
    crate: "anyhow",
  },
  {
    label: /^@swc\/core-/,
    toolchain: "1.96.0-nightly (f5eca4fcf 2026-04-09)",
    commit: "f5eca4fcfa908d1e038afd19c6e746f075859130",
    stable: undefined,
    panic: "abort",
    crate: "tracing-core",
  },
  {
    label: /^lightningcss-/,
    toolchain: "1.92.0 (ded5c06cf 2025-12-08)",
    commit: "ded5c06cf21d2b93bffd5d884aa6e96934ee4234",
    stable: "1.92.0",
    panic: "abort",
    crate: "ahash",
  },
  {
    label: /^@mariozechner\/clipboard-/,
    toolchain: "1.95.0 (59807616e 2026-04-14)",
    commit: "59807616e1fa2540724bfbac14d7976d7e4a3860",
    stable: "1.95.0",
    panic: "unwind",
    crate: "base64",
  },
];

/** Their unwinder is part of the file: musl is linked so by Zig, Android has it in every library, this one was linked so too. */
const unwinderInside = /-musl|-android-|lightningcss-linux-arm-/;
const readelf = tool("readelf");
const files = [...(await realElfFiles()), ...(await realMachoFiles())];

describe("Rust libraries of others", () => {
  for (const file of files) {
    const product = products.find(({ label }) => label.test(file.label));
    if (product !== undefined)
      describeFile(file, [readelf], () => {
        eachSlice(file, product);
      });
  }
});

/** A C++ library that holds a C one, librsvg, that is written in Rust. */
const mixed = /^@img\/sharp-libvips-/;

describe("a C++ library with a part in Rust", () => {
  for (const file of files.filter(({ label }) => label.startsWith("@img/sharp-libvips-"))) {
    describeFile(file, [], () => {
      test("the standard library in it is known by its commit", () => {
        const commit = readRustEvidence(openFile(file.path))?.library.commit;
        expect(commit).toMatchObject({ value: "75a75c3e0a67d3fa3d03982775f5bb0356e7b510" });
      });

      test("it only contains Rust", () => {
        const object = openFile(file.path);
        expect(readRustEvidence(object)?.extent).toMatchObject({ value: "part" });
        expect(readProof(object, readGoBuildInfo(object)).language).toMatchObject({ known: false });
      });
    });
  }
});

describe("files of others that have no Rust in them", () => {
  for (const file of files) {
    if ([mixed, ...products.map(({ label }) => label)].some((label) => label.test(file.label))) continue;
    describeFile(file, [], () => {
      test("nothing says Rust", () => {
        for (const object of openSlices(file.path)) expect(readRustEvidence(object)).toBeUndefined();
      });
    });
  }
});

function eachSlice(file: RealFile, product: Product): void {
  for (const object of openSlices(file.path)) {
    describe(object.arch, () => {
      const evidence = readRustEvidence(object);
      if (evidence === undefined) throw new Error(`${file.label} does not say Rust`);

      test("the compiler is known where binutils see its stamp, and only there", () => {
        const comment = object.format === "elf" ? outputOf(readelf, ["-p", ".comment", file.path]) : "";
        const { compiler } = evidence;
        expect(compiler.known ? `rustc version ${compiler.value.text}` : undefined).toBe(
          comment.includes("rustc version") ? `rustc version ${product.toolchain}` : undefined,
        );
      });

      test("the language, with and without a stamp", () => {
        expect(readProof(object, readGoBuildInfo(object)).language).toMatchObject({ value: "rust" });
      });

      test("commit and release of the standard library", () => {
        const { commit, release } = evidence.library;
        // FreeBSD's was compiled for it, with no paths in it.
        expect(commit.known ? commit.value : undefined).toBe(
          file.label.includes("-freebsd-") ? undefined : product.commit,
        );
        expect(release.known ? release.value : undefined).toBe(product.stable);
      });

      test("the toolchain, if by its standard library alone", () => {
        const { compiler, toolchain } = evidence;
        expect(toolchain.known ? toolchain.value : undefined).toBe(
          compiler.known ? product.toolchain : product.stable,
        );
      });

      test("panic strategy", () => {
        const { panic } = evidence;
        expect(panic.known ? panic.value : undefined).toBe(
          unwinderInside.test(file.label) ? undefined : product.panic,
        );
      });

      test("packages are those whose paths are in the file, and a known one is among them", () => {
        const text = readFileSync(file.path, "latin1");
        const crates = evidence.crates.known ? evidence.crates.value : [];
        const named = [...text.matchAll(/registry\/src\/[^/]+\/([^/]+?)-(\d+\.[^/]+)\//g)].map(
          ([, name = "", version = ""]) => `${name}@${version}`,
        );
        const found = crates.map(({ name, version }) => `${name}@${version}`);
        expect([...found].sort()).toEqual([...new Set(named)].sort());
        if (found.length > 0) expect(crates.map(({ name }) => name)).toContain(product.crate);
      });

      test("a Mach-O library's profile is that of the folder it was linked in", () => {
        const hints = evidence.profile.hints.map(({ profile, strength }) => `${profile} ${strength}`);
        expect(hints).toEqual(object.format === "macho" ? ["release strong"] : []);
      });

      test("a Mach-O library's triple is that of the folder it was linked in", () => {
        const { triple } = evidence.profile;
        const arch = object.arch === "arm64" ? "aarch64" : object.arch;
        expect(triple).toBe(object.format === "macho" ? `${arch}-apple-darwin` : undefined);
      });
    });
  }
}
