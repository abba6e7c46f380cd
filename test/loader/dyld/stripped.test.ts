import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it, test } from "vitest";
import { parseMacosRelease } from "../../../src/loader/dyld/release.ts";
import { openMacho } from "../../../src/object/macho/file.ts";
import { describeWith, run, tools } from "../../support/macho-toolchain.ts";
import { memorySource } from "../../support/macho-source.ts";
import { armHost, firstOf, predict, unknownOf } from "./open-host.ts";

const tbd = `--- !tapi-tbd
tbd-version: 4
targets: [ arm64-macos ]
install-name: '/usr/lib/libSystem.B.dylib'
exports:
  - targets: [ arm64-macos ]
    symbols: [ _puts, dyld_stub_binder ]
...
`;

/** One indirect symbol: the string pool after it is aligned only if the tool sees to it. */
const source = `int puts(const char *);
void *address(void) { return (void *)&puts; }
static int helper(int x) { return x + 1; }
int start(int x) { return helper(x); }
`;

const { clang, lld, objcopy, strip } = tools;

describeWith([clang, lld, objcopy, strip], "a library that LLVM 19 has stripped", () => {
  const folder = mkdtempSync(join(tmpdir(), "stripped-"));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const at = (name: string) => join(folder, name);

  /** Linked by lld, which aligns and signs it, for macOS 13 with an SDK; then changed by a tool. */
  function library(sdk: string, change?: (file: string) => void): Buffer {
    const [whole, changed] = [at(`${sdk}.dylib`), at(`${sdk}-changed.dylib`)];
    writeFileSync(at("libSystem.tbd"), tbd);
    writeFileSync(at("p.c"), source);
    run(clang, ["-target", "arm64-apple-macos13.0", "-g", "-O0", "-c", at("p.c"), "-o", at("p.o")]);
    const version = ["-platform_version", "macos", "13.0", sdk];
    const name = ["-install_name", "@rpath/p.dylib"];
    run(lld, ["-dylib", "-arch", "arm64", ...version, ...name, "-o", whole, at("p.o"), at("libSystem.tbd")]);
    copyFileSync(whole, changed);
    change?.(changed);
    return readFileSync(changed);
  }

  const tried: readonly [string, (file: string) => void][] = [
    ["llvm-objcopy --strip-debug", (file) => void run(objcopy, ["--strip-debug", file])],
    ["llvm-strip -S", (file) => void run(strip, ["-S", file])],
  ];
  const on = (release: string) => ({ ...armHost, release: parseMacosRelease(release) });

  it("is in order before", () => {
    expect(predict(library("27.0"), armHost)).toEqual({ outcome: "loads", needs: [] });
  });

  test.each(tried)("with %s: macOS 27 refuses it, earlier releases do not", (_, change) => {
    const bytes = library("27.0", change);
    expect(openMacho(memorySource(bytes)).installName).toBe("@rpath/p.dylib");
    expect(firstOf(predict(bytes, on("27"))).message).toMatch(
      /\(mis-aligned LINKEDIT string pool, fileOffset=0x[0-9A-F]{7}[4C]\)$/,
    );
    expect(unknownOf(predict(bytes, armHost)).why).toMatch(
      /It loads on macOS 13 to 26\. It is refused on macOS 27 and later\. Pass --target-macos/,
    );
    expect(predict(bytes, on("26")).outcome).toBe("loads");
  });

  test.each(tried)("with %s, and an SDK of macOS 15: every release loads it", (_, change) => {
    const bytes = library("15.0", change);
    expect(predict(bytes, armHost).outcome).toBe("loads");
    expect(predict(bytes, on("27")).outcome).toBe("loads");
  });

  test.each(tried)("with %s, and an SDK of macOS 26: not a pass where dyld is not published", (_, change) => {
    const bytes = library("26.0", change);
    expect(unknownOf(predict(bytes, armHost)).why).toMatch(/SDK 26\.0 is unknown/);
    expect(predict(bytes, on("26")).outcome).toBe("loads");
  });
});
