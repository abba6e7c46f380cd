import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { disk } from "../../../src/files/disk.ts";
import { openSystem } from "../../../src/loader/elf/system.ts";
import { describeWith } from "../../support/need.ts";
import { predictFor, readHost } from "./ground.ts";
import { arm64, lackForArm64 } from "./machine.ts";
import { buildHost, Workbench } from "./workbench.ts";

/* Of which glibc the alignment of a thread's block is known; that it is so is seen where the real loaders are asked. */

const folder = mkdtempSync(join(tmpdir(), "dlopen-tls-"));
const bench = new Workbench(folder, "glibc", arm64);
const lack = lackForArm64();

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describeWith(lack, "thread-local data at fixed places on arm64", () => {
  it.each([
    [16, undefined, "loads"],
    [32, undefined, "unknown"],
    [32, [2, 34], "unknown"],
    [32, [2, 35], "loads"],
    [64, [2, 35], "refused"],
    [64, undefined, "refused"],
  ] as const)("aligned to %d under glibc %j: %s", (alignment, glibc, outcome) => {
    const plugin = bench.library(
      `aligned-${alignment}.so`,
      `__attribute__((aligned(${alignment}))) __thread char data[1000] = {1}; char *answer(void) { return data; }`,
      "-ftls-model=initial-exec",
    );
    const host = readHost({ system: openSystem({ files: disk, root: "/" }) }, buildHost(bench, "plain"));
    expect(predictFor(host, glibc && { glibc }, plugin).outcome).toBe(outcome);
  });
});
