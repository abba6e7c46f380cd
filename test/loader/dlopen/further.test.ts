import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { disk } from "../../../src/files/disk.ts";
import { openSystem } from "../../../src/loader/elf/system.ts";
import type { Obstacle } from "../../../src/loader/obstacle.ts";
import { describeWith, lackOf } from "../../support/need.ts";
import { PT } from "./elf-patch.ts";
import { plain } from "./case.ts";
import { predictFor, readHost } from "./ground.ts";
import { buildHost, Workbench } from "./workbench.ts";

const folder = mkdtempSync(join(tmpdir(), "dlopen-further-"));
const bench = new Workbench(folder, "glibc");
const gcc = lackOf("gcc");
const system = openSystem({ files: disk, root: "/" });

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function obstacles(path: string): readonly Obstacle[] {
  const prediction = predictFor(readHost({ system }, buildHost(bench, "plain")), system, path);
  return "first" in prediction ? [prediction.first, ...prediction.further] : [];
}

describeWith(gcc, "what comes after the first obstacle is fixed", () => {
  it("every missing library is listed", () => {
    const stubs = ["one", "two", "three"].map((name) =>
      bench.library(`stubs/lib${name}.so`, `int ${name};`, `-Wl,-soname,libgone-${name}.so`),
    );
    const plugin = bench.library("libraries.so", "int answer;", "-Wl,--no-as-needed", ...stubs);
    expect(obstacles(plugin).map(({ subject }) => subject)).toEqual([
      "libgone-one.so",
      "libgone-two.so",
      "libgone-three.so",
    ]);
  });

  it("every undefined symbol is listed once, those of data first", () => {
    const source =
      "int f(void), g(void); extern int v; int *p = &v, *q = &v; int answer(void) { return g() + f() + g(); }";
    expect(obstacles(bench.library("symbols.so", source)).map(({ subject }) => subject)).toEqual([
      "v",
      "f",
      "g",
    ]);
  });

  it("symbols are not listed while a library is missing that may define them", () => {
    const stub = bench.library("stub/libmissing.so", "int v;", "-Wl,-soname,libmissing.so");
    const plugin = bench.library("both.so", "extern int v, w; int *p = &v, *q = &w;", stub);
    expect(obstacles(plugin).map(({ check }) => check)).toEqual(["missing-library"]);
  });

  it("a flag does not hide an undefined symbol", () => {
    const plugin = bench.library("flag.so", "extern int v; int *p = &v;", "-Wl,-z,nodlopen");
    expect(obstacles(plugin).map(({ check }) => check)).toEqual(["no-dlopen", "undefined-symbol"]);
  });

  it("nothing follows on another machine", () => {
    const plugin = bench.patched("machine.so", plain(bench), (patch) => patch.header("e_machine", 183));
    expect(obstacles(plugin)).toMatchObject([
      { check: "machine", plugin: { value: "183" }, host: { value: "62" } },
    ]);
  });
});

describeWith(gcc, "what the files do not tell", () => {
  it("a filter for another library is unknown", () => {
    const plugin = bench.library("filter.so", "int answer;", "-Wl,-f,libnowhere.so");
    const prediction = predictFor(readHost({ system }, buildHost(bench, "plain")), system, plugin);
    expect(prediction).toMatchObject({
      outcome: "unknown",
      why: expect.stringContaining("DT_FILTER") as string,
    });
  });

  it("a table that leaves its segment is unknown", () => {
    const plugin = bench.patched("table.so", plain(bench), (patch) => patch.dynamic(8n, 1n << 40n));
    const prediction = predictFor(readHost({ system }, buildHost(bench, "plain")), system, plugin);
    expect(prediction).toMatchObject({
      outcome: "unknown",
      why: expect.stringContaining("RELA table leaves its segment") as string,
    });
  });

  it("segments that overlap are unknown", () => {
    const plugin = bench.patched("overlap.so", plain(bench), (patch) => {
      for (const at of patch.programs(PT.LOAD)) patch.put(at + 16, 8, patch.read(at, "p_offset") % 4096n);
    });
    const prediction = predictFor(readHost({ system }, buildHost(bench, "plain")), system, plugin);
    expect(prediction).toMatchObject({ outcome: "unknown" });
  });
});
