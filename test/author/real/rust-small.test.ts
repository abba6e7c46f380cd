import { execFileSync } from "node:child_process";
import { cpSync, existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, vi, test } from "vitest";
import { CargoSources } from "../../support/cargo-sources.ts";
import { writeRegistry } from "../../support/local-registry.ts";
import { describeWith, lackOf } from "../../support/need.ts";
import { tellRustStory } from "./rust-story.ts";

vi.setConfig({ testTimeout: 300_000 });

const dependencies = (far: string): string =>
  `[dependencies]
beta = "0.3"
alpha = "2"
epsilon = "1"
far = { git = "file://${far}" }
`;

/** Words of all that is linked. */
const words =
  "[beta::text(), alpha::text(), epsilon::text(), far::text()].iter().filter(|word| !word.is_empty()).count() as u32";

const plugin = `#[no_mangle]
pub extern "C" fn words() -> u32 {
    ${words} + !near::text().is_empty() as u32
}
`;

const host = `use std::ffi::{c_char, c_int, c_void, CString};

extern "C" {
    fn dlopen(path: *const c_char, flags: c_int) -> *mut c_void;
    fn dlsym(library: *mut c_void, name: *const c_char) -> *mut c_void;
}

fn main() {
    let own: u32 = ${words};
    let Some(path) = std::env::args().nth(1) else {
        return println!("host, {own}");
    };
    let path = CString::new(path).unwrap();
    let library = unsafe { dlopen(path.as_ptr(), 2) };
    assert!(!library.is_null(), "refused");
    let words = unsafe { dlsym(library, c"words".as_ptr()) };
    let words: extern "C" fn() -> u32 = unsafe { std::mem::transmute(words) };
    println!("loads: {}", words());
}
`;

const lack = lackOf("cargo", "rustc", "cc", "git", "strip", "tar");

describeWith(lack, "a small Rust host and its plugin", () => {
  if (lack !== undefined) {
    test("is not made without its tools", () => undefined);
    return;
  }
  const sources = new CargoSources();
  afterAll(() => {
    sources.remove();
  });
  const far = sources.write("far-repository", {
    "Cargo.toml": '[package]\nname = "far"\nversion = "0.1.0"\nedition = "2021"\n',
    "src/lib.rs": 'pub fn text() -> &\'static str { "far" }\n',
  });
  const commit = sources.commit(far);
  const text = (name: string): string => `pub fn text() -> &'static str { "${name}" }\n`;
  const registry = join(sources.root, "registry");
  const checksums = writeRegistry(registry, [
    { name: "alpha", version: "1.0.0", text: text("older alpha") },
    { name: "alpha", version: "2.1.0", text: text("alpha") },
    { name: "beta", version: "0.3.0", dependencies: { alpha: "1" }, text: "pub use alpha::text;\n" },
    { name: "epsilon", version: "1.0.0", text: text("older epsilon") },
    { name: "epsilon", version: "1.1.0", text: text("epsilon") },
  ]);
  const member = (name: string, rest: string): string =>
    `[package]\nname = "${name}"\nversion = "0.4.0"\nedition = "2021"\n\n${rest}`;
  const first = sources.write("first", {
    ".cargo/config.toml": `[source.crates-io]\nreplace-with = "registry"\n\n[source.registry]\nlocal-registry = ${JSON.stringify(registry)}\n`,
    "Cargo.toml": '[workspace]\nmembers = ["plugin", "host", "near"]\nresolver = "2"\n',
    "plugin/Cargo.toml": member(
      "plugin",
      `[lib]\ncrate-type = ["cdylib"]\n\n${dependencies(far)}near = { path = "../near" }\n`,
    ),
    "plugin/src/lib.rs": plugin,
    "host/Cargo.toml": member("host", dependencies(far)),
    "host/src/main.rs": host,
    "near/Cargo.toml": member("near", ""),
    "near/src/lib.rs": 'pub fn text() -> &\'static str { "near" }\n',
  });
  // Git is asked for the repository, no registry is.
  vi.stubEnv("CARGO_NET_OFFLINE", undefined);
  sources.cargo(first, "fetch");

  tellRustStory({
    copy: (name) => {
      const folder = join(sources.root, name);
      if (existsSync(folder)) rmSync(folder, { recursive: true });
      cpSync(first, folder, { recursive: true });
      return folder;
    },
    environment: { CARGO_TARGET_DIR: join(sources.root, "target") },
    target: /^host: (.+)$/m.exec(execFileSync("rustc", ["-vV"], { encoding: "utf8" }))?.[1] ?? "",
    plugin: "plugin@0.4.0",
    host: "host@0.4.0",
    answer: "loads: 5",
    linked: {
      "alpha@1.0.0": checksums["alpha@1.0.0"],
      "alpha@2.1.0": checksums["alpha@2.1.0"],
      "near@0.4.0": "",
      "far@0.1.0": `git:${commit}`,
    },
    least: 6,
    moved: { crate: "epsilon", from: "1.1.0", to: "1.0.0" },
  });
});
