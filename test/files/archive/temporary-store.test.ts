import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { notRoot, testWith } from "../../support/need.ts";
import { contentIn, opened } from "../../support/opened-archive.ts";
import { tarOf } from "../../support/tar-builder.ts";

const bytes = gzipSync(tarOf({ name: "plugins/a.so", body: "x".repeat(2 ** 21) }));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "temporary-"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

test("what is stored has no name, even while it is read", async () => {
  vi.stubEnv("TMPDIR", folder);
  const archive = await opened(bytes);
  expect(archive.stored).toBe(2 ** 21);
  expect(readdirSync(folder)).toEqual([]);
  const got = Buffer.alloc(3);
  archive.files.open("/a.tar:/plugins/a.so").read(got, 0, 3, 2 ** 21 - 3);
  expect(got.toString()).toBe("xxx");
  archive.close();
  archive.close();
  expect(readdirSync(folder)).toEqual([]);
});

test("an archive that is not compressed needs no temporary folder", async () => {
  vi.stubEnv("TMPDIR", "/nowhere");
  await expect(contentIn(tarOf({ name: "a", body: "1" }))).resolves.toEqual({ "/a": "1" });
});

test("a temporary folder that does not exist is one clear error", async () => {
  vi.stubEnv("TMPDIR", "/nowhere");
  await expect(contentIn(bytes)).rejects.toMatchObject({
    message: "the temporary folder /nowhere does not exist (ENOENT)",
    hints: ["Set TMPDIR to a folder with more room."],
  });
});

testWith(
  notRoot ?? lackOfMount(),
  "a full disk is one clear error",
  async () => {
    vi.stubEnv("TMPDIR", folder);
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", folder]);
    try {
      await expect(contentIn(bytes)).rejects.toThrow(`the temporary folder ${folder} is full (ENOSPC)`);
      expect(readdirSync(folder)).toEqual([]);
    } finally {
      execFileSync("umount", [folder]);
    }
  },
  { optional: true },
);

/** A container may not let its root mount anything. */
function lackOfMount(): string | undefined {
  const place = mkdtempSync(join(tmpdir(), "mount-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "tmpfs", place], { stdio: "ignore" });
    execFileSync("umount", [place]);
    return undefined;
  } catch {
    return "no right to mount";
  } finally {
    rmSync(place, { recursive: true });
  }
}
