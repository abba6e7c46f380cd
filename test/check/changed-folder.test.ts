import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { disk } from "../../src/files/disk.ts";
import { checkAll, defaultCarrierNames as names, list } from "../../src/index.ts";
import type { CheckAllRequest } from "../../src/check/model/request.ts";
import type { Files } from "../../src/files/files.ts";

/* A folder in which somebody adds and removes plugins while it is checked. */

const sample = fileURLToPath(new URL("../../fixtures/sample-rust", import.meta.url));
const good = `${sample}/plugins/debugexporter.so`;
let folder: string;

const at = (...names: readonly string[]): string => join(folder, ...names);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "plugins-changed-"));
  mkdirSync(at("sub"));
  for (const name of ["a.so", "b.so", "sub/c.so", "sub/plain"]) copyFileSync(good, at(name));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const requestOf = (fileSystem: Files): CheckAllRequest => ({
  fileSystem,
  folders: [folder],
  recursive: true,
  names,
  host: { kind: "binary", path: `${sample}/otelcol` },
  expect: [],
});

/** Does something once, just before a path is opened. */
function before(path: string, act: () => void): Files {
  let isDone = false;
  return {
    open(each) {
      if (each === path && !isDone) {
        isDone = true;
        act();
      }
      return disk.open(each);
    },
    stat: (each) => disk.stat(each),
    readLink: (each) => disk.readLink(each),
    list: (each) => disk.list(each),
    realPath: (each) => disk.realPath(each),
  };
}

async function unreadableIn(fileSystem: Files): Promise<Readonly<Record<string, string>>> {
  const { plugins, summary } = await checkAll(requestOf(fileSystem));
  const broken = plugins.filter(({ verdict }) => verdict === "unreadable");
  expect(summary.unreadable).toBe(broken.length);
  return Object.fromEntries(
    broken.map(({ path, unreadable }) => [path.slice(folder.length + 1), unreadable?.reason ?? ""]),
  );
}

const gone = "does not exist (or is a broken symlink) (ENOENT)";

describe("a folder that is checked", () => {
  it("is not spoken of if nothing changes", async () => {
    expect(await unreadableIn(disk)).toEqual({});
  });

  it("is not spoken of for what is no plugin", async () => {
    const act = (): void => {
      copyFileSync(`${sample}/README.md`, at("README.md"));
      rmSync(at("sub/plain"));
    };
    copyFileSync(`${sample}/README.md`, at("sub/plain"));
    expect(await unreadableIn(before(at("b.so"), act))).toEqual({});
  });

  it("and loses a plugin that was judged is not passed", async () => {
    const files = before(at("b.so"), () => {
      rmSync(at("a.so"));
    });
    expect(await unreadableIn(files)).toEqual({
      "": "was changed while it was being read: a.so was removed",
    });
  });

  it("and gets a plugin that is not judged is not passed", async () => {
    const files = before(at("b.so"), () => {
      copyFileSync(good, at("sub/another"));
    });
    expect(await unreadableIn(files)).toEqual({
      sub: "was changed while it was being read: another was added",
    });
  });

  it("and is emptied is not passed", async () => {
    const files = before(at("a.so"), () => {
      for (const name of ["a.so", "b.so", "sub"]) rmSync(at(name), { recursive: true });
    });
    expect(await unreadableIn(files)).toEqual({
      "a.so": gone,
      "b.so": gone,
      "sub/c.so": gone,
      "sub/plain": gone,
      sub: gone,
    });
  });

  it("and is emptied while it is searched is not passed", async () => {
    const files: Files = {
      ...before("", () => undefined),
      list(path) {
        const entries = disk.list(path);
        if (path === at("sub")) rmSync(at("sub/plain"), { force: true });
        else rmSync(at("sub/c.so"), { force: true });
        return entries;
      },
    };
    expect(await unreadableIn(files)).toEqual({
      sub: "was changed while it was being read: plain was removed",
    });
  });

  it("and loses a subfolder before it is searched is not passed", async () => {
    const files: Files = {
      ...before("", () => undefined),
      list(path) {
        const entries = disk.list(path);
        if (path === folder) rmSync(at("sub"), { recursive: true, force: true });
        return entries;
      },
    };
    expect(await unreadableIn(files)).toEqual({ sub: gone });
  });

  it("is listed with the change", async () => {
    const files = before(at("b.so"), () => {
      rmSync(at("a.so"));
    });
    const { plugins } = await list(requestOf(files));
    expect(plugins.flatMap(({ unreadable }) => unreadable?.reason ?? [])).toEqual([
      "was changed while it was being read: a.so was removed",
    ]);
  });

  it("ends the run of a shard", async () => {
    const files = before(at("b.so"), () => {
      for (const name of ["a.so", "sub/c.so", "sub/plain"]) rmSync(at(name));
    });
    const shard = { index: 1, count: 1, settingsSha256: "0".repeat(64), gate: { allowUnknown: false } };
    const request = { ...requestOf(files), shard: shard as unknown as NonNullable<CheckAllRequest["shard"]> };
    await expect(checkAll(request)).rejects.toThrow(/the folder was changed while it was being read/);
  });
});
