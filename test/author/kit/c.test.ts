import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect } from "vitest";
import { testWith, lackOf } from "../../support/need.ts";
import { exampleManifest } from "../../support/example-manifest.ts";
import { tools } from "../../support/macho-toolchain.ts";
import { llvmTool } from "../../support/oracle/tool.ts";
import { manifestsIn } from "./embedded.ts";
import { packageWith, removeFolders } from "./kit-files.ts";

const manifest = exampleManifest({ name: "ü – 🧩" });
const source = (macro: string): string =>
  `#include "otel_manifest.h"\n${macro}\nint create(void) { return 1; }\n`;
const clang = tools.clang.command;

const made: string[] = [];
afterAll(() => {
  removeFolders(made);
});

function packageOf(macro: string): string {
  const folder = packageWith("c", {
    "plugin.c": source(macro),
    "otel_manifest.json": JSON.stringify(manifest),
  });
  made.push(folder);
  return folder;
}

const forElf = ["-shared", "-fPIC", "-ffunction-sections", "-fdata-sections", "-Wl,--gc-sections"];
for (const [compiler, ...flags] of [
  ["cc"],
  ["cc", "-O2", "-flto"],
  [clang, "-O2"],
  [clang, "-fuse-ld=lld", "-O2", "-flto"],
  ["musl-gcc", "-Os"],
  ["aarch64-linux-gnu-gcc"],
] as const) {
  testWith(
    lackOf(compiler, "strip"),
    `${[compiler, ...flags].join(" ")}: the file is in the library, also after llvm-strip`,
    () => {
      const folder = packageOf('OTEL_MANIFEST_FILE("otel_manifest.json")');
      execFileSync(compiler, [...flags, ...forElf, "-o", "plugin.so", "plugin.c"], {
        cwd: folder,
        stdio: "pipe",
      });
      expect(manifestsIn(join(folder, "plugin.so"))).toEqual([manifest]);
      execFileSync(llvmTool("llvm-strip").name, [join(folder, "plugin.so")]);
      expect(manifestsIn(join(folder, "plugin.so"))).toEqual([manifest]);
    },
  );
}

testWith(lackOf(clang, tools.lld.command), "for macOS, by clang and lld, for both processors", () => {
  for (const arch of ["arm64", "x86_64"]) {
    const folder = packageOf('OTEL_MANIFEST_FILE("otel_manifest.json")');
    const target = `--target=${arch}-apple-macos13`;
    execFileSync(clang, [target, "-c", "-o", "plugin.o", "plugin.c"], { cwd: folder, stdio: "pipe" });
    const link = ["-arch", arch, "-platform_version", "macos", "13.0", "13.0", "-dylib", "-dead_strip"];
    execFileSync(tools.lld.command, [...link, "-o", "plugin.dylib", "plugin.o"], {
      cwd: folder,
      stdio: "pipe",
    });
    expect(manifestsIn(join(folder, "plugin.dylib"))).toEqual([manifest]);
  }
});

testWith(lackOf("cc", "readelf"), "room is so many NUL bytes in the section", () => {
  const folder = packageOf("OTEL_MANIFEST_RESERVE(65536)");
  execFileSync("cc", [...forElf, "-o", "plugin.so", "plugin.c"], { cwd: folder, stdio: "pipe" });
  const sections = execFileSync("readelf", ["-SW", "plugin.so"], { cwd: folder, encoding: "utf8" });
  expect(/\.otel_manifest\s+PROGBITS\s+\w+\s+\w+\s+(\w+)/.exec(sections)?.[1]).toBe("010000");
  expect(manifestsIn(join(folder, "plugin.so"))).toEqual([]);
});

testWith(lackOf("cc"), "a file that is not there ends the compilation", () => {
  const folder = packageOf('OTEL_MANIFEST_FILE("nothing.json")');
  writeFileSync(join(folder, "log"), "");
  expect(() =>
    execFileSync("cc", [...forElf, "-o", "plugin.so", "plugin.c"], { cwd: folder, stdio: "pipe" }),
  ).toThrow(/nothing\.json/);
});
