import { describe, expect, test } from "vitest";
import { readRustProfile, type RustProfile } from "../../../src/evidence/rust/profile.ts";
import { readRustTraces } from "../../../src/evidence/rust/traces.ts";
import type { ElfFile } from "../../../src/object/elf/file.ts";
import type { MachoFile } from "../../../src/object/macho/file.ts";
import { open } from "../../support/elf-open.ts";
import { open as openMacho } from "../../support/macho-open.ts";

function profileOf(file: ElfFile | MachoFile): RustProfile {
  return readRustProfile(file, readRustTraces(file));
}

function withText(content: string): ElfFile {
  return open({ sections: [{ name: ".rodata", content }] });
}

function withDebugNames(...names: readonly string[]): ElfFile {
  const content = names.map((name) => `${name}\0`).join("");
  return open({ sections: [{ name: ".debug_str", content, loaded: false }] });
}

describe("overflow checks", () => {
  test.each(["add", "subtract", "multiply", "negate", "shift left", "shift right"])(
    "of %s speak for debug",
    (what) => {
      expect(profileOf(withText(`text attempt to ${what} with overflowmore`)).hints).toEqual([
        {
          profile: "debug",
          strength: "moderate",
          reason: `it checks for overflow: "attempt to ${what} with overflow"`,
          from: ".rodata",
        },
      ]);
    },
  );

  test.each(["attempt to divide with overflow", "attempt to divide by zero", "attempt to add"])(
    "%s is checked in every profile",
    (text) => {
      expect(profileOf(withText(text)).hints).toEqual([]);
    },
  );
});

describe("debug info", () => {
  test("of the plugin's own code speaks weakly for debug", () => {
    expect(profileOf(withDebugNames("rustc", "src/lib.rs/@/plugin.d659-cgu.0")).hints).toEqual([
      {
        profile: "debug",
        strength: "weak",
        reason: "it has debug info of its own code (src/lib.rs)",
        from: ".debug_str",
      },
    ]);
  });

  test.each([
    "/rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/std/src/lib.rs/@/std.e282-cgu.0",
    "/rust/deps/memchr-2.7.6/src/lib.rs/@/memchr.9642-cgu.0",
    "/usr/src/rustc-1.96.0/library/core/src/lib.rs/@/core.11-cgu.0",
    "library/std/src/lib.rs/@/std.22-cgu.0",
    "/home/me/.rustup/toolchains/nightly/lib/rustlib/src/rust/library/std/src/lib.rs/@/std.1-cgu.0",
  ])("%s is the toolchain's", (name) => {
    expect(profileOf(withDebugNames(name)).hints).toEqual([]);
  });

  test("after the toolchain's", () => {
    const names = ["library/std/src/lib.rs/@/std.22-cgu.0", "src/lib.rs/@/plugin.1-cgu.0"];
    expect(profileOf(withDebugNames(...names)).hints).toHaveLength(1);
  });

  test("after thousands of the toolchain's that have no end", () => {
    const name = `library/${"/@/".repeat(2_000_000)}`;
    const started = performance.now();
    expect(profileOf(withDebugNames(name, "src/lib.rs/@/plugin.1-cgu.0")).hints).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  test("that leaves the file hints at nothing", () => {
    const file = open({
      sections: [{ name: ".debug_str", content: "src/lib.rs/@/plugin.1-cgu.0\0", loaded: false }],
      patch: [{ section: ".debug_str", field: "sh_offset", value: 2n ** 50n }],
    });
    expect(profileOf(file).hints).toEqual([]);
  });
});

describe("the folder that a Mach-O library was linked in", () => {
  const at = (installName: string): RustProfile => profileOf(openMacho({ installName }));

  test("names the profile", () => {
    expect(at("/Users/me/plugin/target/debug/deps/libplugin.dylib").hints).toEqual([
      {
        profile: "debug",
        strength: "strong",
        reason: "it was linked in Cargo's folder debug/deps",
        from: "LC_ID_DYLIB",
      },
    ]);
  });

  test("names the target, where one was asked for", () => {
    expect(at("/x/target/aarch64-apple-darwin/release/deps/libplugin.dylib")).toMatchObject({
      triple: "aarch64-apple-darwin",
      hints: [{ profile: "release" }],
    });
  });

  test("names no target, where none was asked for", () => {
    expect(at("/x/target/release/deps/libplugin.dylib").triple).toBeUndefined();
  });

  test("names a profile of its author's own", () => {
    expect(at("/x/target/release-lto/deps/libplugin.dylib").hints).toMatchObject([
      { profile: "release-lto" },
    ]);
  });

  test.each(["@rpath/libplugin.dylib", "/usr/lib/libplugin.dylib", "/x/release/deps/plugin.node"])(
    "is not known by %s",
    (name) => {
      expect(at(name)).toEqual({ hints: [], triple: undefined });
    },
  );
});
