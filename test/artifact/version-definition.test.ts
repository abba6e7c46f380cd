import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { dissect } from "../../src/artifact/anatomy.ts";
import { openFile } from "../support/evidence-open.ts";
import { describeWith, lackOf } from "../support/need.ts";

const source = `
__asm__(".symver old, f@VERS_1");
__asm__(".symver new, f@@VERS_2");
int old(void) { return 1; }
int new(void) { return 2; }
int g(void) { return 3; }
int VERS_name = 4;
`;
const script = "VERS_1 { global: f; g; VERS_name; local: *; }; VERS_2 { } VERS_1;";

const folder = mkdtempSync(join(tmpdir(), "version-definition-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describeWith(lackOf("gcc", "ld.lld-19", "clang-19"), "the versions that a library defines", () => {
  beforeAll(() => {
    writeFileSync(join(folder, "a.c"), source);
    writeFileSync(join(folder, "a.map"), script);
    const shared = ["-shared", "-fPIC", "a.c", "-Wl,--version-script=a.map"];
    const link = (compiler: string, ...flags: readonly string[]): void => {
      execFileSync(compiler, [...shared, ...flags], { cwd: folder, stdio: "pipe" });
    };
    link("gcc", "-o", "gnu.so");
    link("gcc", "-o", "stripped.so", "-s");
    link("gcc", "-o", "soname.so", "-Wl,-soname,VERS_1");
    link("clang-19", "-fuse-ld=lld-19", "-o", "lld.so");
  });

  it.each(["gnu.so", "stripped.so", "soname.so", "lld.so"])("are not exported symbols: %s", (name) => {
    const names = [...dissect(openFile(join(folder, name))).exportedSymbols].map((symbol) => symbol.name);
    expect([...names].sort()).toEqual(["VERS_name", "f", "f", "g"]);
  });

  it("do not hide a symbol at a fixed place", () => {
    const flags = ["-shared", "-fPIC", "a.c", "-Wl,--defsym,fixed=0x1234", "-o", "fixed.so"];
    writeFileSync(join(folder, "b.c"), "int h(void) { return 1; }\n");
    execFileSync(
      "gcc",
      flags.map((each) => (each === "a.c" ? "b.c" : each)),
      { cwd: folder },
    );
    const names = [...dissect(openFile(join(folder, "fixed.so"))).exportedSymbols].map(
      (symbol) => symbol.name,
    );
    expect(names).toContain("fixed");
  });
});
