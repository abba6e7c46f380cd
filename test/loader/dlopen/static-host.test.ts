import { copyFileSync, mkdtempSync, mkdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { disk } from "../../../src/files/disk.ts";
import { openSystem, type SystemOptions } from "../../../src/loader/elf/system.ts";
import type { Target } from "../../../src/loader/dlopen/predict.ts";
import type { Prediction } from "../../../src/loader/prediction.ts";
import { describeWith, lackOf, notRoot } from "../../support/need.ts";
import { plain } from "./case.ts";
import { laterDebian } from "./debian.ts";
import { answerOf, predictLoad, predictFor, readHost, reallyOpen, type Answer } from "./ground.ts";
import { buildHost, hostSource, Workbench } from "./workbench.ts";

const folder = mkdtempSync(join(tmpdir(), "dlopen-static-"));
const bench = new Workbench(join(folder, "glibc"), "glibc");
const muslBench = new Workbench(join(folder, "musl"), "musl");
const gnu = lackOf("gcc");
const musl = lackOf("musl-gcc");
const here = { system: openSystem({ files: disk, root: "/" }) };
const own = { name: "its own", command: [], ...here };

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Needs the C library. */
function calling(): string {
  return bench.library("calling.so", 'int puts(const char *); int answer(void) { return puts(""); }');
}

/** Needs nothing. */
function alone(): string {
  return bench.library("alone.so", "int answer;", "-nostdlib");
}

/** What was predicted and what came of it. */
function both(host: string, path: string): readonly [Answer, Answer] {
  return [answerOf(predictLoad(own, host, path)), reallyOpen(own, host, path)];
}

describeWith(gnu, "a static host of glibc", () => {
  const threaded = (): string => buildHost(bench, "plain", "static");
  const program = (name: string, ...flags: readonly string[]): string =>
    bench.compile(`hosts/${name}`, hostSource, "-static", ...flags);

  it.each([
    ["700", "loads"],
    ["900", "refused"],
  ])("has room for %s bytes of thread-local data at fixed places: %s", (size, outcome) => {
    const source = `__thread char data[${size}] = {1}; char *answer(void) { return data; }`;
    const path = bench.library(`tls-${size}.so`, source, "-ftls-model=initial-exec", "-nostdlib");
    const [told, real] = both(threaded(), path);
    expect(told).toEqual(real);
    expect(told.outcome).toBe(outcome);
  });

  it("makes an executable stack where none of its data are read-only", () => {
    const host = program("norelro", "-Wl,--undefined=pthread_create", "-Wl,-z,norelro");
    const [told, real] = both(host, bench.library("stack.so", "int p;", "-Wl,-z,execstack"));
    expect(told).toEqual(real);
  });

  it("without threads loads what needs no library", () => {
    const [told, real] = both(program("no-threads"), alone());
    expect(told).toEqual(real);
    expect(told.outcome).toBe("loads");
  });

  it("without threads is not known to fit the C library that it would load", () => {
    const told = predictLoad(own, program("no-threads"), calling());
    expect(told).toMatchObject({ outcome: "unknown" });
    expect("why" in told && told.why).toContain("of an unknown release");
  });

  it("without threads refuses a broken file in the same words", () => {
    const [told, real] = both(program("no-threads"), bench.cut("short.so", plain(bench), 20));
    expect(told).toEqual(real);
    expect(told.outcome).toBe("refused");
  });

  it.each([
    ["a search path", "-Wl,-rpath,/opt"],
    ["exported symbols", "-Wl,--export-dynamic"],
  ])("that is a static PIE with %s is left open", (_, flag) => {
    const host = bench.compile("hosts/odd", hostSource, "-static-pie", flag);
    expect(predictLoad(own, host, plain(bench)).outcome).toBe("unknown");
  });

  it.each(["plain", "calling"])("opens as a static PIE what was predicted: %s", (kind) => {
    const host = bench.compile("hosts/pie", hostSource, "-static-pie", "-Wl,--undefined=pthread_create");
    const [told, real] = both(host, kind === "plain" ? plain(bench) : calling());
    expect(told).toEqual(real);
  });

  it("fits a system that has its C library", () => {
    expect(here.system.fits(readHost(here, threaded()))).toBe(true);
  });

  it("does not fit a system without one", () => {
    const root = join(folder, "empty");
    mkdirSync(root, { recursive: true });
    expect(openSystem({ files: disk, root }).fits(readHost(here, threaded()))).toBe(false);
  });

  describe("without the target's files", () => {
    const told = (host: string, path: string, target?: Target): Prediction =>
      predictFor(readHost(here, host), target, path);

    it("needs exactly its own glibc release on the target", () => {
      const { needs } = told(threaded(), calling());
      expect(needs).toContainEqual(
        expect.stringMatching(/^exactly the glibc release that is linked into the host, 2\.\d+$/),
      );
    });

    it("needs it unnamed where it does not tell its own", () => {
      const { needs } = told(program("no-threads"), calling());
      expect(needs).toContain("exactly the glibc release that is linked into the host");
    });

    it("needs nothing for a library that needs nothing", () => {
      expect(told(threaded(), alone())).toEqual({ outcome: "loads", needs: [] });
    });

    it("is left open on a target of another release", () => {
      expect(told(threaded(), calling(), { glibc: [2, 99] })).toMatchObject({ outcome: "unknown" });
    });
  });
});

const later = laterDebian();
const lack = gnu ?? ("missing" in later ? later.missing : undefined);

describeWith(lack, "a static host of glibc with another release of it", anotherRelease, { optional: true });

function anotherRelease(): void {
  const libraries = "missing" in later ? "" : join(later.root, "usr/lib/x86_64-linux-gnu");
  const options: SystemOptions = { files: disk, root: "/", libraryPath: [libraries] };
  const other = { name: "other", command: ["/usr/bin/env", `LD_LIBRARY_PATH=${libraries}`] };
  const loader = { ...other, system: openSystem(options) };

  it("refuses what lacks a symbol in the same words", () => {
    const path = bench.library(
      "lacking.so",
      'int puts(const char *), nowhere(void); int answer(void) { return puts("") + nowhere(); }',
    );
    const host = buildHost(bench, "plain", "static");
    const told = answerOf(predictLoad(loader, host, path));
    expect(told).toEqual(reallyOpen(loader, host, path));
    expect(told.outcome).toBe("refused");
  });

  it("is left open, and dies", () => {
    const host = buildHost(bench, "plain", "static");
    expect(predictLoad(loader, host, calling())).toMatchObject({
      outcome: "unknown",
      why: expect.stringContaining("2.41") as unknown,
    });
    expect(reallyOpen(loader, host, calling()).outcome).toBe("crash");
  });
}

describeWith(
  gnu ?? notRoot,
  "a static host of glibc in a system without it",
  () => {
    it.each(["calling", "alone"])("opens %s.so as was predicted", (name) => {
      const root = join(folder, "root");
      mkdirSync(root, { recursive: true });
      copyFileSync(buildHost(bench, "plain", "static"), join(root, "host"));
      copyFileSync(name === "calling" ? calling() : alone(), join(root, `${name}.so`));
      const system = openSystem({ files: disk, root });
      const real = reallyOpen({ command: ["/usr/sbin/chroot", root] }, "/host", `/${name}.so`);
      const path = join(root, `${name}.so`);
      expect(answerOf(predictFor(readHost({ system }, join(root, "host")), system, path))).toEqual(real);
    });
  },
  { optional: true },
);

describeWith(musl, "a static host of musl", () => {
  it("refuses every file in the same words", () => {
    const host = muslBench.compile("hosts/static", hostSource, "-static");
    const [told, real] = both(host, plain(muslBench));
    expect(told).toEqual(real);
    expect(told).toEqual({ outcome: "refused", message: "Dynamic loading not supported" });
  });

  it("refuses a missing file in the same words", () => {
    const host = muslBench.compile("hosts/static", hostSource, "-static");
    const [told, real] = both(host, muslBench.path("nowhere.so"));
    expect(told).toEqual(real);
  });

  it("that does not call dlopen has no loader", () => {
    const host = muslBench.compile("hosts/silent", "int main(void) { return 0; }", "-static");
    expect(predictLoad(own, host, plain(muslBench))).toMatchObject({
      outcome: "refused",
      first: { check: "no-loader", message: null, ofHost: true },
    });
  });
});
