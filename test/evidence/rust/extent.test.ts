import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readGoBuildInfo } from "../../../src/evidence/go/build-info.ts";
import { readProof, type Proof } from "../../../src/evidence/proof.ts";
import { openFile } from "../../support/evidence-open.ts";
import { describeWith, lackOf } from "../../support/need.ts";
import { open as openMacho } from "../../support/macho-open.ts";

const rust = `
use std::collections::HashMap;
#[no_mangle]
pub extern "C" fn rust_part(n: u32) -> u32 {
    let names: HashMap<u32, String> = (0..n).map(|each| (each, format!("{each}"))).collect();
    let lengths: Vec<u32> = names.values().map(|name| name.len() as u32).collect();
    lengths[n as usize]
}
`;
const c = "unsigned rust_part(unsigned); unsigned plugin_create(unsigned n) { return rust_part(n) + 1; }";
const main = "unsigned rust_part(unsigned); int main(void) { return (int)rust_part(3); }";
const cxx = `
#include <stdexcept>
extern "C" unsigned rust_part(unsigned);
extern "C" unsigned plugin_create(unsigned n) { if (n > 9) throw std::runtime_error("n"); return rust_part(n); }
`;
const text = `const char *report = "at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/std/src/panicking.rs:698";`;

const folder = mkdtempSync(join(tmpdir(), "rust-extent-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function run(command: string): void {
  const [program = "", ...flags] = command.split(" ");
  execFileSync(program, flags, { cwd: folder, stdio: "pipe" });
}

function proofOf(name: string): Proof {
  const object = openFile(join(folder, name));
  return readProof(object, readGoBuildInfo(object));
}

describeWith(lackOf("rustc", "gcc", "g++", "strip", "objcopy"), "a file that Rust is in", () => {
  beforeAll(() => {
    const sources = { "part.rs": rust, "plugin.c": c, "main.c": main, "plugin.cc": cxx, "text.c": text };
    for (const [name, source] of Object.entries(sources)) writeFileSync(join(folder, name), source);
    run("rustc -O --crate-type staticlib part.rs -o libpart.a");
    run("rustc -O --crate-type cdylib part.rs -o whole.so");
    run("gcc -O2 -fPIC -shared plugin.c libpart.a -o c.so");
    run("g++ -O2 -fPIC -shared plugin.cc libpart.a -o cxx.so");
    run("gcc -O2 -fPIC -shared plugin.c libpart.a -Wl,--exclude-libs,ALL -Wl,--gc-sections -o hidden.so");
    run("g++ -O2 -fPIC -shared plugin.cc libpart.a -Wl,--exclude-libs,ALL -Wl,-z,now -o now.so");
    run("gcc -O2 main.c libpart.a -Wl,--gc-sections -o main");
    run("gcc -O2 -fPIC -shared text.c -Wl,-z,now -o text.so");
    for (const name of ["whole", "c", "cxx", "hidden", "now"]) {
      run(`strip ${name}.so -o ${name}-stripped.so`);
      run(`objcopy -R .comment ${name}-stripped.so ${name}-silent.so`);
    }
  });

  describe.each(["", "-stripped", "-silent"])("named file%s.so", (suffix) => {
    test("is Rust's if rustc linked it", () => {
      const { language, toolchain } = proofOf(`whole${suffix}.so`);
      expect(language).toMatchObject({ known: true, value: "rust" });
      expect(toolchain).toMatchObject({ known: true });
    });

    test.each([
      ["c", "it exports "],
      ["cxx", "it exports "],
      ["hidden", "its symbols are bound late, but rustc links for immediate binding"],
      ["now", "it has C++ in it too (it links libstdc++.so.6), and either may be the other's part"],
    ])("only contains Rust if gcc linked a static library of it: %s", (name, why) => {
      const { language } = proofOf(`${name}${suffix}.so`);
      expect(language).toMatchObject({ known: false });
      expect(language.known ? "" : language.why).toContain("it contains Rust (");
      expect(language.known ? "" : language.why).toContain(`), but ${why}`);
    });
  });

  test("only contains Rust if it is a program of C", () => {
    expect(proofOf("main").language).toMatchObject({ known: false });
  });

  test("is not proven Rust by a text that names one source", () => {
    expect(proofOf("text.so").language).toMatchObject({ known: false });
  });
});

describe("a Mach-O file that Rust is in", () => {
  const paths = ["std/src/io/mod.rs", "core/src/fmt/mod.rs"].map(
    (path) => `/rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/${path}`,
  );
  const segments = [{ name: "__TEXT", sections: [{ name: "__const", bytes: paths.join("") }] }];

  function languageOf(spec: Parameters<typeof openMacho>[0]): Proof["language"] {
    const object = openMacho(spec);
    return readProof(object, readGoBuildInfo(object)).language;
  }

  test("is Rust's if nothing else is in it", () => {
    expect(languageOf({ segments })).toMatchObject({ known: true, value: "rust" });
  });

  test("is Rust's if Cargo linked it, even with C++", () => {
    const installName = "/home/me/target/release/deps/libplugin.dylib";
    const dylibs = [{ name: "/usr/lib/libc++.1.dylib" }];
    expect(languageOf({ segments, installName, dylibs })).toMatchObject({ value: "rust" });
  });

  test("only contains Rust if it links C++", () => {
    const dylibs = [{ name: "/usr/lib/libc++.1.dylib" }];
    expect(languageOf({ segments, dylibs })).toMatchObject({ known: false });
  });

  test("only contains Rust if it exports names of Rust's runtime", () => {
    const exports = [{ name: "_rust_eh_personality", at: "__TEXT,__const" as const }];
    expect(languageOf({ segments, exports })).toMatchObject({ known: false });
  });
});
