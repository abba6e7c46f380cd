import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { known, unknown, type Fact } from "../../../src/evidence/fact.ts";
import { readRustStamps, rustCompiler, type RustCompiler } from "../../../src/evidence/rust/compiler.ts";
import { open } from "../../support/elf-open.ts";
import { open as openMacho } from "../../support/macho-open.ts";

function compilerBy(comment: string | Buffer): Fact<RustCompiler> {
  return rustCompiler(
    readRustStamps(open({ sections: [{ name: ".comment", content: comment, loaded: false }] })),
  );
}

const stable = "rustc version 1.95.0 (59807616e 2026-04-14)";
const nightly = "rustc version 1.97.0-nightly (e50aa6fba 2026-05-19)";

describe("rustc's stamp in .comment", () => {
  test("among the stamps of linkers and C compilers", () => {
    expect(compilerBy(`GCC: (Debian 12.2.0-14) 12.2.0\0${stable}\0Linker: LLD 22.1.2\0`)).toEqual(
      known(
        { text: "1.95.0 (59807616e 2026-04-14)", release: "1.95.0", commit: "59807616e", date: "2026-04-14" },
        ".comment",
      ),
    );
  });

  test("of a nightly", () => {
    expect(compilerBy(`${nightly}\0`)).toMatchObject({
      value: { release: "1.97.0-nightly", commit: "e50aa6fba" },
    });
  });

  test("of a distribution that says more", () => {
    expect(compilerBy(`${stable} (built from a source tarball)\0`)).toMatchObject({
      value: { text: "1.95.0 (59807616e 2026-04-14) (built from a source tarball)", commit: "59807616e" },
    });
  });

  test("of a builder that had no commit", () => {
    expect(compilerBy("rustc version 1.75.0\0")).toMatchObject({
      value: { text: "1.75.0", release: "1.75.0", commit: undefined, date: undefined },
    });
  });

  test("with no NUL at the end", () => {
    expect(compilerBy(stable)).toMatchObject({ value: { release: "1.95.0" } });
  });

  test("the same stamp twice is one compiler", () => {
    expect(compilerBy(`${stable}\0GCC: 12\0${stable}\0`)).toMatchObject({ value: { release: "1.95.0" } });
  });
});

describe("the compiler is unknown", () => {
  test("where two have left their stamps, which are named", () => {
    expect(compilerBy(`${stable}\0${nightly}\0`)).toEqual(
      unknown(`.comment has the stamps of 2 Rust compilers: ${stable}, ${nightly}`),
    );
  });

  test("where the stamp has a form of the future", () => {
    expect(compilerBy("rustc version two\0")).toEqual(
      unknown("the stamp in .comment has an unknown form: rustc version two"),
    );
  });

  test("where only others have left stamps", () => {
    expect(compilerBy("GCC: rustc version 1.95.0\0")).toEqual(
      unknown("no stamp of rustc in .comment: 1.73 and later leave one"),
    );
  });

  test("where there is no .comment", () => {
    expect(readRustStamps(open({ sections: [{ name: ".rodata", content: "x" }] }))).toEqual(
      unknown("the file has no section .comment"),
    );
  });

  test("where there are no section headers", () => {
    expect(readRustStamps(open({ sectionHeaders: false }))).toEqual(
      unknown("the file has no section headers, so .comment cannot be found"),
    );
  });

  test("in Mach-O", () => {
    expect(readRustStamps(openMacho({}))).toEqual(unknown("rustc leaves no stamp in Mach-O files"));
  });

  test("where .comment leaves the file", () => {
    const file = open({
      sections: [{ name: ".comment", content: stable, loaded: false }],
      patch: [{ section: ".comment", field: "sh_offset", value: 2n ** 40n }],
    });
    expect(readRustStamps(file)).toMatchObject({
      known: false,
      why: expect.stringContaining("section .comment is cut off") as string,
    });
  });
});

test("any bytes in .comment give a fact and never a crash", () => {
  const stamp = fc.string().map((text) => Buffer.from(`rustc version ${text}`));
  fc.assert(
    fc.property(
      fc.oneof(
        stamp,
        fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
      ),
      (bytes) => {
        const fact = compilerBy(bytes);
        if (fact.known) expect(fact.value.text.startsWith(fact.value.release)).toBe(true);
      },
    ),
  );
});
