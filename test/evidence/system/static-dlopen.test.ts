import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { readStaticDlopen } from "../../../src/evidence/system/static-dlopen.ts";
import { ElfFile } from "../../../src/object/elf/file.ts";
import { describeWith, lackOf } from "../../support/need.ts";
import { openFile } from "../../support/evidence-open.ts";
import { builds } from "../../support/go-builds.ts";
import { buildGo } from "../../support/go-program.ts";
import { installedGo } from "../../support/go-releases.ts";
import { describeFile } from "../../support/oracle/tool.ts";

const folder = mkdtempSync(join(tmpdir(), "static-dlopen-"));
const gnu = lackOf("gcc", "strip");
const musl = lackOf("musl-gcc", "strip");
const threads = "-Wl,--undefined=pthread_create";

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const calling = '#include <dlfcn.h>\nint main(void) { return dlopen("", RTLD_NOW) == 0; }';
const silent = "int main(void) { return 0; }";

function compile(name: string, compiler: string, source: string, ...flags: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(`${path}.c`, source);
  execFileSync(compiler, ["-o", path, `${path}.c`, ...flags], { stdio: ["ignore", "ignore", "pipe"] });
  return path;
}

function stripped(path: string): string {
  execFileSync("strip", ["-o", `${path}-stripped`, path]);
  return `${path}-stripped`;
}

function read(path: string): ReturnType<typeof readStaticDlopen> {
  const file = openFile(path);
  if (!(file instanceof ElfFile)) throw new Error("it is an ELF file");
  return readStaticDlopen(file);
}

/** The same file with other bytes in the place of a text. */
function changed(path: string, name: string, from: string, to: string): string {
  const bytes = Buffer.from(readFileSync(path));
  const [old, fresh] = [Buffer.from(from, "latin1"), Buffer.from(to, "latin1")];
  expect(fresh.length).toBe(old.length);
  expect(bytes.includes(old)).toBe(true);
  for (let at = bytes.indexOf(old); at !== -1; at = bytes.indexOf(old, at + 1)) fresh.copy(bytes, at);
  const other = join(folder, name);
  writeFileSync(other, bytes);
  return other;
}

describeWith(gnu, "a static program of glibc", () => {
  /** "glibc 2.36". */
  const release = (): string =>
    execFileSync("getconf", ["GNU_LIBC_VERSION"], { encoding: "utf8" }).trim().replace("glibc ", "");

  it.each([
    ["as it is linked", (path: string) => path],
    ["stripped", stripped],
  ])("has glibc's dlopen, with its release where there are threads: %s", (_, change) => {
    const path = change(compile("threads", "gcc", calling, "-static", threads));
    expect(read(path)).toMatchObject({
      known: true,
      value: { kind: "gnu", release: { known: true, value: release() } },
      from: 'text "invalid mode parameter" in .rodata',
    });
  });

  it("has the folders that it searches", () => {
    const dlopen = read(compile("folders", "gcc", calling, "-static"));
    if (!dlopen.known || dlopen.value.kind !== "gnu") throw new Error("it has glibc's dlopen");
    const [first = ""] = dlopen.value.systemFolders;
    expect(first).toMatch(/^\/lib/);
    expect(dlopen.value.systemFolders.at(-1)).toMatch(/^\/usr\/lib/);
    expect(dlopen.value.systemFolders.every((each) => !each.endsWith("/"))).toBe(true);
  });

  it("does not tell its release where there are no threads", () => {
    expect(read(compile("alone", "gcc", calling, "-static"))).toMatchObject({
      value: { kind: "gnu", release: { known: false } },
    });
  });

  it("does not tell its release where it holds another text like one", () => {
    const source = calling.replace("int main", 'const char *const other = "2.14"; int main');
    expect(read(compile("two", "gcc", source, "-static", threads))).toMatchObject({
      value: { kind: "gnu", release: { known: false } },
    });
  });

  it("has it as a static PIE too", () => {
    expect(read(compile("pie", "gcc", calling, "-static-pie"))).toMatchObject({ value: { kind: "gnu" } });
  });

  it.each([
    ["a search path", "-Wl,-rpath,/opt"],
    ["exported symbols", "-Wl,--export-dynamic"],
  ])("is left open as a static PIE with %s", (_, flag) => {
    expect(read(compile("odd-pie", "gcc", calling, "-static-pie", flag)).known).toBe(false);
  });

  it("is left open where the folders cannot be read", () => {
    const path = compile("elsewhere", "gcc", calling, "-static");
    expect(read(changed(path, "nowhere", "/usr/lib/\0", "/usr/etc/\0")).known).toBe(false);
  });

  it("lacks it where there is glibc's loader alone", () => {
    const path = compile("loader", "gcc", calling, "-static");
    const without = changed(path, "without", "invalid mode parameter", "another mode parameter");
    expect(read(without)).toMatchObject({ known: true, value: { kind: "absent" } });
  });
});

describeWith(musl, "a static program of musl", () => {
  it.each([
    ["as it is linked", (path: string) => path],
    ["stripped", stripped],
  ])("has musl's stub where it calls dlopen: %s", (_, change) => {
    expect(read(change(compile("musl", "musl-gcc", calling, "-static")))).toMatchObject({
      known: true,
      value: { kind: "musl" },
    });
  });

  it("lacks dlopen by its symbols where it does not call it", () => {
    expect(read(compile("musl-silent", "musl-gcc", silent, "-static"))).toEqual({
      known: true,
      value: { kind: "absent" },
      from: ".symtab, which has no dlopen",
    });
  });

  it("lacks dlopen by musl's texts where it is stripped", () => {
    const source = "#include <string.h>\nint main(int count, char **all) { return strerror(count)[0]; }";
    expect(read(stripped(compile("musl-text", "musl-gcc", source, "-static")))).toMatchObject({
      known: true,
      value: { kind: "absent" },
      from: "texts of musl, and none of its dlopen",
    });
  });

  it("is left open where nothing tells", () => {
    expect(read(stripped(compile("musl-bare", "musl-gcc", silent, "-static"))).known).toBe(false);
  });
});

describeWith(gnu, "a program with texts of both C libraries", () => {
  it("is left open", () => {
    const stub = 'const char *const stub = "Dynamic loading not supported";';
    const path = compile("both", "gcc", calling.replace("int main", `${stub} int main`), "-static");
    expect(read(path).known).toBe(false);
  });
});

const { missing } = installedGo();
describeFile({ label: "a Go program without cgo", path: "", missing, isPinned: true }, [], () => {
  it("lacks dlopen, stripped too", async () => {
    const path = await buildGo(installedGo(), {
      ...builds.program,
      ...builds.staticProgram,
      flags: ["-ldflags=-s -w"],
    });
    expect(read(path)).toMatchObject({
      known: true,
      value: { kind: "absent" },
      from: expect.stringContaining("CGO_ENABLED=0") as unknown,
    });
  });
});
