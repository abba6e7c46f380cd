import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run, tools } from "./macho-toolchain.ts";

/** Everything a plugin may carry its manifest in, and every kind of fixup a linker writes for it. */
const source = `
extern int other_function(int);
extern int other_data;
static const char hidden_text[] = "hidden text";
const char otel_plugin_manifest[] = "{\\"language\\":\\"rust\\"}";
const char *pointer_manifest = "{\\"pointer\\":true}";
const char *const const_pointer = hidden_text;
int *imported = &other_data;
int *imported_after = &other_data + 2;
int (*function_pointer)(int) = other_function;
__attribute__((section("__DATA,__otel_manifest"), used)) static const char in_section[] = "{\\"section\\":1}";
__attribute__((weak)) int weak_one = 3;
int *weak_pointer = &weak_one;
__attribute__((visibility("hidden"))) int invisible = 4;
__thread int thread_value = 5;
int zero[100];
struct string { const char *text; unsigned long length; } rust_string = { "a rust string", 13 };
void *many[2000] = { [0] = zero, [700] = many, [1999] = &rust_string };
int call(int x) { return other_function(x) + thread_value + invisible; }
`;

export interface Target {
  readonly triple: string;
  readonly arch: string;
  readonly minos: string;
  /** As -platform_version takes it; macos if left out. */
  readonly platform?: string;
}

/** Classic opcodes and chained fixups: lld chains from macOS 13 on. */
export const targets = [
  { triple: "arm64-apple-macos11", arch: "arm64", minos: "11.0" },
  { triple: "arm64-apple-macos13", arch: "arm64", minos: "13.0" },
  { triple: "x86_64-apple-macos10.15", arch: "x86_64", minos: "10.15" },
  { triple: "x86_64-apple-macos13", arch: "x86_64", minos: "13.0" },
] as const satisfies readonly Target[];

/** A temporary folder; the caller removes it. */
export function temporaryFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), "macho-"));
  return {
    path,
    remove: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
}

/** Compiles the sample for a target and links it into a dylib without any SDK. @returns its path. */
export function linkSample(folder: string, target: Target): string {
  const name = `${target.arch}-${target.minos}`;
  const c = join(folder, `${name}.c`);
  const object = join(folder, `${name}.o`);
  const dylib = join(folder, `lib${name}.dylib`);
  writeFileSync(c, source);
  run(tools.clang, ["-target", target.triple, "-O1", "-c", c, "-o", object]);
  const platform = ["-platform_version", target.platform ?? "macos", target.minos, target.minos];
  const lookup = ["-undefined", "dynamic_lookup"];
  const names = ["-install_name", "@rpath/libsample.dylib", "-rpath", "@loader_path/lib"];
  run(tools.lld, ["-dylib", "-arch", target.arch, ...platform, ...lookup, ...names, "-o", dylib, object]);
  return dylib;
}
