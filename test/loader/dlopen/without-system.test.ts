import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { disk } from "../../../src/files/disk.ts";
import { openSystem } from "../../../src/loader/elf/system.ts";
import type { Prediction } from "../../../src/loader/prediction.ts";
import { describeWith, lackOf } from "../../support/need.ts";
import { predictFor, readHost } from "./ground.ts";
import { plain } from "./case.ts";
import { cases } from "./cases.ts";
import { buildHost, Workbench, type HostKind } from "./workbench.ts";

const folder = mkdtempSync(join(tmpdir(), "dlopen-needs-"));
const bench = new Workbench(folder, "glibc");
const gcc = lackOf("gcc");
const here = { system: openSystem({ files: disk, root: "/" }) };

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function predictLoad(
  path: string,
  target?: { glibc: readonly number[] },
  host: HostKind = "plain",
): Prediction {
  return predictFor(readHost(here, buildHost(bench, host)), target, path);
}

function needsVersion(version: string): string {
  const stub = bench.write("libc-stub.map", `GLIBC_2.2.5 { global: puts; }; ${version} { global: newest; };`);
  const libc = bench.library(
    `stub-${version}/libc.so.6`,
    "int puts; int newest;",
    `-Wl,--version-script=${stub},-soname,libc.so.6`,
    "-nostdlib",
  );
  return bench.library(`needs-${version}.so`, "extern int newest; int *answer = &newest;", "-nostdlib", libc);
}

describeWith(gcc, "without the target's files", () => {
  it("a library that wants nothing more than the host loads without needs", () => {
    expect(predictLoad(plain(bench))).toEqual({ outcome: "loads", needs: [] });
  });

  it("a later glibc than the host itself needs is a need", () => {
    expect(predictLoad(needsVersion("GLIBC_2.99"))).toEqual({
      outcome: "unknown",
      why: "It loads only if the target has glibc >= 2.99, which is not known. Pass --target-glibc to find out.",
      needs: ["glibc >= 2.99"],
    });
  });

  it("an earlier glibc than the host itself needs is none", () => {
    expect(predictLoad(needsVersion("GLIBC_2.3"))).toEqual({ outcome: "loads", needs: [] });
  });

  it("a relocation of a type that no loader applies does not pass", () => {
    const sound = bench.library("typed.so", "int number; int *place = &number;");
    const plugin = bench.patched("mistyped.so", sound, (patch) => {
      const table = patch.target(7n);
      const size = Number(patch.bytes.readBigUInt64LE(patch.entry(8n) + 8));
      // R_X86_64_64
      for (let at = table; at < table + size; at += 24)
        if (patch.bytes.readUInt32LE(at + 8) === 1) patch.put(at + 8, 4, 0x63);
    });
    expect(predictLoad(sound).outcome).toBe("loads");
    expect(predictLoad(plugin).outcome).toBe("unknown");
  });

  describeWith(lackOf("ld.lld-19"), "relative relocations in DT_RELR", () => {
    const packed = ["-Wl,-Bsymbolic", "-B@/lld", "-Wl,--pack-dyn-relocs=relr"];
    const unmarked = (): string =>
      bench.library(
        "unmarked.so",
        'int puts(const char *); int n; int *places[64] = { [0 ... 63] = &n }; int answer(void) { return puts(""); }',
        ...packed,
      );
    const alone = (): string =>
      bench.library(
        "alone.so",
        "static int n; int *places[64] = { [0 ... 63] = &n }; int answer(void) { return n; }",
        "-nostdlib",
        ...packed,
      );

    it.each([
      [undefined, "unknown"],
      [[2, 35], "unknown"],
      [[2, 36], "refused"],
    ] as const)("without the version that goes with it, glibc %j: %s", (glibc, outcome) => {
      expect(predictLoad(unmarked(), glibc && { glibc }).outcome).toBe(outcome);
    });

    it.each([
      [undefined, "unknown"],
      [[2, 35], "unknown"],
      [[2, 36], "loads"],
    ] as const)("without the C library, glibc %j: %s", (glibc, outcome) => {
      expect(predictLoad(alone(), glibc && { glibc }).outcome).toBe(outcome);
    });

    it("musl of an unknown release may pass over them", () => {
      const plugin = alone();
      const host = { ...readHost(here, buildHost(bench, "plain")), libc: "musl" };
      expect(predictFor(host, undefined, plugin)).toMatchObject({
        outcome: "unknown",
        needs: ["musl >= 1.2.4 (DT_RELR)"],
      });
    });
  });

  it("a library that the host does not link is a need", () => {
    const other = bench.library("other/libother.so.3", "int other;", "-Wl,-soname,libother.so.3");
    const plugin = bench.library("wants-other.so", "extern int other; int *answer = &other;", other);
    expect(predictLoad(plugin)).toEqual({
      outcome: "unknown",
      why: "It loads only if the target has libother.so.3, the symbol other, which is not known. Pass --sysroot to find out.",
      needs: ["libother.so.3", "the symbol other"],
    });
  });

  it("an unversioned symbol that the host does not define is a need", () => {
    const plugin = bench.library("wants-symbol.so", "extern int somewhere; int *answer = &somewhere;");
    expect(predictLoad(plugin)).toMatchObject({ outcome: "unknown", needs: ["the symbol somewhere"] });
  });

  it("a relocation that is falsely counted as relative ends the host's process", () => {
    const name = "relocation type 0x63, counted among the relative ones";
    const path = cases.find((each) => each.name === name)?.make(bench) ?? "";
    expect(predictLoad(path)).toMatchObject({
      outcome: "crash",
      first: { check: "relocation-type", message: null, subject: "99" },
    });
  });

  it("a symbol that the host defines is none", () => {
    const plugin = bench.library("wants-host.so", "extern int host_number; int *answer = &host_number;");
    expect(predictLoad(plugin, undefined, "exporting")).toEqual({ outcome: "loads", needs: [] });
  });

  it("an executable stack is a need: glibc before 2.41", () => {
    const plugin = bench.library("stack.so", "int answer;", "-Wl,-z,execstack");
    expect(predictLoad(plugin).needs).toEqual(["glibc < 2.41, since it asks for an executable stack"]);
  });

  it("a file that is broken by itself is refused all the same", () => {
    const cut = bench.cut("short.so", plain(bench), 20);
    expect(predictLoad(cut)).toMatchObject({
      outcome: "refused",
      first: { message: `${cut}: file too short` },
    });
  });

  it("a processor is a need", () => {
    const plugin = bench.library("level.so", "int answer;", "-Wl,-z,x86-64-v3");
    expect(predictLoad(plugin).needs).toEqual(["a processor of x86-64-v3"]);
  });
});

describeWith(gcc, "with nothing known but the target's glibc", () => {
  it("a version that it has is no need", () => {
    expect(predictLoad(needsVersion("GLIBC_2.99"), { glibc: [2, 99] })).toEqual({
      outcome: "loads",
      needs: [],
    });
  });

  it("a version that it lacks is refused, in words that are not known", () => {
    expect(predictLoad(needsVersion("GLIBC_2.99"), { glibc: [2, 98] })).toMatchObject({
      outcome: "refused",
      first: { check: "symbol-version", message: null, subject: "GLIBC_2.99", host: { value: "2.98" } },
    });
  });

  it.each([
    [[2, 40], "loads"],
    [[2, 41], "refused"],
  ] as const)("an executable stack under %j: %s", (glibc, outcome) => {
    const plugin = bench.library("stack.so", "int answer;", "-Wl,-z,execstack");
    expect(predictLoad(plugin, { glibc }).outcome).toBe(outcome);
  });

  it.each([
    [[2, 34], "ELF load command alignment not page-aligned"],
    [[2, 35], undefined],
  ] as const)("a segment aligned to less than a page under %j: %s", (glibc, text) => {
    const plugin = bench.patched("fine.so", plain(bench), (patch) => patch.program(1, "p_align", 16));
    const prediction = predictLoad(plugin, { glibc });
    expect("first" in prediction ? prediction.first.message : undefined).toBe(
      text === undefined ? undefined : `${plugin}: ${text}`,
    );
  });
});
