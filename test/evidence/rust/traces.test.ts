import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { known, unknown } from "../../../src/evidence/fact.ts";
import { rustCrates } from "../../../src/evidence/rust/crates.ts";
import { rustLibrary, sameRustToolchain } from "../../../src/evidence/rust/library.ts";
import { readRustTraces, type RustTraces } from "../../../src/evidence/rust/traces.ts";
import { counted, open } from "../../support/elf-open.ts";
import { buildElf } from "../../support/elf-builder.ts";
import { openElf } from "../../../src/object/elf/file.ts";
import { open as openMacho } from "../../support/macho-open.ts";

const commit = "59807616e1fa2540724bfbac14d7976d7e4a3860";
const nightly = "b56aaec52bc0fa35591a872fb4aac81f606e265c";
const mebibyte = 1024 * 1024;

function tracesOf(content: string | Buffer, name = ".rodata"): RustTraces {
  return readRustTraces(open({ sections: [{ name, content }] }));
}

function cratesIn(text: string): readonly string[] {
  return tracesOf(text).crates.map(({ name, version }) => `${name}@${version}`);
}

function registry(crate: string): string {
  return `/home/me/.cargo/registry/src/index.crates.io-1949cf8c6b5b557f/${crate}/src/lib.rs`;
}

describe("the standard library by the paths of its panics", () => {
  test("commit of a path in .rodata, between other texts", () => {
    const { commit: found } = rustLibrary(
      tracesOf(`some text/rustc/${commit}/library/core/src/num.rsmore text`),
    );
    expect(found).toEqual(known(commit, ".rodata"));
  });

  test("release of a stable commit", () => {
    expect(rustLibrary(tracesOf(`/rustc/${commit}/library/alloc/src/vec.rs`)).release).toEqual(
      known("1.95.0", "commit in .rodata"),
    );
  });

  test("release of another commit is unknown", () => {
    expect(rustLibrary(tracesOf(`/rustc/${nightly}/library/alloc/src/vec.rs`)).release).toEqual(
      unknown(`commit ${nightly} is not known to be that of a stable release`),
    );
  });

  test("a path with a release in place of the commit", () => {
    const { commit: none, release } = rustLibrary(tracesOf("/rustc/1.85.0/library/core/src/num.rs"));
    expect(release).toEqual(known("1.85.0", ".rodata"));
    expect(none).toEqual(unknown("the path /rustc/1.85.0/library/ in .rodata has no commit"));
  });

  test("a path as Debian makes it", () => {
    expect(rustLibrary(tracesOf("/usr/src/rustc-1.63.0/library/core/src/num.rs")).release).toEqual(
      known("1.63.0", ".rodata"),
    );
  });

  test("a path as it is on Windows, where it was built", () => {
    expect(tracesOf(`/rustc/${commit}\\library\\std\\src\\io.rs`).libraries).toMatchObject([{ commit }]);
  });

  test("two standard libraries in one file are both named", () => {
    const both = `/rustc/${commit}/library/core/a.rs /rustc/${nightly}/library/core/b.rs`;
    expect(rustLibrary(tracesOf(both)).commit).toEqual(
      unknown(`the read-only data names several standard libraries: ${commit}, ${nightly}`),
    );
  });

  test("a commit of another length is none", () => {
    expect(
      tracesOf(`/rustc/${commit}0/library/core/a.rs /rustc/${commit.slice(1)}/library/a.rs`).libraries,
    ).toEqual([]);
  });

  test("none in the whole read-only data", () => {
    expect(rustLibrary(tracesOf("nothing")).commit).toEqual(
      unknown(
        "no path of the standard library in the read-only data: it is not linked in, or was built elsewhere",
      ),
    );
  });

  test("a writable section is not searched", () => {
    const content = `/rustc/${commit}/library/core/src/num.rs`;
    const file = open({
      sections: [
        { name: ".data", content, writable: true },
        { name: ".rodata", content: "x" },
      ],
    });
    expect(readRustTraces(file).libraries).toEqual([]);
  });

  test("data that is read-only once it is relocated is", () => {
    expect(tracesOf(`/rustc/${commit}/library/core/src/num.rs`, ".data.rel.ro").libraries).toHaveLength(1);
  });

  test("without section headers the read-only segment is searched", () => {
    const content = `/rustc/${commit}/library/core/src/num.rs`;
    const file = open({ sections: [{ name: ".rodata", content }], sectionHeaders: false });
    expect(readRustTraces(file).libraries).toMatchObject([
      { commit, from: expect.stringMatching(/^the read-only segment at 0x[0-9a-f]+$/) as string },
    ]);
  });

  test.each([
    ["__TEXT", "__const"],
    ["__TEXT", "__cstring"],
    ["__DATA_CONST", "__const"],
  ])("in Mach-O's %s,%s", (segment, name) => {
    const bytes = `/rustc/${commit}/library/core/src/num.rs`;
    const file = openMacho({ segments: [{ name: segment, sections: [{ name, bytes }] }] });
    expect(readRustTraces(file).libraries).toMatchObject([{ commit, from: `${segment},${name}` }]);
  });

  test("not in Mach-O's code", () => {
    const bytes = `/rustc/${commit}/library/core/src/num.rs`;
    const file = openMacho({ segments: [{ name: "__TEXT", sections: [{ name: "__text", bytes }] }] });
    expect(readRustTraces(file).libraries).toEqual([]);
  });
});

describe("the search", () => {
  test("finds a text on the border of two reads", () => {
    const path = `/rustc/${commit}/library/core/src/num.rs`;
    const border = 256 * 1024;
    for (const before of [1, 20, path.length - 1]) {
      const content = Buffer.concat([Buffer.alloc(border - before), Buffer.from(path), Buffer.alloc(100)]);
      expect(tracesOf(content).libraries).toHaveLength(1);
    }
  });

  test("counts a text on the border of two reads once", () => {
    const content = Buffer.concat([Buffer.alloc(256 * 1024 - 30), Buffer.from(registry("slab-0.4.9"))]);
    expect(tracesOf(content).crates).toHaveLength(1);
  });

  test("ends after 8 MiB and does not call the rest searched", () => {
    const content = Buffer.concat([
      Buffer.alloc(8 * mebibyte),
      Buffer.from(`/rustc/${commit}/library/core/`),
    ]);
    expect(rustLibrary(tracesOf(content)).commit).toEqual(
      unknown("no path of the standard library in the read-only data: only the first 8 MiB were searched"),
    );
  });

  test("reads no more than it searches", () => {
    const source = counted(
      buildElf({ sections: [{ name: ".rodata", content: Buffer.alloc(20 * mebibyte) }] }),
    );
    readRustTraces(openElf(source));
    expect(source.total).toBeLessThan(8.2 * mebibyte);
  });

  test("ends early in a file that is made of hits", () => {
    expect(tracesOf("/rustc/".repeat(mebibyte)).searched.gap).toBe("it contains too many matching texts");
  });

  test("ends early in a file that names thousands of packages", () => {
    const many = Array.from({ length: 5000 }, (_, index) => registry(`p${index}-1.0.0`)).join("\n");
    expect(tracesOf(many).searched.gap).toBe("it names too many packages");
  });

  test("says where a section leads nowhere", () => {
    const file = open({
      sections: [{ name: ".rodata", content: "x" }],
      patch: [{ section: ".rodata", field: "sh_addr", value: 2n ** 60n }],
    });
    expect(rustLibrary(readRustTraces(file)).commit).toMatchObject({
      known: false,
      why: expect.stringMatching(/read-only data: address of \.rodata has no file content/) as string,
    });
  });

  test("finds what is before a section that leads nowhere", () => {
    const file = open({
      sections: [
        { name: ".rodata", content: `/rustc/${commit}/library/core/` },
        { name: ".rodata.more", content: "x" },
      ],
      patch: [{ section: ".rodata.more", field: "sh_addr", value: 2n ** 60n }],
    });
    expect(readRustTraces(file).libraries).toHaveLength(1);
  });

  test("takes any bytes", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("/rustc/", commit, "/library/", "registry/src/", "-1.0.0/", "x", "\0")),
        (parts) => {
          const { searched } = tracesOf(parts.join("") || " ");
          expect(searched.gap).toBeUndefined();
        },
      ),
    );
  });
});

describe("packages by their paths in Cargo's registry", () => {
  test.each([
    ["serde-1.0.219", "serde@1.0.219"],
    ["windows-x86_64-0.48.0", "windows-x86_64@0.48.0"],
    ["base-2-encode-0.3.1-alpha.2+build.5", "base-2-encode@0.3.1-alpha.2+build.5"],
  ])("%s", (folder, expected) => {
    expect(cratesIn(registry(folder))).toEqual([expected]);
  });

  test("of a registry before sparse ones", () => {
    expect(
      tracesOf("/root/.cargo/registry/src/github.com-1ecc6299db9ec823/libc-0.2.139/src/lib.rs").crates,
    ).toEqual([{ name: "libc", version: "0.2.139", registry: "github.com" }]);
  });

  test("of a build on Windows", () => {
    expect(
      cratesIn(
        "C:\\Users\\me\\.cargo\\registry\\src\\index.crates.io-1949cf8c6b5b557f\\slab-0.4.9\\src\\lib.rs",
      ),
    ).toEqual(["slab@0.4.9"]);
  });

  test("each once, sorted by name", () => {
    const text = [registry("b-1.0.0"), registry("a-2.0.0"), registry("b-1.0.0")].join("\0");
    expect(rustCrates(tracesOf(text))).toMatchObject({ value: [{ name: "a" }, { name: "b" }] });
  });

  test("two versions of one package are two", () => {
    expect(cratesIn(`${registry("syn-1.0.109")}${registry("syn-2.0.1")}`)).toEqual([
      "syn@1.0.109",
      "syn@2.0.1",
    ]);
  });

  test("the standard library's own are left out where it names them in /rust/deps", () => {
    expect(cratesIn("text/rust/deps/hashbrown-0.16.1/src/raw.rs")).toEqual([]);
  });

  test("and where it names them in the registry of the machine that built it", () => {
    expect(
      cratesIn("text/cargo/registry/src/index.crates.io-6f17d22bba15001f/hashbrown-0.14.0/src/raw.rs"),
    ).toEqual([]);
  });

  test("the plugin's own of the same name are kept", () => {
    expect(cratesIn(registry("hashbrown-0.14.0"))).toEqual(["hashbrown@0.14.0"]);
  });

  test("so are those that were built in a container of Rust's", () => {
    const folder =
      "/usr/local/cargo/registry/src/index.crates.io-6f17d22bba15001f/hashbrown-0.14.0/src/raw.rs";
    expect(cratesIn(`text${folder}`)).toEqual(["hashbrown@0.14.0"]);
  });

  test.each([
    "registry/src/index.crates.io/slab-0.4.9/",
    registry("slab"),
    registry("slab-0.4"),
    "registry/src/",
  ])("%s is no such path", (text) => {
    expect(cratesIn(text)).toEqual([]);
  });

  test("none is no proof that there is none", () => {
    expect(rustCrates(tracesOf("x"))).toEqual(
      unknown(
        "no source in Cargo's registry is named in its read-only data: no panic message names one, or the paths were trimmed",
      ),
    );
  });
});

describe("compiler and standard library", () => {
  const compiler = (release: string, short?: string) =>
    known({ text: release, release, commit: short, date: undefined }, ".comment");
  const library = rustLibrary(tracesOf(`/rustc/${commit}/library/core/`));

  test("are of one toolchain where the short commit begins the long one", () => {
    expect(sameRustToolchain(compiler("1.95.0", "59807616e"), library)).toEqual(
      known(true, ".comment and .rodata"),
    );
  });

  test("are of two where it does not", () => {
    expect(sameRustToolchain(compiler("1.95.0", "b56aaec52"), library)).toMatchObject({ value: false });
  });

  test("are compared by release where the compiler has no commit", () => {
    expect(sameRustToolchain(compiler("1.94.0"), library)).toMatchObject({ value: false });
  });

  test("cannot be compared where one is unknown", () => {
    expect(sameRustToolchain(unknown("no stamp"), library)).toEqual(unknown("no stamp"));
  });
});
