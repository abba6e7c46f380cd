import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { explainError, type ErrorExplanation } from "../../../src/check/explain/explain.ts";
import { isGlibcName } from "../../../src/loader/explain/symbol-origin.ts";
import { describeWith, lackOf } from "../../support/need.ts";

/* What the installed loaders really say is explained. */

const folder = mkdtempSync(join(tmpdir(), "real-words-"));

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const opening = `#include <dlfcn.h>
#include <stdio.h>
int main(int count, char **all) {
  void *one = dlopen(all[1], count > 2 ? RTLD_LAZY : RTLD_NOW);
  if (!one) { fprintf(stderr, "host: %s\\n", dlerror()); return 1; }
  void (*start)(void) = (void (*)(void))dlsym(one, "start");
  if (start) start();
  return 0;
}`;

function compile(compiler: string, name: string, source: string, ...flags: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(`${path}.c`, source);
  execFileSync(compiler, ["-o", path, `${path}.c`, ...flags], { stdio: "pipe" });
  return path;
}

function library(compiler: string, name: string, source: string, ...flags: readonly string[]): string {
  return compile(compiler, name, source, "-shared", "-fPIC", ...flags);
}

/** What a program says on stderr, and what is made of it. */
async function said(
  program: string,
  ...args: readonly string[]
): Promise<ErrorExplanation & { code: number | null }> {
  const { stderr, status } = spawnSync(program, args, { encoding: "utf8", env: { LC_ALL: "C" } });
  const explained = await explainError(stderr);
  if (explained === undefined) throw new Error(`not understood: ${stderr}`);
  return { ...explained, code: status };
}

const calls = "void nobody(void); void start(void) { nobody(); }";

describeWith(lackOf("gcc"), "what glibc says", () => {
  const host = (): string => compile("gcc", "host", opening, "-rdynamic");

  it("is received by the host that opens a plugin", async () => {
    const plugin = library("gcc", "calls.so", calls);
    expect((await said(host(), plugin)).message).toMatchObject({
      check: "undefined-symbol",
      outcome: "refused",
      path: plugin,
    });
  });

  it("ends the process when a function is called for the first time", async () => {
    const plugin = library("gcc", "lazy.so", calls, "-Wl,-z,lazy");
    const { message, code } = await said(host(), plugin, "lazy");
    expect(message).toMatchObject({ check: "undefined-symbol", outcome: "crash", path: plugin });
    expect(code).toBe(127);
  });

  it("ends the process that needs a library when it starts", async () => {
    const needed = library("gcc", "libneeded.so", "int needed;");
    const program = compile(
      "gcc",
      "starts",
      "extern int needed; int main(void) { return needed; }",
      needed,
      "-Wl,--disable-new-dtags",
    );
    rmSync(needed);
    expect((await said(program)).message).toMatchObject({
      check: expect.stringMatching(/^missing-/) as string,
      outcome: "crash",
    });
  });

  it("ends the process that needs a version when it starts", async () => {
    const script = join(folder, "versions");
    writeFileSync(script, "V_2 { global: versioned; };");
    const newer = library(
      "gcc",
      "libversioned.so",
      "int versioned;",
      `-Wl,--version-script=${script}`,
      "-Wl,-soname,libversioned.so",
    );
    const program = compile(
      "gcc",
      "versioned",
      "extern int versioned; int main(void) { return versioned; }",
      newer,
      `-Wl,-rpath,${folder}`,
    );
    writeFileSync(script, "V_1 { global: versioned; };");
    library(
      "gcc",
      "libversioned.so",
      "int versioned;",
      `-Wl,--version-script=${script}`,
      "-Wl,-soname,libversioned.so",
    );
    const { message } = await said(program);
    expect(message).toMatchObject({ check: "symbol-version", outcome: "crash", subject: { name: "V_2" } });
  });
});

describeWith(lackOf("gcc", "musl-gcc"), "what musl says", () => {
  const host = (): string => compile("musl-gcc", "musl-host", opening, "-rdynamic");
  const fortified =
    "#include <stdio.h>\n#include <string.h>\nvoid start(void) { char all[8]; fgets(all, sizeof all, stdin); strcat(all, all); printf(all); }";

  it("of a plugin that was built for glibc says so", async () => {
    const plugin = library("gcc", "fortified.so", fortified, "-O2", "-D_FORTIFY_SOURCE=2", "-w", "-nostdlib");
    const { meaning, message } = await said(host(), plugin);
    expect(message).toMatchObject({ loader: "musl", check: "undefined-symbol" });
    expect(meaning).toMatch(/^The plugin was built for glibc/);
  });

  it.each(["-ftls-model=initial-exec"])("of thread-local data is not about their amount: %s", async () => {
    const plugin = library(
      "musl-gcc",
      "tls.so",
      "static __thread int data = 1; int *start(void) { return &data; }",
      "-ftls-model=initial-exec",
    );
    const { meaning, message } = await said(host(), plugin);
    expect(message).toMatchObject({ loader: "musl", check: "static-tls" });
    expect(meaning).toContain("initial-exec");
  });
});

function output(program: string, ...args: readonly string[]): string {
  return execFileSync(program, args, { encoding: "utf8" });
}

/** What a library defines, without the versions. */
function exported(path: string): readonly string[] {
  const lines = output("nm", "-D", "--defined-only", path).split("\n");
  return lines.map((line) => (line.split(" ")[2] ?? "").replace(/@.*/, ""));
}

describeWith(lackOf("gcc", "musl-gcc", "nm", "readelf"), "a name of glibc", () => {
  it("is none that musl exports", () => {
    const headers = output("readelf", "-lW", compile("musl-gcc", "interpreted", opening));
    const libc = /interpreter: ([^\]]+)/.exec(headers)?.[1] ?? "";
    const names = exported(libc);
    expect(names.length).toBeGreaterThan(1000);
    expect(names.filter((name) => isGlibcName(name))).toEqual([]);
  });
});

describeWith(lackOf("go", "musl-gcc"), "a Go library on musl", () => {
  it("is what thread-local data of the initial-exec model mean", async () => {
    writeFileSync(join(folder, "go.mod"), "module example.com/p\n");
    writeFileSync(
      join(folder, "main.go"),
      'package main\n\nimport "C"\n\n//export start\nfunc start() {}\n\nfunc main() {}\n',
    );
    const plugin = join(folder, "go.so");
    execFileSync("go", ["build", "-buildmode=c-shared", "-o", plugin, "main.go"], {
      cwd: folder,
      stdio: "pipe",
      env: { ...process.env, CC: "musl-gcc", GOTOOLCHAIN: "local", GOFLAGS: "" },
    });
    const host = compile("musl-gcc", "go-host", opening, "-rdynamic");
    const { message, causes } = await said(host, plugin);
    expect(message).toMatchObject({ loader: "musl", check: "static-tls", path: plugin });
    expect(causes[0]).toMatch(/Go plugin or c-shared|written in Go/);
  });
});
