import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readGoBuildInfo } from "../../../src/evidence/go/build-info.ts";
import { callsDlopen } from "../../../src/evidence/go/dlopen-caller.ts";
import { readHostAbility, type GoLoaders } from "../../../src/evidence/go/host-ability.ts";
import { openFile } from "../../support/evidence-open.ts";
import { describeWith, lackOf } from "../../support/need.ts";

const opening = `_, err := plugin.Open(os.Args[1])
	fmt.Println(err)`;

function program(imports: readonly string[], preamble: string, body: string): string {
  const cgo = preamble === "" ? "" : `/*\n${preamble}\n*/\nimport "C"\n`;
  return `package main\n\n${cgo}import (\n${imports.map((name) => `\t"${name}"\n`).join("")})\n\nfunc main() {\n\t${body}\n}\n`;
}

const calling = "#include <dlfcn.h>\nstatic void *open_it(void) { return dlopen(0, RTLD_NOW); }";
const pointing =
  "#include <dlfcn.h>\nvoid *(*volatile opener)(const char *, int) = dlopen;\nstatic void *open_it(void) { return opener(0, RTLD_NOW); }";

const naming =
  '#define _GNU_SOURCE\n#include <dlfcn.h>\nstatic void *open_it(void) { void *(*o)(const char *, int) = (void *(*)(const char *, int))dlsym(RTLD_DEFAULT, "dlopen"); return o(0, RTLD_NOW); }';
const namingInText = naming
  .replace("{ void", '{ puts("failed to dlopen"); void')
  .replace("#include", "#include <stdio.h>\n#include");
const jumping =
  "#include <dlfcn.h>\n__attribute__((noinline)) static void *maybe(const char *f) { if (f) return dlopen(f, RTLD_NOW); return 0; }\nstatic void *open_it(void) { return maybe(0); }\nvoid *also(const char *f) { return maybe(f); }";

/** Each program by its files. */
const programs = {
  plugin: { "main.go": program(["fmt", "os", "plugin"], "", opening) },
  both: { "main.go": program(["fmt", "os", "plugin"], calling, `C.open_it()\n\t${opening}`) },
  pointer: { "main.go": program(["fmt", "os", "plugin"], pointing, `C.open_it()\n\t${opening}`) },
  named: { "main.go": program(["fmt", "os", "plugin"], naming, `C.open_it()\n\t${opening}`) },
  ended: { "main.go": program(["fmt", "os", "plugin"], namingInText, `C.open_it()\n\t${opening}`) },
  jump: { "main.go": program(["fmt", "os", "plugin"], jumping, `C.open_it()\n\t${opening}`) },
  dlopen: { "main.go": program(["fmt"], calling, "fmt.Println(C.open_it())") },
  neither: { "main.go": program(["fmt", "os/user"], "", "fmt.Println(user.Current())") },
  // As github.com/ebitengine/purego does it: no C code calls dlopen.
  imported: {
    "main.go": `package main

import (
	"fmt"
	"os"
	"plugin"
	_ "unsafe"
)

//go:cgo_import_dynamic my_dlopen dlopen "libc.so.6"

func trampoline() uintptr

func main() {
	fmt.Println(trampoline())
	${opening}
}
`,
    "trampoline_amd64.s": '#include "textflag.h"\nTEXT ·trampoline(SB), NOSPLIT, $0-8\n\tJMP my_dlopen(SB)\n',
  },
} as const;

interface Build {
  readonly name: string;
  readonly of: keyof typeof programs;
  readonly loaders: GoLoaders | "unknown";
  readonly flags?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly needs?: readonly string[];
}

const noPlt = { CGO_CFLAGS: "-O2 -fno-plt" };
const lld = {
  flags: ["-ldflags=-extldflags=-fuse-ld=lld"],
  env: { CC: "clang-19" },
  needs: ["clang-19", "ld.lld-19"],
};
const arm = {
  env: { CC: "aarch64-linux-gnu-gcc", CGO_ENABLED: "1", GOARCH: "arm64" },
  needs: ["aarch64-linux-gnu-gcc"],
};

const builds: readonly Build[] = [
  { name: "plain", of: "plugin", loaders: "plugin.Open" },
  { name: "stripped", of: "plugin", loaders: "plugin.Open", flags: ["-ldflags=-s -w"] },
  { name: "PIE", of: "plugin", loaders: "plugin.Open", flags: ["-buildmode=pie"] },
  { name: "without PLT", of: "plugin", loaders: "plugin.Open", env: noPlt },
  { name: "by lld", of: "plugin", loaders: "plugin.Open", ...lld },
  { name: "arm64", of: "plugin", loaders: "plugin.Open", ...arm },
  { name: "plain", of: "both", loaders: "both" },
  { name: "stripped", of: "both", loaders: "both", flags: ["-ldflags=-s -w"] },
  { name: "PIE", of: "both", loaders: "both", flags: ["-buildmode=pie"] },
  { name: "without PLT", of: "both", loaders: "both", env: noPlt },
  { name: "by lld", of: "both", loaders: "both", ...lld },
  { name: "arm64", of: "both", loaders: "both", ...arm },
  { name: "plain", of: "pointer", loaders: "both" },
  { name: "arm64", of: "pointer", loaders: "both", ...arm },
  { name: "amd64", of: "imported", loaders: "both" },
  { name: "by dlsym", of: "named", loaders: "unknown" },
  { name: "by dlsym, by the end of another text", of: "ended", loaders: "unknown" },
  { name: "arm64", of: "named", loaders: "unknown", ...arm },
  {
    name: "by a conditional jump",
    of: "jump",
    loaders: "both",
    env: { CC: "clang-19", CGO_CFLAGS: "-Oz" },
    needs: ["clang-19"],
  },
  {
    name: "with stubs of another form",
    of: "both",
    loaders: "unknown",
    flags: ["-ldflags=-w '-extldflags=-fuse-ld=lld -Wl,-z,retpolineplt'"],
    env: { CC: "clang-19" },
    needs: ["clang-19", "ld.lld-19"],
  },
  { name: "plain", of: "dlopen", loaders: "dlopen" },
  { name: "plain", of: "neither", loaders: "neither" },
];

const folder = mkdtempSync(join(tmpdir(), "dlopen-caller-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describeWith(lackOf("go", "gcc"), "which loaders a Go program can call", () => {
  beforeAll(() => {
    for (const [name, files] of Object.entries(programs)) {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, "go.mod"), "module example.com/h\n\ngo 1.21\n");
      for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, name, file), text);
    }
  });

  for (const { name, of, loaders, flags = [], env = {}, needs = [] } of builds) {
    describeWith(lackOf(...needs), `${of}, ${name}`, () => {
      it(`is ${loaders}`, () => {
        execFileSync("go", ["build", "-trimpath", ...flags, "-o", "program", "."], {
          cwd: join(folder, of),
          env: { ...process.env, GOTOOLCHAIN: "local", ...env },
          stdio: "pipe",
        });
        const object = openFile(join(folder, of, "program"));
        const found = readHostAbility(object, readGoBuildInfo(object)).loaders();
        expect(found.known ? found.value : "unknown").toBe(loaders);
      });
    });
  }

  it("is unknown of a program that has more code or data than is searched", () => {
    execFileSync("go", ["build", "-o", "large", "."], {
      cwd: join(folder, "plugin"),
      env: { ...process.env, GOTOOLCHAIN: "local" },
    });
    const object = openFile(join(folder, "plugin", "large"));
    const enough = 2 ** 24;
    const callsWithin = (code: number, data: number): unknown => callsDlopen(object, true, { code, data });
    expect(callsWithin(enough, enough)).toMatchObject({ known: true, value: false });
    expect(callsWithin(2 ** 15, enough)).toMatchObject({
      known: false,
      why: "it imports dlopen, and in more than 0.03125 MiB of code the callers are not counted",
    });
    expect(callsWithin(enough, 2 ** 15)).toMatchObject({
      known: false,
      why: "whether it names dlopen is unknown: only the first 0.03125 MiB were searched",
    });
  });

  it("is unknown of a static program", () => {
    execFileSync("go", ["build", "-o", "static", "."], {
      cwd: join(folder, "plugin"),
      env: { ...process.env, GOTOOLCHAIN: "local", CGO_ENABLED: "0" },
    });
    const object = openFile(join(folder, "plugin", "static"));
    expect(readHostAbility(object, readGoBuildInfo(object)).loaders()).toMatchObject({ known: false });
  });
});
