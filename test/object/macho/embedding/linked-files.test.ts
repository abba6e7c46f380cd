import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  embedded,
  linkFacts,
  manifestIn,
  manifestOf,
  opened,
  refusalOf,
} from "../../../support/macho-embed.ts";
import { temporaryFolder } from "../../../support/macho-samples.ts";
import { linkingLines } from "../../../support/macho-linking-lines.ts";
import { describeWith, run, tools } from "../../../support/macho-toolchain.ts";
import { armHost, intelHost, predict } from "../../../loader/dyld/open-host.ts";

/** Every kind of fixup, thread-local data, and memory that is zero-filled. */
const source = `
extern int other_function(int);
extern int other_data;
int *imported = &other_data;
int (*function_pointer)(int) = other_function;
__attribute__((weak)) int weak_one = 3;
int *weak_pointer = &weak_one;
__thread int thread_value = 5;
int zero[100];
void *many[700] = { [0] = zero, [300] = many, [699] = &imported };
int call(int x) { return other_function(x) + thread_value; }
`;

const program = `package main

func main() { println("hello") }
`;

interface Library {
  readonly name: string;
  readonly arch: "arm64" | "x86_64";
  readonly minos: string;
  readonly options: readonly string[];
}

const library = (arch: Library["arch"], minos: string, ...options: readonly string[]): Library => ({
  name: [arch, minos, ...options].join(" "),
  arch,
  minos,
  options: ["-dylib", "-install_name", "@rpath/libsample.dylib", ...options],
});

/** With room: lld signs for arm64, chains fixups from macOS 13 on, and reserves 32 bytes unless it is told otherwise. */
const roomy = [
  library("arm64", "11.0", "-headerpad", "0x200"),
  library("arm64", "13.0", "-headerpad", "0x200"),
  library("arm64", "13.0", "-headerpad", "0x1000", "-no_adhoc_codesign"),
  library("x86_64", "10.15", "-headerpad", "0x200"),
  library("x86_64", "13.0", "-headerpad", "0x200"),
  library("x86_64", "13.0", "-headerpad", "0x1000", "-adhoc_codesign"),
];

/** Into a last page, and into pages of its own. */
const lengths = [300, 30_000];

const folder = temporaryFolder();
afterAll(folder.remove);

function link({ name, arch, minos, options }: Library): string {
  const c = join(folder.path, "sample.c");
  const object = join(folder.path, `${arch}-${minos}.o`);
  const output = join(folder.path, name.replaceAll(/\W+/g, "-"));
  writeFileSync(c, source);
  run(tools.clang, ["-target", `${arch}-apple-macos${minos}`, "-O1", "-c", c, "-o", object]);
  const platform = ["-platform_version", "macos", minos, minos];
  run(tools.lld, [
    "-arch",
    arch,
    ...platform,
    "-undefined",
    "dynamic_lookup",
    ...options,
    "-o",
    output,
    object,
  ]);
  return output;
}

/** Embeds, and has LLVM's tools and our reader compare the files. @returns the edited file's path. */
function embedChecked(path: string, length: number): string {
  const before = readFileSync(path);
  const after = embedded(before, manifestOf(length));
  const output = `${path}-${length}`;
  writeFileSync(output, after);
  const [was, now] = [opened(before), opened(after)];
  expect(manifestIn(now)).toBe(manifestOf(length).toString());
  expect(linkFacts(now)).toEqual(linkFacts(was));
  expect(now.checkPages()?.changed).toBe(was.checkPages()?.changed);
  expect(now.signature?.directory.flags).toBe(was.signature?.directory.flags);
  const host = was.arch === "aarch64" ? armHost : intelHost;
  expect(predict(after, host)).toEqual(predict(before, host));
  expect(linkingLines(output)).toEqual(linkingLines(path));
  return output;
}

const needed = [tools.clang, tools.lld, tools.objdump, tools.nm, tools.strip, tools.lipo];

describeWith(needed, "files by clang and lld", () => {
  describe.each(roomy)("$name", (one) => {
    let path = "";
    beforeAll(() => {
      path = link(one);
    });

    it.each(lengths)("get %i bytes, and link as before", (length) => {
      embedChecked(path, length);
    });

    it.each(lengths)("keep %i bytes when they are stripped, and take others then", (length) => {
      const output = embedChecked(path, length);
      run(tools.strip, ["-x", output]);
      const stripped = readFileSync(output);
      expect(manifestIn(opened(stripped))).toBe(manifestOf(length).toString());
      const again = embedded(stripped, manifestOf(length + 4000, "y"));
      expect(manifestIn(opened(again))).toBe(manifestOf(length + 4000, "y").toString());
      expect(opened(again).checkPages()?.changed ?? 0).toBe(0);
    });
  });

  it("are refused with the 32 bytes that lld leaves by itself", () => {
    const path = link(library("arm64", "13.0"));
    const { reason, next } = refusalOf(readFileSync(path), manifestOf(300));
    expect(reason).toMatch(/^it has \d\d free bytes behind its load commands, and 80 are needed$/);
    expect(next[0]).toContain("-Wl,-headerpad,0x1000");
  });

  it("are refused as a universal file if one slice lacks room", () => {
    const paths = [link(library("arm64", "13.0")), link(library("x86_64", "13.0", "-headerpad", "0x200"))];
    const output = join(folder.path, "universal");
    run(tools.lipo, ["-create", ...paths, "-output", output]);
    expect(refusalOf(readFileSync(output), manifestOf(300)).reason).toContain("in its slice aarch64");
  });

  it.each(lengths)("get %i bytes in each slice of a universal file", (length) => {
    const paths = [
      link(library("arm64", "13.0", "-headerpad", "0x200")),
      link(library("x86_64", "13.0", "-headerpad", "0x200")),
    ];
    const output = join(folder.path, `universal-${length}`);
    run(tools.lipo, ["-create", ...paths, "-output", output]);
    const bytes = readFileSync(output);
    writeFileSync(output, embedded(bytes, manifestOf(length)));
    for (const [index, arch] of ["arm64", "x86_64"].entries()) {
      const thin = `${output}-${arch}`;
      run(tools.lipo, ["-thin", arch, output, "-output", thin]);
      expect(manifestIn(opened(readFileSync(thin)))).toBe(manifestOf(length).toString());
      expect(linkingLines(thin)).toEqual(linkingLines(paths[index] ?? ""));
    }
    for (const host of [armHost, intelHost]) {
      expect(predict(readFileSync(output), host)).toEqual(predict(bytes, host));
    }
  });
});

describeWith([tools.go, tools.objdump, tools.nm], "programs by Go's own linker", () => {
  describe.each(["amd64", "arm64"])("for %s", (architecture) => {
    it.each([
      ["with debug information", []],
      ["without", ["-ldflags", "-s -w"]],
    ])("%s get a manifest, and link as before", (name, flags) => {
      const output = join(folder.path, `go-${architecture}-${flags.length}`);
      const main = join(folder.path, "main.go");
      writeFileSync(main, program);
      const environment = { GOOS: "darwin", GOARCH: architecture, CGO_ENABLED: "0", GO111MODULE: "off" };
      run(tools.go, ["build", ...flags, "-o", output, main], environment);
      for (const length of lengths) embedChecked(output, length);
      expect(opened(readFileSync(output)).segments.some((one) => one.name === "__DWARF")).toBe(
        name === "with debug information",
      );
    });
  });
});
