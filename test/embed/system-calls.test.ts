import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { manifestJson } from "../support/embedding.ts";
import { buildElf } from "../support/elf-builder.ts";
import { buildMacho } from "../support/macho-builder.ts";
import { machoForms } from "../support/macho-forms.ts";
import { describeWith, lackOf } from "../support/need.ts";
import { runCli, type CliRun } from "../support/run-cli.ts";

vi.setConfig({ testTimeout: 600_000 });

/** With `npm run test:embeddings`, larger files are written, by more calls. */
const isLarge = process.env["EMBEDDINGS"] !== undefined;

/**
 * A library that counts the calls that write in a folder: those that create a file, on descriptors of such files, and on paths in the
 * folder. At the one with the number AT it does what DO says. libuv makes all of Node's calls through these functions.
 */
const source = `#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static char ours[65536];
static int calls;

static int watched(const char *path) { return path && strstr(path, getenv("WATCHED")) == path; }
static int is(const char *what) { return strcmp(getenv("DO"), what) == 0; }
static int isNow(void) { return __sync_add_and_fetch(&calls, 1) == atoi(getenv("AT")); }
static int failure(void) { return is("ENOSPC") ? ENOSPC : is("EIO") ? EIO : is("EDQUOT") ? EDQUOT : 0; }

#define real(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define guarded(condition, call) \\
  int now = (condition) && isNow(); \\
  if (now && is("kill before")) kill(getpid(), SIGKILL); \\
  if (now && failure()) { errno = failure(); return -1; } \\
  __typeof__(call) result = call; \\
  if (now && is("kill after")) kill(getpid(), SIGKILL); \\
  return result

static int opened(const char *path, int flags, int fd) {
  if (fd >= 0 && fd < (int)sizeof ours) ours[fd] = watched(path) && (flags & O_CREAT);
  return fd;
}
int open64(const char *path, int flags, ...) {
  va_list rest; va_start(rest, flags); int mode = va_arg(rest, int); va_end(rest);
  guarded(watched(path) && (flags & O_CREAT), opened(path, flags, real(open64)(path, flags, mode)));
}
int close(int fd) { if (fd >= 0 && fd < (int)sizeof ours) ours[fd] = 0; return real(close)(fd); }
ssize_t write(int fd, const void *bytes, size_t size) {
  if (ours[fd] && is("short") && size > 1) size /= 2;
  guarded(ours[fd], real(write)(fd, bytes, size));
}
ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t at) { guarded(ours[fd], real(pwrite64)(fd, bytes, size, at)); }
ssize_t writev(int fd, const struct iovec *all, int count) { guarded(ours[fd], real(writev)(fd, all, count)); }
int fchmod(int fd, mode_t mode) { guarded(ours[fd], real(fchmod)(fd, mode)); }
int ftruncate64(int fd, off64_t size) { guarded(ours[fd], real(ftruncate64)(fd, size)); }
int fsync(int fd) { guarded(ours[fd], real(fsync)(fd)); }
int chmod(const char *path, mode_t mode) { guarded(watched(path), real(chmod)(path, mode)); }
int chown(const char *path, uid_t user, gid_t group) { guarded(watched(path), real(chown)(path, user, group)); }
int rename(const char *from, const char *to) { guarded(watched(to), real(rename)(from, to)); }
int utimensat(int folder, const char *path, const struct timespec times[2], int flags) {
  guarded(watched(path), real(utimensat)(folder, path, times, flags));
}
`;

const root = mkdtempSync(join(tmpdir(), "plugins-system-calls-"));
const folder = join(root, "out");
const library = join(root, "count.so");
const targets = { elf: "x86_64-unknown-linux-gnu", macho: "x86_64-apple-darwin" } as const;

const extra = Buffer.alloc(isLarge ? 12 * 2 ** 20 : 2 ** 16, "otel");
const elf = (reserved: number): Buffer =>
  buildElf({
    sections: [
      { name: ".rodata", content: extra },
      ...(reserved === 0
        ? []
        : [{ name: ".otel_manifest", content: Buffer.alloc(reserved), loaded: false as const }]),
    ],
  });
const macho = (): Buffer =>
  buildMacho(machoForms({ segments, symbols: [{ name: "_puts" }], exports: [] }).classic).bytes;
const segments = [
  { name: "__TEXT", sections: [{ name: "__const", bytes: Buffer.alloc(64), align: 0x800 }] },
  { name: "__DATA", sections: [{ name: "__data", bytes: extra }] },
];

/** What is embedded into what, and where it goes. */
const cases: Readonly<Record<string, { readonly old: () => Buffer; readonly output?: string }>> = {
  "ELF, appended": { old: () => elf(0) },
  "ELF, to a new file": { old: () => elf(0), output: "new.so" },
  "ELF, in a reserved section": { old: () => elf(8192) },
  "Mach-O": { old: macho },
};

const writingCalls = 4;

describeWith(process.platform === "linux" ? lackOf("gcc") : "Linux", "plugins embed", () => {
  beforeAll(() => {
    writeFileSync(join(root, "count.c"), source);
    execFileSync("gcc", ["-shared", "-fPIC", "-O1", "-o", library, join(root, "count.c"), "-ldl"]);
    for (const [name, target] of Object.entries(targets))
      writeFileSync(join(root, `${name}.json`), manifestJson({ target }));
  });
  afterAll(() => {
    rmSync(root, { recursive: true });
  });

  const file = join(folder, "old.so");
  function prepare(old: Buffer): void {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    writeFileSync(file, old, { mode: 0o754 });
  }

  const embed = (
    output: string | undefined,
    env: { readonly AT: string; readonly DO: string } | undefined,
  ): Promise<CliRun> =>
    runCli(
      [
        "embed",
        file,
        "--manifest",
        join(root, `${readFileSync(file).readUInt8(0) === 0x7f ? "elf" : "macho"}.json`),
        ...(output === undefined ? [] : ["-o", join(folder, output)]),
        "--no-config",
      ],
      env && { env: { ...env, LD_PRELOAD: library, WATCHED: `${folder}/` } },
    );

  /** The file that is written, undefined if it is not there. */
  function contentAt(output: string | undefined): Buffer | undefined {
    const path = output === undefined ? file : join(folder, output);
    return existsSync(path) ? readFileSync(path) : undefined;
  }

  it.each(Object.entries(cases))(
    "%s: ended at any writing call, the old file or the new one is there",
    async (_name, { old: make, output }) => {
      const old = make();
      prepare(old);
      expect(await embed(output, undefined)).toMatchObject({ code: 0 });
      const whole = contentAt(output) ?? Buffer.alloc(0);
      // vitest would compare them number by number.
      const isWhole = (bytes: Buffer | undefined): boolean => bytes !== undefined && whole.equals(bytes);
      expect(isWhole(old)).toBe(false);
      const before = output === undefined ? old : undefined;
      for (const end of ["kill before", "kill after"]) {
        let calls = 0;
        for (let isEnded = true; isEnded; calls++) {
          prepare(old);
          const run = await embed(output, { AT: String(calls + 1), DO: end });
          isEnded = run.code === 137;
          if (!isEnded) expect(run).toMatchObject({ code: 0, stderr: "" });
          const now = contentAt(output);
          const isNew = isWhole(now);
          expect(isNew || now === before || (before !== undefined && now?.equals(before) === true)).toBe(
            true,
          );
          if (now !== undefined)
            expect(statSync(output === undefined ? file : join(folder, output)).mode & 0o777).toBe(0o754);
          expect(readFileSync(file).equals(output === undefined && isNew ? whole : old)).toBe(true);
          // And the next run is not in its way.
          if (isEnded && end === "kill after") {
            expect((await embed(output, undefined)).code).toBe(0);
            expect(isWhole(contentAt(output))).toBe(true);
          }
        }
        expect(calls).toBeGreaterThan(writingCalls);
      }
    },
  );

  it.each(["ENOSPC", "EDQUOT", "EIO"])(
    "%s at any writing call leaves the old file alone, and nothing beside it",
    async (what) => {
      const old = elf(0);
      let failed = 0;
      for (let at = 1, isDone = false; !isDone; at++) {
        prepare(old);
        const run = await embed(undefined, { AT: String(at), DO: what });
        isDone = run.code === 0;
        expect(readdirSync(folder)).toEqual(["old.so"]);
        if (isDone) continue;
        failed++;
        expect(run).toMatchObject({ code: 2, stdout: "" });
        expect(run.stderr).toContain(`${file}: the edited file cannot be written: ${what}`);
        expect(readFileSync(file).equals(old)).toBe(true);
        expect(statSync(file).mode & 0o777).toBe(0o754);
      }
      expect(failed).toBeGreaterThan(writingCalls);
    },
  );

  it("a write that takes less than it was given is gone on with", async () => {
    const old = elf(0);
    prepare(old);
    expect(await embed("new.so", undefined)).toMatchObject({ code: 0 });
    const whole = contentAt("new.so");
    prepare(old);
    expect(await embed("new.so", { AT: "0", DO: "short" })).toMatchObject({ code: 0 });
    expect(contentAt("new.so")?.equals(whole ?? old)).toBe(true);
  });
});
