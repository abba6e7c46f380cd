import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { llvm } from "../../fixtures/oracle.ts";
import { describeWith, lackOf } from "../../support/need.ts";
import { answerOf, predictLoad, reallyOpen } from "./ground.ts";
import { loaders } from "./loaders.ts";
import { buildHost, Workbench } from "./workbench.ts";

/* Programs and libraries that were changed after they were linked, by the tools with which packagers do so. */

const folder = mkdtempSync(join(tmpdir(), "dlopen-rewritten-"));

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

type Rewrite = (from: string, to: string) => void;

const runs =
  (tool: string, ...words: readonly string[]): Rewrite =>
  (from, to) => {
    execFileSync(
      tool,
      words.map((word) => (word === "FROM" ? from : word === "TO" ? to : word)),
      {
        stdio: ["ignore", "ignore", "pipe"],
      },
    );
  };
const patchelf = (...words: readonly string[]): Rewrite =>
  runs("patchelf", ...words, "--output", "TO", "FROM");
const then =
  (first: Rewrite, second: Rewrite): Rewrite =>
  (from, to) => {
    first(from, `${to}.half`);
    second(`${to}.half`, to);
  };

const long = "/opt/otelcol/lib:/usr/share/a/long/path/that/does/not/fit/where/the/old/one/was";
const rpath = patchelf("--set-rpath", long);
const strip = runs("strip", "-o", "TO", "FROM");

/** Of programs and of libraries. */
const rewrites: Readonly<Record<string, Rewrite>> = {
  "patchelf --set-rpath": rpath,
  "patchelf --force-rpath": patchelf("--force-rpath", "--set-rpath", long),
  "patchelf --remove-rpath": patchelf("--remove-rpath"),
  "patchelf --add-needed": patchelf("--add-needed", "libm.so.6"),
  "patchelf --replace-needed": patchelf(
    "--replace-needed",
    "libc.so.6",
    "libm.so.6",
    "--add-needed",
    "libc.so.6",
  ),
  "patchelf --set-soname": patchelf("--set-soname", "a-name-that-is-longer-than-the-old-one.so.12345"),
  "patchelf, twice": then(rpath, patchelf("--add-needed", "libm.so.6")),
  "patchelf --page-size": patchelf("--page-size", "65536", "--set-rpath", long),
  "patchelf, stripped before": then(strip, rpath),
  "objcopy --add-section": runs("objcopy", "--add-section", ".note.x=/etc/hostname", "FROM", "TO"),
  "objcopy --strip-unneeded": runs("objcopy", "--strip-unneeded", "FROM", "TO"),
  strip,
};
/** Of libraries: to the host it would matter that they are missing. */
const ofLibraries: Readonly<Record<string, Rewrite>> = {
  "patchelf --add-needed of what is missing": patchelf("--add-needed", "libgone-is-missing.so.3"),
  "patchelf --replace-needed by what is missing": patchelf("--replace-needed", "libc.so.6", "libgone.so.6"),
  "patchelf --no-default-lib": patchelf("--no-default-lib"),
};
const llvmObjcopy = llvm("llvm-objcopy");
const byLlvm: Readonly<Record<string, Rewrite>> =
  llvmObjcopy === undefined
    ? {}
    : {
        "llvm-objcopy --strip-all": runs(llvmObjcopy, "--strip-all", "FROM", "TO"),
        "patchelf, then llvm-objcopy": then(rpath, runs(llvmObjcopy, "--strip-all", "FROM", "TO")),
      };

const source =
  'int puts(const char *); int n = 3; int *p = &n; __thread int t; int answer(void) { return puts("") + *p + t; }';

for (const { name, flavour, machine, linking, loader, lack, optional } of loaders()) {
  if (flavour !== "glibc" || machine.name !== "x86-64" || linking === "static") continue;
  describeWith(
    lack ?? lackOf("patchelf", "objcopy", "strip"),
    `rewritten files, ${name}`,
    () => {
      const bench = new Workbench(join(folder, "bench"), flavour, machine);
      const pathOf = (text: string): string => text.replace(/\W+/g, "-");
      const check = (host: string, path: string): void => {
        if (loader === undefined) return;
        expect(answerOf(predictLoad(loader, host, path))).toEqual(reallyOpen(loader, host, path));
      };
      const rewritten = (from: string, by: string, rewrite: Rewrite): string => {
        const to = bench.path(`${pathOf(from.slice(bench.folder.length))}-${pathOf(by)}`);
        rewrite(from, to);
        return to;
      };

      it.each(Object.entries({ ...rewrites, ...ofLibraries, ...byLlvm }))(
        "a library by %s",
        (by, rewrite) => {
          check(buildHost(bench, "plain"), rewritten(bench.library("library.so", source), by, rewrite));
        },
      );

      it.each(
        (["plain", "not PIE", "rpath"] as const).flatMap((kind) =>
          Object.entries({ ...rewrites, ...byLlvm }).map(([by, rewrite]) => [kind, by, rewrite] as const),
        ),
      )("a host (%s) by %s", (kind, by, rewrite) => {
        check(rewritten(buildHost(bench, kind), by, rewrite), bench.library("library.so", source));
      });
    },
    { optional },
  );
}
