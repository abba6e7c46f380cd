import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { disk } from "../../../src/files/disk.ts";
import { openSystem } from "../../../src/loader/elf/system.ts";
import { describeWith, lackOf, notRoot } from "../../support/need.ts";
import { answerOf, predictFor, predictLoad, readHost, reallyOpen } from "./ground.ts";
import { loaders } from "./loaders.ts";
import { buildHost, Workbench } from "./workbench.ts";

const folder = mkdtempSync(join(tmpdir(), "dlopen-processor-"));

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Copies of a library: the one that has the symbol, and one that lacks it. */
type Copy = "good" | "stale";

function copies(bench: Workbench): Readonly<Record<Copy | "plugin", string>> {
  const named = "-Wl,-soname,libdep.so";
  const good = bench.library("copies/good/libdep.so", "int dep(void) { return 1; }", named);
  return {
    good,
    stale: bench.library("copies/stale/libdep.so", "int other(void) { return 1; }", named),
    plugin: bench.library(
      "copies/plugin.so",
      "int dep(void); int answer(void) { return dep(); }",
      good,
      "-Wl,-rpath,$ORIGIN",
    ),
  };
}

/** Subfolders of the plugin's folder, and what is there; "" is the folder itself. */
const layouts: readonly Readonly<Record<string, Copy>>[] = [
  { "": "good", "glibc-hwcaps/x86-64-v2": "stale" },
  { "": "stale", "glibc-hwcaps/x86-64-v2": "good" },
  { "glibc-hwcaps/x86-64-v2": "good" },
  { "": "good", "glibc-hwcaps/x86-64-v3": "stale", "glibc-hwcaps/x86-64-v2": "good" },
  { "": "good", "glibc-hwcaps/x86-64-v4": "stale" },
  { "": "good", "glibc-hwcaps/x86-64-v1": "stale" },
  { "": "good", tls: "stale" },
  { "": "good", "tls/x86_64": "stale" },
  { "": "good", x86_64: "stale" },
  { "": "good", "x86_64/tls": "stale" },
  { "": "good", haswell: "stale" },
  { "": "good", avx512_1: "stale" },
  { "": "good", "glibc-hwcaps/power9": "stale" },
  { "": "good", aarch64: "stale" },
  { "": "good", "tls/aarch64": "stale" },
  { "": "good", atomics: "stale" },
  { atomics: "good", aarch64: "good" },
];

const nameOf = (layout: Readonly<Record<string, Copy>>): string =>
  Object.entries(layout)
    .map(([at, copy]) => `${at === "" ? "." : at}: ${copy}`)
    .join(", ");

for (const { name, flavour, machine, linking, loader, lack, optional } of loaders()) {
  if (flavour !== "glibc") continue;
  describeWith(
    lack,
    `copies for better processors, ${name}`,
    () => {
      const bench = new Workbench(join(folder, machine.id, linking), flavour, machine);

      it.each(layouts.map((layout) => [nameOf(layout), layout] as const))("%s", (_, layout) => {
        if (loader === undefined) return;
        const made = copies(bench);
        const at = `cases/${layouts.indexOf(layout)}-${name.replace(/\W+/g, "-")}`;
        for (const [sub, copy] of Object.entries(layout))
          bench.write(join(at, sub, "libdep.so"), readFileSync(made[copy]));
        const plugin = bench.write(join(at, "plugin.so"), readFileSync(made.plugin));
        const host = buildHost(bench, "plain", linking);
        const told = answerOf(predictLoad(loader, host, plugin));
        const real = reallyOpen(loader, host, plugin);
        // What this machine's processor has is known, but not what an emulated one has.
        if (machine.name === "arm64" && "atomics" in layout && told.outcome === "unknown")
          expect(told.message).toContain("/atomics");
        else expect(told).toEqual(real);
      });
    },
    { optional },
  );
}

const root = join(folder, "root");
const cacheMaker = "ldconfig";

describeWith(lackOf("gcc", cacheMaker) ?? notRoot, "an unpacked system", () => {
  const bench = new Workbench(join(folder, "sysroot"), "glibc");
  const libraries = {
    "glibc-hwcaps/x86-64-v2": "/opt/lib/glibc-hwcaps/x86-64-v2",
    "glibc-hwcaps/x86-64-v3": "/opt/lib/glibc-hwcaps/x86-64-v3",
    tls: "/opt/lib/tls",
    haswell: "/opt/lib/haswell",
    "tls/x86_64": "/opt/lib/tls/x86_64",
    ".": "/opt/lib",
  };

  const put = (path: string, from: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    copyFileSync(from, join(root, path));
  };

  beforeAll(() => {
    const libc = execFileSync(bench.compiler, ["-print-file-name=libc.so.6"], { encoding: "utf8" }).trim();
    put("usr/lib/x86_64-linux-gnu/libc.so.6", realpathSync(libc));
    put("lib/x86_64-linux-gnu/libc.so.6", realpathSync(libc));
    put("lib64/ld-linux-x86-64.so.2", realpathSync("/lib64/ld-linux-x86-64.so.2"));
    put("opt/host", buildHost(bench, "plain"));
    const { good } = copies(bench);
    const plugin = bench.library("cached.so", "int dep(void); int answer(void) { return dep(); }", good);
    put("opt/plugin.so", plugin);
    mkdirSync(join(root, "etc"), { recursive: true });
    writeFileSync(join(root, "etc/ld.so.conf"), "/opt/lib\n");
  });

  /** Lays out the copies; all others are good. */
  const layOut = (stale: readonly string[]): void => {
    rmSync(join(root, "opt/lib"), { recursive: true, force: true });
    const made = copies(bench);
    for (const [name, path] of Object.entries(libraries))
      put(`${path}/libdep.so`, made[stale.includes(name) ? "stale" : "good"]);
    execFileSync(cacheMaker, ["-r", root], { stdio: "ignore" });
  };
  const predict = (isaLevels?: number) => {
    const system = openSystem({ files: disk, root, ...(isaLevels === undefined ? {} : { isaLevels }) });
    const host = readHost({ system }, join(root, "opt/host"));
    return predictFor(host, system, join(root, "opt/plugin.so"));
  };
  const real = () => reallyOpen({ command: ["/usr/sbin/chroot", root] }, "/opt/host", "/opt/plugin.so");

  const own = openSystem({ files: disk, root: "/" }).isaLevels ?? 1;

  it.each([[[]], ...Object.keys(libraries).map((name) => [[name]]), [Object.keys(libraries)]])(
    "takes the entry of ld.so.cache for its processor, if %j lack the symbol",
    (stale) => {
      layOut(stale);
      const told = answerOf(predict(own));
      const message = told.message?.replaceAll(root, "") ?? null;
      expect({ ...told, message }).toEqual(real());
    },
  );

  it("says what all copies answer", () => {
    layOut([]);
    expect(predict()).toEqual({ outcome: "loads", needs: [] });
    layOut(Object.keys(libraries));
    expect(predict()).toMatchObject({ outcome: "refused", first: { subject: "dep" } });
  });

  it("does not know which copy is opened if they differ", () => {
    layOut(["glibc-hwcaps/x86-64-v3"]);
    expect(predict()).toEqual({
      outcome: "unknown",
      why: expect.stringContaining("/opt/lib/glibc-hwcaps/x86-64-v3") as string,
      needs: [],
    });
  });

  it.each([
    [1, "loads"],
    [3, "loads"],
    [7, "refused"],
    [15, "refused"],
  ])("knows it by the processor's levels %i: %s", (levels, outcome) => {
    layOut(["glibc-hwcaps/x86-64-v3"]);
    expect(predict(levels)).toMatchObject({ outcome });
  });
});
