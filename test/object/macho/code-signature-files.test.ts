import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { disk } from "../../../src/files/disk.ts";
import { Image } from "../../../src/object/image.ts";
import { openMacho, type MachoFile } from "../../../src/object/macho/file.ts";
import { openObject } from "../../../src/object/open.ts";
import { builtFixtures } from "../../support/built-fixtures.ts";
import { memorySource } from "../../support/macho-source.ts";
import { linkSample, targets, temporaryFolder } from "../../support/macho-samples.ts";
import { describeWith, run, tools, type Tool } from "../../support/macho-toolchain.ts";
import { describeFile } from "../../support/oracle/tool.ts";
import { realMachoFiles } from "../../support/real-files.ts";

const openssl: Tool = { command: "openssl" };

function withSlices(path: string, body: (slices: readonly MachoFile[]) => void): void {
  const image = Image.open(disk, path);
  try {
    body(openObject(image).slices.flatMap(({ object }) => (object.format === "macho" ? [object] : [])));
  } finally {
    image.close();
  }
}

describe("signatures of libraries and programs of others", async () => {
  for (const file of await realMachoFiles()) {
    describeFile(file, [], () => {
      it("fit every page, and are there on every arm64 slice", () => {
        withSlices(file.path, (slices) => {
          for (const slice of slices) {
            expect(slice.signature !== undefined || slice.arch !== "aarch64").toBe(true);
            expect(slice.checkPages()?.changed ?? 0).toBe(0);
            const { codeSignature, signature } = slice;
            if (signature !== undefined)
              expect(signature.directory.codeLimit).toBe(BigInt(codeSignature?.offset ?? 0));
          }
        });
      });
    });
  }
});

describe("signatures of the fixtures", () => {
  const fixtures = builtFixtures().where({ format: "macho", arch: "aarch64" });

  beforeAll(() => {
    if (fixtures.length === 0) builtFixtures().needAll(/^macho\//);
  });

  test("there are such", () => {
    expect(fixtures.length).toBeGreaterThan(20);
  });

  test.each(fixtures.map(({ id, file }) => ({ id, file })))("$id", ({ file }) => {
    withSlices(file, ([slice]) => {
      expect(slice?.checkPages()).toMatchObject({ changed: 0 });
    });
  });
});

describeWith([tools.clang, tools.lld, openssl], "a signature that lld makes", () => {
  const folder = temporaryFolder();
  afterAll(folder.remove);
  let arm = "";
  let bytes = Buffer.alloc(0);
  beforeAll(() => {
    arm = linkSample(folder.path, targets[1]);
    bytes = readFileSync(arm);
  });

  it("is by the linker, ad hoc", () => {
    expect(openMacho(memorySource(bytes)).signature?.directory.flags).toBe(0x20002);
  });

  it("holds the hashes that openssl computes", () => {
    const { directory } = openMacho(memorySource(bytes)).signature ?? {};
    const end = Number(directory?.codeLimit);
    const computed: string[] = [];
    for (let at = 0; at < end; at += 4096) {
      const input = bytes.subarray(at, Math.min(at + 4096, end));
      computed.push(execFileSync(openssl.command, ["dgst", "-sha256", "-binary"], { input }).toString("hex"));
    }
    expect(directory?.hashes.toString("hex")).toBe(computed.join(""));
  });

  it("tells of one changed byte, wherever it is, and of no other page", () => {
    const { pages = 0 } = openMacho(memorySource(bytes)).checkPages() ?? {};
    for (let page = 1; page < pages; page++) {
      const changed = Buffer.from(bytes);
      const at = page * 4096 + 17;
      changed.writeUInt8(changed.readUInt8(at) ^ 0x80, at);
      expect(openMacho(memorySource(changed)).checkPages()).toEqual({
        pages,
        changed: 1,
        changedAt: [page * 4096],
      });
    }
  });

  it("is made for x86_64 when it is asked for", () => {
    const plain = linkSample(folder.path, targets[3]);
    const signed = join(folder.path, "signed.dylib");
    const object = join(folder.path, "x86_64-13.0.o");
    const lookup = ["-undefined", "dynamic_lookup"];
    const version = ["-platform_version", "macos", "13.0", "13.0"];
    run(tools.lld, [
      "-dylib",
      "-arch",
      "x86_64",
      ...version,
      ...lookup,
      "-adhoc_codesign",
      "-o",
      signed,
      object,
    ]);
    withSlices(plain, ([slice]) => {
      expect(slice?.signature).toBeUndefined();
    });
    withSlices(signed, ([slice]) => {
      expect(slice?.checkPages()).toMatchObject({ changed: 0 });
      expect(slice?.signature?.directory.flags).toBe(0x20002);
    });
  });
});
