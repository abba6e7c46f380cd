import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { disk } from "../../src/files/disk.ts";
import { digestOf } from "../../src/artifact/digest.ts";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "plugins-digest-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe("the digest of a file", () => {
  it.each([0, 1, 1024 * 1024, 3 * 1024 * 1024 + 7])("of %d bytes is that of all of them", async (size) => {
    const path = join(folder, `file-${size}`);
    const bytes = Buffer.alloc(size, "plugin");
    writeFileSync(path, bytes);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    expect(await digestOf(disk, path)).toEqual({ kind: "digest", sha256, size });
  });

  it("says why there is none, and waits for no FIFO", async () => {
    execFileSync("mkfifo", [join(folder, "fifo")]);
    for (const name of [".", "nowhere", "fifo"]) {
      expect(await digestOf(disk, join(folder, name))).toMatchObject({ kind: "unreadable" });
    }
  });
});
