import { execFileSync } from "node:child_process";
import { copyFileSync, linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { disk } from "../../src/files/disk.ts";
import { scanFolder } from "../../src/artifact/folder.ts";
import { buildElf } from "../support/elf-builder.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "plugins-folder-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function library(): Buffer {
  return buildElf({});
}

function put(name: string, content: string | Buffer = library()): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

function found(recursive = false): readonly string[] {
  return scanFolder(disk, folder, recursive).candidates.map((path) => relative(folder, path));
}

describe("a folder's plugins", () => {
  it("are known by their content, whatever their names", () => {
    for (const name of ["a.so", "b.dylib", "c.so.1.2", "native.node", "noextension"]) put(name);
    put("README.md", "text");
    put("Main.class", Buffer.from("cafebabe0000003d001d0a", "hex"));
    put("empty", "");
    expect(found()).toEqual(["a.so", "b.dylib", "c.so.1.2", "native.node", "noextension"]);
  });

  it("include what is named like a library but is none, so that it is seen", () => {
    put("notes.so", "just text");
    put("empty.dylib", "");
    symlinkSync("nowhere", join(folder, "dangling.so"));
    symlinkSync("loop.so", join(folder, "loop.so"));
    expect(found()).toEqual(["dangling.so", "empty.dylib", "loop.so", "notes.so"]);
  });

  it("leave out executables and object files without such a name", () => {
    put("otelcol", buildElf({ type: 2 }));
    put("part.o", buildElf({ type: 1 }));
    expect(found()).toEqual([]);
  });

  it("include an object file that is cut off", () => {
    put("cut", library().subarray(0, 80));
    expect(found()).toEqual(["cut"]);
  });

  it("are listed in the order of their bytes, on every locale", () => {
    for (const name of ["b.so", "B.so", "ä.so", "a.so"]) put(name);
    expect(found()).toEqual(["B.so", "a.so", "b.so", "ä.so"]);
  });

  it("are looked for below the folder only when asked", () => {
    put("top.so");
    mkdirSync(join(folder, "deep/deeper"), { recursive: true });
    put("deep/deeper/below.so");
    mkdirSync(join(folder, "folder.so"));
    expect(found()).toEqual(["top.so"]);
    expect(found(true)).toEqual(["deep/deeper/below.so", "top.so"]);
  });

  it("are found through links to files, never through links to folders", () => {
    const elsewhere = mkdtempSync(join(tmpdir(), "plugins-elsewhere-"));
    copyFileSync(put("real.so"), join(elsewhere, "outside.so"));
    symlinkSync(join(elsewhere, "outside.so"), join(folder, "linked.so"));
    symlinkSync(folder, join(folder, "again"));
    expect(found(true)).toEqual(["linked.so", "real.so"]);
    rmSync(elsewhere, { recursive: true });
  });

  it("are not listed twice for a link beside the file itself, and are for a second name of the file", () => {
    put("liba.so.1");
    symlinkSync("liba.so.1", join(folder, "liba.so"));
    linkSync(join(folder, "liba.so.1"), join(folder, "hard.so"));
    expect(found()).toEqual(["hard.so", "liba.so.1"]);
  });

  it("are found without ever opening a FIFO or a socket", async () => {
    execFileSync("mkfifo", [join(folder, "fifo"), join(folder, "fifo.so")]);
    const server = createServer().listen(join(folder, "socket"));
    await new Promise((resolve) => server.once("listening", resolve));
    expect(found()).toEqual(["fifo.so"]);
    await new Promise((resolve) => server.close(resolve));
  });
});

describe("a folder that cannot be listed", () => {
  it("is an error at the top", () => {
    expect(() => scanFolder(disk, join(folder, "missing"), false)).toThrow("ENOENT");
  });
});
