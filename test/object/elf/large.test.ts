import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { disk } from "../../../src/files/disk.ts";
import { openElf } from "../../../src/object/elf/file.ts";
import { Image } from "../../../src/object/image.ts";
import { layElf } from "../../support/elf-builder.ts";
import { formatErrorOf, sectionOf } from "../../support/elf-open.ts";

const GIB = 2 ** 30;

/** A file of 1 GiB whose section headers are its last bytes, as a linker with much debug information writes it. */
describe("a file of a gigabyte", () => {
  const folder = mkdtempSync(join(tmpdir(), "elf-large-"));
  const path = join(folder, "plugin.so");
  let image: Image;

  beforeAll(() => {
    const spec = {
      sections: [
        { name: ".otel_manifest", content: '{"language":"go"}' },
        { name: ".data", content: Buffer.alloc(8), writable: true },
        { name: ".debug_info", content: "", loaded: false },
      ],
      needed: ["libc.so.6"],
      dynamicSymbols: [{ name: "otel_plugin_manifest", in: ".data", size: 8 }],
      pointers: [{ in: ".data", to: { in: ".otel_manifest" }, via: "rela" as const }],
      notes: [{ name: "GNU", type: 3, content: "0123" }],
    };
    const draft = layElf(spec);
    const headers = draft.bytes.subarray(draft.headerOffset(0));
    const at = GIB - headers.length;
    const built = layElf({
      ...spec,
      patch: [
        { header: "e_shoff", value: at },
        { section: ".debug_info", field: "sh_size", value: at - draft.offset({ in: ".debug_info" }) },
      ],
    });
    const file = openSync(path, "w");
    ftruncateSync(file, GIB);
    writeSync(file, built.bytes, 0, built.bytes.length, 0);
    writeSync(file, built.bytes, draft.headerOffset(0), headers.length, at);
    closeSync(file);
    image = Image.open(disk, path);
  });

  afterAll(() => {
    image.close();
    rmSync(folder, { recursive: true });
  });

  test("costs a few kilobytes to read a manifest and all its tables", () => {
    const file = openElf(image);
    const manifest = file.readSection(sectionOf(file, ".otel_manifest"), 2 ** 20);
    const symbol = file.findDynamicSymbol("otel_plugin_manifest");
    const pointer = file.pointerAt(symbol?.address ?? 0n);
    expect(
      pointer.kind === "address" && file.readAddress(pointer.address, 17, "manifest").equals(manifest),
    ).toBe(true);
    expect([file.dynamicSymbols.length, file.neededLibraries, file.notes.length, file.staticSymbols]).toEqual(
      [1, ["libc.so.6"], 1, []],
    );
    expect(image.bytesRead).toBeLessThan(32 * 1024);
  });

  test("does not give a section longer than the limit", () => {
    const file = openElf(image);
    expect(formatErrorOf(() => file.readSection(sectionOf(file, ".debug_info"), 2 ** 20)).expected).toBe(
      "at most 1048576",
    );
  });
});
