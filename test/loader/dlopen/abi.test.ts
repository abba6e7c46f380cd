import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { disk } from "../../../src/files/disk.ts";
import { GlibcAbi } from "../../../src/loader/glibc/abi.ts";
import { abiLists } from "../../../src/loader/glibc/generated/abi.ts";
import { openSystem } from "../../../src/loader/elf/system.ts";
import type { Prediction } from "../../../src/loader/prediction.ts";
import { EM_AARCH64, EM_X86_64 } from "../../../src/object/elf/constants.ts";
import { openElf } from "../../../src/object/elf/file.ts";
import { Image } from "../../../src/object/image.ts";
import { describeWith, lackOf } from "../../support/need.ts";
import { laterDebian } from "./debian.ts";
import { answerOf, predictFor, readHost, reallyOpen } from "./ground.ts";
import { buildHost, Workbench } from "./workbench.ts";

const folder = mkdtempSync(join(tmpdir(), "glibc-abi-"));
const bench = new Workbench(folder, "glibc");
const gcc = lackOf("gcc");

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const system = openSystem({ files: disk, root: "/" });

/** What a real library defines for others: "puts GLIBC_2.2.5". */
function definedBy(path: string): ReadonlySet<string> {
  const image = Image.open(disk, path);
  try {
    const symbols = openElf(image).dynamicSymbols.filter(
      ({ defined, version, binding }) =>
        defined && binding !== "local" && (version ?? "").startsWith("GLIBC_2"),
    );
    // The symbols of the versions themselves are named as they are.
    return new Set(
      symbols
        .filter(({ name }) => !name.startsWith("GLIBC_"))
        .map(({ name, version = "" }) => `${name} ${version}`),
    );
  } finally {
    image.close();
  }
}

function listed(abi: GlibcAbi, machine: keyof typeof abiLists, library: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const line of abiLists[machine].trim().split("\n")) {
    const [name, version = "", ...symbols] = line.split(" ");
    if (name !== library) continue;
    for (const symbol of symbols) {
      const [plain = ""] = /^[^<>]+/.exec(symbol) ?? [];
      if (abi.find(plain, version, [library]) === "there") found.add(`${plain} ${version}`);
    }
  }
  return found;
}

const LIBRARIES = [
  "libc.so.6",
  "libm.so.6",
  "libresolv.so.2",
  "libpthread.so.0",
  "libdl.so.2",
  "librt.so.1",
  "libutil.so.1",
  "libanl.so.1",
];

interface Real {
  readonly name: string;
  readonly folder: string;
  readonly machine: keyof typeof abiLists;
  readonly release: readonly number[];
  readonly lack: string | undefined;
}

const [trixie, trixieArm] = [laterDebian(), laterDebian("arm64")];
const ownRelease = system.glibc("/lib/x86_64-linux-gnu/libc.so.6").release ?? [];

const reals: readonly Real[] = [
  {
    name: `glibc ${ownRelease.join(".")} of this machine`,
    folder: "/lib/x86_64-linux-gnu",
    machine: "x86_64",
    release: ownRelease,
    lack: existsSync("/lib/x86_64-linux-gnu/libc.so.6") ? undefined : "not an x86-64 Debian",
  },
  {
    name: "glibc 2.41",
    folder: "root" in trixie ? join(trixie.root, "usr/lib/x86_64-linux-gnu") : "",
    machine: "x86_64",
    release: [2, 41],
    lack: "missing" in trixie ? trixie.missing : undefined,
  },
  {
    name: "glibc 2.41 on arm64",
    folder: "root" in trixieArm ? join(trixieArm.root, "usr/lib/aarch64-linux-gnu") : "",
    machine: "aarch64",
    release: [2, 41],
    lack: "missing" in trixieArm ? trixieArm.missing : undefined,
  },
];

describe.each(reals)("the list of $name", ({ folder: where, machine, release, lack }) => {
  describeWith(
    lack,
    "is what is really there",
    () => {
      it.each(LIBRARIES)("in %s", (library) => {
        const abi = GlibcAbi.of(machine === "x86_64" ? EM_X86_64 : EM_AARCH64, 64, release);
        if (abi === undefined) throw new Error("not listed");
        expect([...listed(abi, machine, library)].sort()).toEqual(
          [...definedBy(join(where, library))].sort(),
        );
      });
    },
    { optional: true },
  );
});

describe("a release of glibc", () => {
  const of = (minor: number): GlibcAbi => {
    const abi = GlibcAbi.of(EM_X86_64, 64, [2, minor]);
    if (abi === undefined) throw new Error("not listed");
    return abi;
  };

  it.each([[16], [43]])("2.%i is not listed", (minor) => {
    expect(GlibcAbi.of(EM_X86_64, 64, [2, minor])).toBeUndefined();
  });

  it("of another machine or of 32 bits is not listed", () => {
    expect(GlibcAbi.of(243, 64, [2, 36])).toBeUndefined();
    expect(GlibcAbi.of(EM_X86_64, 32, [2, 36])).toBeUndefined();
  });

  it.each([
    ["__res_search", "libresolv.so.2", "libc.so.6"],
    ["dlopen", "libdl.so.2", "libc.so.6"],
    ["pthread_create", "libpthread.so.0", "libc.so.6"],
    ["timer_create", "librt.so.1", "libc.so.6"],
    ["forkpty", "libutil.so.1", "libc.so.6"],
  ])("has %s in %s, and from 2.34 on in %s", (name, before, since) => {
    const where = (minor: number, library: string): string => of(minor).find(name, "GLIBC_2.2.5", [library]);
    expect([where(33, before), where(33, since)]).toEqual(["there", "missing"]);
    expect([where(34, before), where(34, since)]).toEqual(["missing", "there"]);
  });

  it("has what librt links before 2.34", () => {
    expect([...of(31).closure(["librt.so.1"])]).toEqual([
      "librt.so.1",
      "libc.so.6",
      "libpthread.so.0",
      "ld-linux-x86-64.so.2",
    ]);
  });

  it("does not say which version a reference without one is bound to, unless it is the oldest", () => {
    expect(of(36).find("puts", undefined, ["libc.so.6"])).toBe("there");
    expect(of(36).find("arc4random", undefined, ["libc.so.6"])).toBe("unknown");
    expect(of(36).find("host_api_v1", undefined, ["libc.so.6"])).toBe("missing");
  });

  it("does not list its private symbols", () => {
    expect(of(36).find("__libc_dlopen_mode", "GLIBC_PRIVATE", ["libc.so.6"])).toBe("unknown");
  });
});

describeWith(gcc, "--target-glibc alone", () => {
  const predict = (path: string, glibc: readonly number[]): Prediction =>
    predictFor(
      { ...readHost({ system }, buildHost(bench, "plain")), program: oldProgram() },
      { glibc },
      path,
    );

  /** The host, as if it were built with an old glibc: it starts everywhere. */
  function oldProgram() {
    const { program } = readHost({ system }, buildHost(bench, "plain"));
    return { ...program, versionNeeds: [] };
  }

  const search = (): string =>
    bench.library("search.so", "int __res_search(void); int (*place)(void) = __res_search;");

  it("answers for a symbol that moved into libc.so.6", () => {
    const path = search();
    expect(predict(path, [2, 36])).toEqual({ outcome: "loads", needs: [] });
    expect(predict(path, [2, 34])).toEqual({ outcome: "loads", needs: [] });
    expect(answerOf(predict(path, [2, 31]))).toEqual({
      outcome: "refused",
      message: `${path}: undefined symbol: __res_search`,
    });
  });

  it("says what this machine's own loader says, with its own release", () => {
    const nowhere = bench.library("host-api.so", "int host_api_v1(void); int (*place)(void) = host_api_v1;");
    for (const path of [search(), nowhere]) {
      expect(answerOf(predict(path, ownRelease))).toEqual(
        reallyOpen({ command: [] }, buildHost(bench, "plain"), path),
      );
    }
  });

  it("knows the library that moved, if the file links it", () => {
    const path = bench.library(
      "search-linked.so",
      "int __res_search(void); int (*place)(void) = __res_search;",
      "-Wl,--no-as-needed",
      "-lresolv",
    );
    expect(predict(path, [2, 31])).toEqual({ outcome: "loads", needs: [] });
  });

  it("leaves open what another library may define", () => {
    const other = bench.library("other/libsome.so.1", "int some;", "-Wl,-soname,libsome.so.1");
    const path = bench.library(
      "may.so",
      "int host_api_v1(void); int (*place)(void) = host_api_v1;",
      "-Wl,--no-as-needed",
      other,
    );
    expect(predict(path, [2, 36])).toMatchObject({
      outcome: "unknown",
      needs: ["libsome.so.1", "the symbol host_api_v1"],
    });
  });

  it("leaves open what a release that is not listed has", () => {
    expect(predict(search(), [2, 99])).toMatchObject({
      outcome: "unknown",
      needs: ["the symbol __res_search"],
    });
  });

  it("refuses a version that a release has with a symbol that it does not", () => {
    const map = bench.write("libc-stub.map", "GLIBC_2.2.5 { global: no_such_function; };");
    const stub = bench.library(
      "stub-libc/libc.so.6",
      "int no_such_function;",
      `-Wl,--version-script=${map},-soname,libc.so.6`,
      "-nostdlib",
    );
    const path = bench.library(
      "no-such.so",
      "extern int no_such_function; int *place = &no_such_function;",
      "-nostdlib",
      stub,
    );
    const answer = {
      outcome: "refused",
      message: `${path}: undefined symbol: no_such_function, version GLIBC_2.2.5`,
    };
    expect(answerOf(predict(path, ownRelease))).toEqual(answer);
    expect(reallyOpen({ command: [] }, buildHost(bench, "plain"), path)).toEqual(answer);
  });

  it("does not start a host that was linked against a later one", () => {
    const host = readHost({ system }, buildHost(bench, "plain"));
    expect(predictFor(host, { glibc: [2, 2] }, search())).toMatchObject({
      outcome: "refused",
      first: { check: "symbol-version", ofHost: true, message: null },
    });
  });
});
