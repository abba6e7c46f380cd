import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { disk } from "../../../src/files/disk.ts";
import { Image, Slice } from "../../../src/object/image.ts";
import { openMacho, type MachoFile } from "../../../src/object/macho/file.ts";
import type { MachoExport } from "../../../src/object/macho/export-trie.ts";
import { readUniversal } from "../../../src/object/macho/universal.ts";
import { linkSample, targets, temporaryFolder } from "../../support/macho-samples.ts";
import { describeWith, run, tools } from "../../support/macho-toolchain.ts";

const folder = temporaryFolder();
const images: Image[] = [];
afterAll(() => {
  for (const image of images) image.close();
  folder.remove();
});

function openFile(path: string): MachoFile {
  const image = Image.open(disk, path);
  images.push(image);
  return openMacho(image);
}

const needed = [tools.clang, tools.lld, tools.nm, tools.objdump, tools.readobj, tools.lipo, tools.strip];

describeWith(needed, "dylibs linked by lld, read as LLVM's tools read them", () => {
  const paths = new Map<string, string>();
  const files = new Map<string, MachoFile>();
  const pathOf = (triple: string) => paths.get(triple) ?? "";
  const fileOf = (triple: string) => {
    const file = files.get(triple);
    if (file === undefined) throw new Error(`no sample for ${triple}`);
    return file;
  };

  beforeAll(() => {
    for (const target of targets) {
      const path = linkSample(folder.path, target);
      paths.set(target.triple, path);
      files.set(target.triple, openFile(path));
    }
  });

  describe.each(targets)("for $triple", ({ triple, minos }) => {
    it("have the same load commands", () => {
      const printed = run(tools.objdump, ["--macho", "--private-headers", pathOf(triple)]);
      const names = [...printed.matchAll(/^\s+cmd (LC_\S+)$/gm)].map(([, name]) => name);
      expect(fileOf(triple).loadCommands.map(({ name }) => name)).toEqual(names);
      expect(printed).toContain(`uuid ${fileOf(triple).uuid ?? "none"}`);
      expect(fileOf(triple).buildVersion).toMatchObject({ platform: 1, minos, sdk: minos });
      expect(fileOf(triple)).toMatchObject({
        installName: "@rpath/libsample.dylib",
        rpaths: ["@loader_path/lib"],
      });
    });

    it("have the same sections", () => {
      const printed = run(tools.readobj, ["--sections", pathOf(triple)]);
      const field = (name: string) =>
        [...printed.matchAll(new RegExp(`^ {4}${name}: (\\S+)`, "gm"))].map(([, found]) => found);
      const { sections } = fileOf(triple);
      expect(sections.map(({ name }) => name)).toEqual(field("Name"));
      expect(sections.map(({ segment }) => segment)).toEqual(field("Segment"));
      expect(sections.map(({ address }) => address)).toEqual(field("Address").map((one) => BigInt(one ?? 0)));
      expect(sections.map(({ size }) => size)).toEqual(field("Size").map((one) => BigInt(one ?? 0)));
      expect(sections.map(({ offset }) => offset)).toEqual(field("Offset").map(Number));
    });

    it("have the same symbols", () => {
      const printed = run(tools.nm, ["--no-sort", "--format=posix", pathOf(triple)]);
      const lines = printed
        .trim()
        .split("\n")
        .map((line) => line.split(" "));
      const expected = lines.map(([name = "", type = "", value = ""]) => [
        name,
        type === "U" ? 0n : BigInt(`0x${value}`),
        type !== "U",
      ]);
      expect(
        fileOf(triple).staticSymbols.map(({ name, address, defined }) => [name, address, defined]),
      ).toEqual(expected);
    });

    it("have the same exports", () => {
      const printed = run(tools.objdump, ["--macho", "--exports-trie", pathOf(triple)]);
      const lines = [...printed.matchAll(/^0x([0-9A-F]+) {2}(.*)$/gm)].map(
        ([, address, rest]) => `${parseInt(address ?? "", 16)} ${rest ?? ""}`,
      );
      const note = ({ kind, weak }: MachoExport) =>
        kind === "thread-local" ? " [per-thread]" : weak ? " [weak_def]" : "";
      const { exports } = fileOf(triple);
      expect(exports.length).toBeGreaterThan(10);
      const found = exports.map((one) => `${"address" in one ? one.address : "?"} ${one.name}${note(one)}`);
      // LLVM walks the children of a node from the last one.
      expect(found.toSorted()).toEqual(lines.toSorted());
    });

    it("have every exported name found by the trie", () => {
      const file = fileOf(triple);
      for (const { name } of file.exports) {
        expect(file.findDynamicSymbol(name)).toMatchObject({ name });
        expect(file.findDynamicSymbol(`${name}x`)).toBeUndefined();
      }
    });

    it("have the same fixups at every word", () => {
      const file = fileOf(triple);
      const isClassic = file.loadCommands.some(({ name }) => name === "LC_DYLD_INFO_ONLY");
      expect(isClassic).toBe(Number(minos) < 13);
      const expected = isClassic ? classicFixups(pathOf(triple)) : chainedFixups(pathOf(triple));
      expect(expected.size).toBeGreaterThan(8);
      expect(fixupsOf(file)).toEqual(expected);
    });

    it("carry a manifest in a section, as bytes, and behind pointers", () => {
      const file = fileOf(triple);
      const section = file.sections.find(({ name }) => name === "__otel_manifest");
      expect(section && file.readSection(section, 100).toString()).toBe('{"section":1}\0');
      expect(textAt(file, addressOf(file, "_otel_plugin_manifest"), 19)).toBe('{"language":"rust"}');
      expect(textAt(file, followed(file, "_pointer_manifest"), 16)).toBe('{"pointer":true}');
      expect(textAt(file, followed(file, "_const_pointer"), 11)).toBe("hidden text");
      expect(textAt(file, followed(file, "_rust_string"), 13)).toBe("a rust string");
    });

    it("say what other libraries are to define", () => {
      const file = fileOf(triple);
      expect(file.pointerAt(addressOf(file, "_imported_after"))).toMatchObject({
        kind: "import",
        symbol: "_other_data",
        ordinal: -2,
        addend: 8n,
      });
      expect(file.pointerAt(addressOf(file, "_weak_pointer"))).toMatchObject({
        kind: "import",
        symbol: "_weak_one",
        ordinal: -3,
      });
      const imports = file.dynamicSymbols.filter(({ defined }) => !defined).map(({ name }) => name);
      expect(imports).toEqual(expect.arrayContaining(["_other_data", "_other_function", "__tlv_bootstrap"]));
    });

    it("keep exports and imports, but no local names, when they are stripped", () => {
      const stripped = `${pathOf(triple)}.stripped`;
      run(tools.strip, [pathOf(triple), "-o", stripped]);
      const file = openFile(stripped);
      expect(file.exports).toEqual(fileOf(triple).exports);
      expect(file.staticSymbols.filter(({ binding }) => binding === "local")).toEqual([]);
      expect(file.findDynamicSymbol("_otel_plugin_manifest")).toBeDefined();
      expect(fixupsOf(file)).toEqual(fixupsOf(fileOf(triple)));
    });
  });

  it("are code by their sections, or data, or thread-local", () => {
    const file = fileOf("arm64-apple-macos13");
    const types = ["_call", "_otel_plugin_manifest", "_thread_value"].map(
      (name) => file.findDynamicSymbol(name)?.type,
    );
    expect(types).toEqual(["function", "object", "tls"]);
  });

  it("are signed on arm64, where the signature ends the file", () => {
    const { codeSignature, size } = fileOf("arm64-apple-macos13");
    expect((codeSignature?.offset ?? 0) + (codeSignature?.size ?? 0)).toBe(size);
    expect(fileOf("x86_64-apple-macos13").codeSignature).toBeUndefined();
  });

  it("take few bytes of the file to find one symbol and read it", () => {
    const image = Image.open(disk, pathOf("arm64-apple-macos13"));
    images.push(image);
    const file = openMacho(image);
    file.readAddress(file.findDynamicSymbol("_otel_plugin_manifest")?.address ?? 0n, 19, "manifest");
    expect(image.bytesRead).toBeLessThan(16 * 1024);
    expect(image.size).toBeGreaterThan(48 * 1024);
  });

  test.each([
    [32, []],
    [64, ["-fat64"]],
  ])("are the slices of a universal file with entries of %i bits", (bits, options) => {
    const universal = `${folder.path}/universal${bits}`;
    const [arm, intel] = [pathOf("arm64-apple-macos11"), pathOf("x86_64-apple-macos10.15")];
    run(tools.lipo, ["-create", ...options, intel, arm, "-output", universal]);
    const image = Image.open(disk, universal);
    images.push(image);
    const { slices } = readUniversal(image);
    const printed = run(tools.objdump, ["--macho", "--universal-headers", universal]);
    const field = (name: string) =>
      [...printed.matchAll(new RegExp(`^ {4}${name} (\\S+)$`, "gm"))].map(([, found]) => Number(found));
    expect(slices.map(({ offset }) => offset)).toEqual(field("offset"));
    expect(slices.map(({ size }) => size)).toEqual(field("size"));
    expect(printed).toContain(`align 2^${slices[0]?.align ?? -1} `);
    expect(slices.map(({ arch }) => arch)).toEqual(["x86_64", "aarch64"]);
    const files = slices.map(({ offset, size }) => openMacho(new Slice(image, offset, size)));
    expect(files.map(({ uuid }) => uuid)).toEqual([
      fileOf("x86_64-apple-macos10.15").uuid,
      fileOf("arm64-apple-macos11").uuid,
    ]);
  });
});

describeWith([tools.clang, tools.lld, tools.objdump], "dylibs of 32 bits", () => {
  it("have the same rebases as LLVM reads", () => {
    const source = { triple: "arm64_32-apple-watchos9", arch: "arm64_32", minos: "9.0", platform: "watchos" };
    const path = linkSample(folder.path, source);
    const file = openFile(path);
    expect(file).toMatchObject({ bits: 32, arch: "arm64_32", buildVersion: { platformName: "watchOS" } });
    expect(fixupsOf(file)).toEqual(classicFixups(path, file));
  });
});

/** Every word of the writable segments that a fixup changes: "import _name+addend", or "address" and where to. */
function fixupsOf(file: MachoFile): ReadonlyMap<bigint, string> {
  const found = new Map<bigint, string>();
  for (const segment of file.segments.filter(({ writable }) => writable)) {
    const end = segment.address + segment.fileSize - BigInt(file.bits / 8);
    for (let address = segment.address; address <= end; address += 4n) {
      const pointer = file.pointerAt(address);
      if (pointer.kind === "import") found.set(address, `import ${pointer.symbol}+${pointer.addend}`);
      else if (pointer.kind !== "plain")
        found.set(address, pointer.kind === "address" ? `address ${pointer.address}` : "unknown");
    }
  }
  return found;
}

/** What llvm-objdump finds in LC_DYLD_INFO; a bind comes after the rebase of the same word. */
function classicFixups(path: string, file = openFile(path)): ReadonlyMap<bigint, string> {
  const found = new Map<bigint, string>();
  const rows = (option: string) =>
    run(tools.objdump, ["--macho", option, path])
      .split("\n")
      .map((line) => line.trim().split(/\s+/))
      .filter((row) => row[2]?.startsWith("0x") === true);
  for (const [, , address = ""] of rows("--rebase")) {
    const word = file.readAddress(BigInt(address), file.bits / 8, "word");
    found.set(BigInt(address), `address ${file.bits === 64 ? word.readBigUInt64LE() : word.readUInt32LE()}`);
  }
  for (const [, , address = "", , symbol = ""] of rows("--lazy-bind"))
    found.set(BigInt(address), `import ${symbol}+0`);
  for (const row of rows("--bind")) found.set(BigInt(row[2] ?? 0), `import ${row[6] ?? ""}+${row[4] ?? ""}`);
  for (const row of rows("--weak-bind"))
    found.set(BigInt(row[2] ?? 0), `import ${row[5] ?? ""}+${row[4] ?? ""}`);
  return found;
}

/** What llvm-objdump finds on the chains. */
function chainedFixups(path: string): ReadonlyMap<bigint, string> {
  const rows = run(tools.objdump, ["--macho", "--dyld-info", path])
    .split("\n")
    .map((line) => line.trim().split(/\s+/));
  const found = new Map<bigint, string>();
  for (const [, , address = "", , type, ...rest] of rows) {
    if (type === "bind") found.set(BigInt(address), `import ${rest[2] ?? ""}+${Number(rest[0])}`);
    if (type === "rebase") found.set(BigInt(address), `address ${Number(rest[0])}`);
  }
  return found;
}

function addressOf(file: MachoFile, name: string): bigint {
  const found = file.findDynamicSymbol(name);
  if (found === undefined) throw new Error(`no symbol ${name}`);
  return found.address;
}

function followed(file: MachoFile, name: string): bigint {
  const pointer = file.pointerAt(addressOf(file, name));
  if (pointer.kind !== "address") throw new Error(`${name} is ${pointer.kind}`);
  return pointer.address;
}

function textAt(file: MachoFile, address: bigint, length: number): string {
  return file.readAddress(address, length, "text").toString();
}
