import { copyFileSync, mkdtempSync, openSync, closeSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { disk } from "../../src/files/disk.ts";
import type { Files } from "../../src/files/files.ts";
import type { UsageError } from "../../src/index.ts";
import { checkAll, defaultCarrierNames as names, inspect, list, validate } from "../../src/index.ts";
import { builtFixtures } from "../support/built-fixtures.ts";

const fixtures = builtFixtures();
const folder = mkdtempSync(join(tmpdir(), "plugins-changed-"));
const plugin = join(folder, "debugexporter.so");
const host = join(folder, "otelcol");

beforeAll(() => {
  copyFileSync(fixtures.get("compat/debugexporter").file, plugin);
  copyFileSync(fixtures.get("compat/otelcol").file, host);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The disk, on which one file is written over with as many bytes when it was read for the first time. */
function writtenOver(path: string): Files {
  let isWritten = false;
  return {
    ...disk,
    open(at) {
      const file = disk.open(at);
      if (at !== path) return file;
      return {
        kind: file.kind,
        size: file.size,
        read(into, index, length, position) {
          const got = file.read(into, index, length, position);
          if (!isWritten) overwrite(path, into.subarray(index, index + 1), position);
          isWritten = true;
          return got;
        },
        isChanged: () => file.isChanged(),
        close() {
          file.close();
        },
      };
    },
  };
}

function overwrite(path: string, byte: Buffer, position: number): void {
  const fd = openSync(path, "r+");
  writeSync(fd, byte, 0, 1, position);
  closeSync(fd);
}

describe("a file that is written over while it is read", () => {
  const reason = "was written to while it was read";
  const binary = { kind: "binary", path: host } as const;

  it("is unreadable as a plugin", async () => {
    const request = { fileSystem: writtenOver(plugin), files: [plugin], host: binary, names };
    const [result] = (await validate(request)).plugins;
    expect(result).toMatchObject({
      verdict: "unreadable",
      unreadable: { reason },
      loader: { outcome: "unknown" },
    });
  });

  it("is unreadable where plugins are listed", async () => {
    const { plugins } = await list({ fileSystem: writtenOver(plugin), folders: [folder], names });
    expect(plugins.map(({ unreadable }) => unreadable?.reason)).toEqual([reason]);
  });

  it("is unreadable where one is inspected", async () => {
    const { unreadable } = await inspect(plugin, names, writtenOver(plugin));
    expect(unreadable?.reason).toBe(reason);
  });

  it("ends the check if it is the host", async () => {
    const request = { fileSystem: writtenOver(host), folders: [folder], host: binary, names, expect: [] };
    await expect(checkAll(request)).rejects.toThrow(
      expect.objectContaining({ code: "file-changed" }) as UsageError,
    );
  });

  it("is read if nothing is written", async () => {
    const { plugins } = await validate({ fileSystem: disk, files: [plugin], host: binary, names });
    expect(plugins[0]?.unreadable).toBeNull();
  });
});
