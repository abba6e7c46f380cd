import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { llvm } from "../../fixtures/oracle.ts";
import { ElfPatch } from "./elf-patch.ts";
import { x86, type Machine } from "./machine.ts";

export type Flavour = "glibc" | "musl";

/** A folder in which the files of one C library and machine are made. Equal commands are run once. */
export class Workbench {
  readonly #made = new Map<string, string>();

  constructor(
    readonly folder: string,
    readonly flavour: Flavour,
    readonly machine: Machine = x86,
  ) {
    mkdirSync(folder, { recursive: true });
    const lld = programs(llvm("ld.lld"));
    // A folder in which the compiler finds lld as `ld`: -B@/lld.
    if (lld !== undefined && !this.has("lld/ld")) symlinkSync(lld, this.path("lld/ld"));
  }

  get compiler(): string {
    const { name, compilers } = this.machine;
    const compiler = compilers[this.flavour];
    if (compiler === undefined) throw new Error(`nothing compiles for ${this.flavour} on ${name}`);
    return compiler;
  }

  path(name: string): string {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    return path;
  }

  write(name: string, content: string | Buffer): string {
    const path = this.path(name);
    writeFileSync(path, content);
    return path;
  }

  /** Compiles C to `name`. In the flags, @ at the start of a word stands for the folder. */
  compile(name: string, source: string, ...flags: readonly string[]): string {
    const path = this.path(name);
    const key = JSON.stringify([name, source, flags]);
    if (this.#made.get(name) === key) return path;
    const from = this.write(`${name}.c`, source);
    const words = flags.map((flag) => flag.replaceAll("@/", `${this.folder}/`));
    execFileSync(this.compiler, ["-o", path, from, ...words], { stdio: ["ignore", "ignore", "pipe"] });
    this.#made.set(name, key);
    return path;
  }

  /** A library. */
  library(name: string, source: string, ...flags: readonly string[]): string {
    return this.compile(name, source, "-shared", "-fPIC", ...flags);
  }

  /** A changed copy of a file. */
  patched(name: string, from: string, change: (patch: ElfPatch) => unknown): string {
    const bytes = readFileSync(from);
    change(new ElfPatch(bytes));
    return this.write(name, bytes);
  }

  /** The first bytes of a file. */
  cut(name: string, from: string, length: number): string {
    return this.write(name, readFileSync(from).subarray(0, length));
  }

  has(name: string): boolean {
    return existsSync(join(this.folder, name));
  }
}

/** Where a program lies. */
function programs(name: string | undefined): string | undefined {
  return (process.env["PATH"] ?? "")
    .split(delimiter)
    .map((folder) => join(folder, name ?? ""))
    .find((path) => name !== undefined && existsSync(path));
}

/** Opens what it is told to, and says what came of it. */
export const hostSource = `
#include <dlfcn.h>
#include <stdio.h>
#include <unistd.h>
int host_answer(void) { return 42; }
int host_number = 42;
int main(int argc, char **argv) {
  void *library = dlopen(argv[argc - 1], RTLD_NOW | RTLD_GLOBAL);
  if (library) puts("loaded"); else printf("refused %s", dlerror());
  fflush(stdout);
  _exit(0);
}
`;

const hostFlags = {
  plain: [],
  exporting: ["-rdynamic"],
  "not PIE": ["-no-pie", "-fno-pie"],
  "executable stack": ["-z", "execstack"],
  /** Its own DT_RPATH. */
  rpath: ["-Wl,--disable-new-dtags,-rpath,@/host-libraries"],
  /** Linked to a library that plugins need too. */
  linked: ["@/shared/libshared.so", "-Wl,-rpath,@/shared", "-Wl,--no-as-needed"],
} as const;

export type HostKind = keyof typeof hostFlags;

/** Whether a loader starts a host, or it has all that it needs in itself. */
export type Linking = keyof typeof linkFlags;

const linkFlags = {
  dynamic: [],
  // With pthread_create comes the release of glibc, which a program that has no threads does not tell.
  static: ["-static", "-Wl,--undefined=pthread_create"],
} as const;

export function buildHost(bench: Workbench, kind: HostKind, linking: Linking = "dynamic"): string {
  if (kind === "linked") sharedLibrary(bench);
  const libraries = bench.flavour === "glibc" ? ["-ldl"] : [];
  const flags = [...hostFlags[kind], ...linkFlags[linking], ...libraries];
  return bench.compile(`hosts/${linking}-${kind.replaceAll(" ", "-")}`, hostSource, ...flags);
}

export function sharedLibrary(bench: Workbench): string {
  return bench.library(
    "shared/libshared.so",
    "int shared_answer(void) { return 7; }",
    "-Wl,-soname,libshared.so",
  );
}
