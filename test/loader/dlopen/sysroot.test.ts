import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { disk } from "../../../src/files/disk.ts";
import { RootFolder } from "../../../src/loader/elf/root-folder.ts";
import { openSystem } from "../../../src/loader/elf/system.ts";
import { describeWith, lackOf, notRoot } from "../../support/need.ts";
import { laterDebian } from "./debian.ts";
import { answerOf, predictFor, readHost, reallyOpen } from "./ground.ts";
import { buildHost, Workbench } from "./workbench.ts";

const folder = mkdtempSync(join(tmpdir(), "dlopen-sysroot-"));
const root = join(folder, "root");
const bench = new Workbench(join(folder, "bench"), "glibc");
const later = laterDebian();

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function place(path: string, from: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  copyFileSync(from, join(root, path));
}

describe("a root folder", () => {
  beforeAll(() => {
    mkdirSync(join(root, "etc"), { recursive: true });
    writeFileSync(join(root, "etc/name"), "inside");
    writeFileSync(join(folder, "outside"), "outside");
    symlinkSync("/etc/name", join(root, "absolute"));
    symlinkSync("../../../../outside", join(root, "upwards"));
    symlinkSync("/etc", join(root, "folder"));
    symlinkSync("loop", join(root, "loop"));
  });

  it.each([
    ["/etc/name", "etc/name"],
    ["/absolute", "etc/name"],
    ["/folder/name", "etc/name"],
    ["/../../etc/./name", "etc/name"],
  ])("has %s at %s", (path, file) => {
    expect(new RootFolder(disk, root).locate(path)).toBe(join(root, file));
  });

  it.each(["/upwards", "/loop", "/nowhere", "/../outside"])("has no %s", (path) => {
    expect(new RootFolder(disk, root).locate(path)).toBeUndefined();
  });
});

describeWith(
  lackOf("gcc") ?? notRoot ?? ("missing" in later ? later.missing : undefined),
  "an unpacked system",
  () => {
    beforeAll(() => {
      if ("missing" in later) return;
      const from = join(later.root, "usr/lib/x86_64-linux-gnu");
      for (const name of readdirSync(from).filter((each) =>
        /^(libc|libm|libdl|ld-linux-x86-64)\.so/.test(each),
      ))
        place(`usr/lib/x86_64-linux-gnu/${name}`, join(from, name));
      symlinkSync("/usr/lib", join(root, "lib"));
      symlinkSync("usr/lib", join(root, "lib64"));
      symlinkSync("x86_64-linux-gnu/ld-linux-x86-64.so.2", join(root, "usr/lib/ld-linux-x86-64.so.2"));
      place("opt/host", buildHost(bench, "plain"));
      const other = bench.library("libother.so", "int other;", "-Wl,-soname,libother.so");
      place("opt/private/libother.so", other);
      const finds = ["-Wl,-rpath,$ORIGIN/private"];
      place(
        "opt/by-origin.so",
        bench.library("by-origin.so", "extern int other; int *p = &other;", other, ...finds),
      );
      place(
        "opt/absolute.so",
        bench.library("absolute.so", "extern int other; int *p = &other;", other, "-Wl,-rpath,/opt/private"),
      );
      place("opt/nowhere.so", bench.library("nowhere.so", "extern int other; int *p = &other;", other));
      place("opt/stack.so", bench.library("stack.so", "int p;", "-Wl,-z,execstack"));
      place(
        "opt/version.so",
        bench.patched(
          "version.so",
          bench.library("puts.so", 'int puts(const char *); int p(void) { return puts(""); }'),
          (patch) => patch.text("GLIBC_2.2.5", "GLIBC_2.2.9"),
        ),
      );
      place(
        "opt/libm.so",
        bench.library("libm-user.so", "double cos(double); double p(double x) { return cos(x); }", "-lm"),
      );
    });

    it.each(["by-origin", "absolute", "nowhere", "stack", "version", "libm"])(
      "opens %s.so as was predicted",
      (name) => {
        const path = `/opt/${name}.so`;
        const system = openSystem({ files: disk, root });
        const host = readHost({ system }, join(root, "opt/host"));
        const real = reallyOpen({ command: ["/usr/sbin/chroot", root] }, "/opt/host", path);
        const told = answerOf(predictFor(host, system, join(root, path)));
        expect({ ...told, message: told.message?.replaceAll(`${root}/opt`, "/opt") ?? null }).toEqual(real);
      },
    );

    it("fits the host that is built for it", () => {
      const system = openSystem({ files: disk, root });
      expect(system.fits(readHost({ system }, join(root, "opt/host")))).toBe(true);
    });

    it("does not fit a host whose loader it lacks", () => {
      const system = openSystem({ files: disk, root });
      const host = readHost({ system }, join(root, "opt/host"));
      expect(system.fits({ ...host, interpreter: "/lib/ld-musl-x86_64.so.1" })).toBe(false);
    });
  },
  { optional: true },
);

/** The C library in the folder that is searched, and the loader only where PT_INTERP names it. */
describeWith(
  lackOf("gcc") ??
    notRoot ??
    (existsSync("/lib/x86_64-linux-gnu/libc.so.6") ? undefined : "not an x86-64 Debian"),
  "an image FROM scratch",
  () => {
    const scratch = join(folder, "scratch");
    const into = (path: string, from: string): void => {
      mkdirSync(dirname(join(scratch, path)), { recursive: true });
      copyFileSync(from, join(scratch, path));
    };

    beforeAll(() => {
      into("lib/x86_64-linux-gnu/libc.so.6", "/lib/x86_64-linux-gnu/libc.so.6");
      into("lib64/ld-linux-x86-64.so.2", "/lib64/ld-linux-x86-64.so.2");
      into("opt/host", buildHost(bench, "plain"));
      const linking = (name: string, soname: string): string => {
        const stub = bench.library(`scratch/${name}-stub.so`, "int stub;", `-Wl,-soname,${soname}`);
        return bench.library(
          `scratch/${name}.so`,
          'int puts(const char *); int p(void) { return puts(""); }',
          "-Wl,--no-as-needed",
          stub,
        );
      };
      into(
        "opt/plain.so",
        bench.library("scratch/plain.so", 'int puts(const char *); int p(void) { return puts(""); }'),
      );
      into("opt/loader.so", linking("loader", "ld-linux-x86-64.so.2"));
      into("opt/loader-path.so", linking("loader-path", "/lib64/ld-linux-x86-64.so.2"));
      into("opt/vdso.so", linking("vdso", "linux-vdso.so.1"));
      into("opt/math.so", linking("math", "libm.so.6"));
    });

    it.each(["plain", "loader", "loader-path", "vdso", "math"])("opens %s.so as was predicted", (name) => {
      const path = `/opt/${name}.so`;
      const system = openSystem({ files: disk, root: scratch });
      const host = readHost({ system }, join(scratch, "opt/host"));
      const real = reallyOpen({ command: ["/usr/sbin/chroot", scratch] }, "/opt/host", path);
      expect(answerOf(predictFor(host, system, join(scratch, path)))).toEqual(real);
      expect(real.outcome).toBe(name === "math" ? "refused" : "loads");
    });

    it("does not start the host without its loader", () => {
      const system = openSystem({ files: disk, root: scratch, loader: "/lib64/ld-other.so.2" });
      const host = readHost({ system }, join(scratch, "opt/host"));
      expect(predictFor(host, system, join(scratch, "opt/plain.so"))).toMatchObject({
        outcome: "refused",
        first: { ofHost: true, subject: "/lib64/ld-other.so.2" },
      });
    });
  },
);

describeWith(
  lackOf("gcc") ?? (existsSync("/lib/x86_64-linux-gnu/libc.so.6") ? undefined : "not an x86-64 Debian"),
  "a library",
  () => {
    const answer = (name: string, from: string, ...flags: readonly string[]) => {
      const system = openSystem({ files: disk, root: "/" });
      const host = readHost({ system }, buildHost(bench, "plain"));
      const path = bench.library(name, "extern int other; int *p = &other;", from, ...flags);
      return predictFor(host, system, path);
    };
    const named = (soname: string): string =>
      bench.library(`${soname.replace(/\W/g, "-")}.so`, "int other;", `-Wl,-soname,${soname}`);

    it.each([
      ["in a relative folder of DT_RUNPATH", "libwork.so", "sub", "sub is relative to"],
      ["in an empty element of DT_RUNPATH", "libwork.so", ":/opt", "an empty search path is"],
      ["with a relative slash in DT_NEEDED", "./libwork.so", undefined, ". is relative to"],
    ])("%s is where the host's process works, which is unknown", (what, soname, runpath, why) => {
      const flags = runpath === undefined ? [] : [`-Wl,-rpath,${runpath}`];
      const prediction = answer(`${what.replace(/\W/g, "-")}.so`, named(soname), ...flags);
      expect(prediction).toMatchObject({
        outcome: "unknown",
        why: expect.stringContaining(
          `${why} the working folder of the host's process, which is not known`,
        ) as string,
      });
    });

    it("that is found before a relative folder is searched needs no working folder", () => {
      const library = named("libfound.so");
      symlinkSync(library, bench.path("libfound.so"));
      expect(answer("found.so", library, "-Wl,-rpath,$ORIGIN:sub")).toMatchObject({ outcome: "loads" });
    });

    it("that is a loop of links is missing, in the loader's words", () => {
      symlinkSync("libloop.so", bench.path("loop/libloop.so"));
      const path = ["-Wl,--disable-new-dtags", `-Wl,-rpath,${bench.path("loop")}`];
      // The last place that is tried says why.
      expect(new RootFolder(disk, "/").isLoop({ path: bench.path("loop"), here: false }, "libloop.so")).toBe(
        true,
      );
      expect(answer("loop.so", named("libloop.so"), ...path)).toMatchObject({ outcome: "refused" });
    });
  },
);
