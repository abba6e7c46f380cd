import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect } from "vitest";
import { exampleManifest } from "../../support/example-manifest.ts";
import { tools } from "../../support/macho-toolchain.ts";
import { has, lackOf, testWith } from "../../support/need.ts";
import { manifestsIn } from "./embedded.ts";
import { removeFolders } from "./kit-files.ts";

// Go links with the same flag through -extldflags, but its cgo needs Apple's headers: that is not tried here.

const { clang, lld, strip } = tools;
const linkers = lackOf(clang.command, lld.command);
const manifest = exampleManifest({ target: "aarch64-apple-darwin", name: "ü – 🧩" });

/** As docs/kits.md has it. */
const flag = "-Wl,-sectcreate,__DATA,__otel_manifest,otel_manifest.json";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sectcreate-"));
  writeFileSync(join(folder, "otel_manifest.json"), JSON.stringify(manifest));
});
afterAll(() => {
  removeFolders([folder]);
});

/** Of clang, so that it calls lld as it calls Apple's linker: without the version it takes lld for one from before 2019. */
function linking(arch: string): readonly string[] {
  const path = execFileSync("sh", ["-c", `command -v ${lld.command}`], { encoding: "utf8" }).trim();
  return [`--target=${arch}-apple-macos13`, "-mlinker-version=711", "-nostdlib", `--ld-path=${path}`];
}

function expectKept(library: string): void {
  expect(manifestsIn(library)).toEqual([manifest]);
  if (!has(strip.command)) return;
  execFileSync(strip.command, ["-x", library]);
  expect(manifestsIn(library)).toEqual([manifest]);
}

for (const arch of ["arm64", "x86_64"]) {
  testWith(linkers, `-sectcreate, by clang and lld for ${arch}: the file is in the library`, () => {
    writeFileSync(join(folder, "plugin.c"), "int create(void) { return 1; }\n");
    const library = join(folder, `${arch}.dylib`);
    const args = [...linking(arch), "-dynamiclib", "-Wl,-dead_strip", flag, "-o", library, "plugin.c"];
    execFileSync(clang.command, args, { cwd: folder, stdio: "pipe" });
    expectKept(library);
  });
}

/** rustup adds it; nothing else that installs tools does. */
const standard = (): string | undefined => {
  const lack = linkers ?? lackOf("rustc");
  if (lack !== undefined) return lack;
  const args = ["--print", "target-libdir", "--target", "aarch64-apple-darwin"];
  return existsSync(execFileSync("rustc", args, { encoding: "utf8" }).trim())
    ? undefined
    : "no Rust for aarch64-apple-darwin";
};

testWith(
  standard(),
  "-sectcreate, by rustc with -C link-arg: the file is in the library",
  () => {
    const core =
      '#![no_std]\n#[panic_handler]\nfn panicked(_: &core::panic::PanicInfo) -> ! { loop {} }\n#[no_mangle]\npub extern "C" fn create() -> u32 { 1 }\n';
    writeFileSync(join(folder, "plugin.rs"), core);
    const linker = join(folder, "linker");
    writeFileSync(linker, `#!/bin/sh\nexec ${clang.command} ${linking("arm64").join(" ")} "$@"\n`);
    chmodSync(linker, 0o755);
    const library = join(folder, "rust.dylib");
    const flags = ["-C", "panic=abort", "-C", `linker=${linker}`, "-C", `link-arg=${flag}`];
    const args = ["--target", "aarch64-apple-darwin", "--crate-type", "cdylib", ...flags];
    execFileSync("rustc", [...args, "-o", library, "plugin.rs"], { cwd: folder, stdio: "pipe" });
    expectKept(library);
  },
  { optional: true },
);
