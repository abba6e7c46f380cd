import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { disk } from "../../../src/files/disk.ts";
import { Image } from "../../../src/object/image.ts";
import { openMacho, type MachoFile } from "../../../src/object/macho/file.ts";
import { temporaryFolder } from "../../support/macho-samples.ts";
import { describeWith, run, tools } from "../../support/macho-toolchain.ts";

const program = `package main

var PluginManifest = \`{"language":"go"}\`

func main() { println(PluginManifest) }
`;

describeWith([tools.go, tools.objdump, tools.nm], "an executable by Go's own linker", () => {
  const folder = temporaryFolder();
  const images: Image[] = [];

  beforeAll(() => {
    writeFileSync(join(folder.path, "main.go"), program);
    for (const architecture of ["amd64", "arm64"]) {
      const environment = { GOOS: "darwin", GOARCH: architecture, CGO_ENABLED: "0", GO111MODULE: "off" };
      const output = join(folder.path, architecture);
      run(tools.go, ["build", "-o", output, join(folder.path, "main.go")], environment);
      images.push(Image.open(disk, output));
    }
  });
  afterAll(() => {
    for (const image of images) image.close();
    folder.remove();
  });

  describe.each([
    ["amd64", "x86_64", 0],
    ["arm64", "aarch64", 1],
  ])("for %s", (name, arch, index) => {
    const fileOf = (): MachoFile => {
      const image = images[index];
      if (image === undefined) throw new Error(`${name} was not built`);
      return openMacho(image);
    };

    it("opens, though its __DWARF segment maps nothing", () => {
      const file = fileOf();
      expect(file).toMatchObject({ arch, kind: "executable", bits: 64 });
      expect(file.segments.find((segment) => segment.name === "__DWARF")).toMatchObject({ memorySize: 0n });
    });

    it("has no export trie and exports nothing", () => {
      const file = fileOf();
      expect(file.exports).toEqual([]);
      expect(file.dynamicSymbols.filter(({ defined }) => defined)).toEqual([]);
      expect(file.dynamicStringsContain("PluginManifest")).toBe(false);
      expect(file.staticStringsContain("PluginManifest")).toBe(true);
    });

    it("leads from a string variable to its text", () => {
      const file = fileOf();
      const variable = file.staticSymbols.find((symbol) => symbol.name === "_main.PluginManifest");
      expect(variable).toMatchObject({ defined: true, binding: "local", type: "object" });
      const pointer = file.pointerAt(variable?.address ?? 0n);
      expect(pointer.kind).toBe("address");
      const address = pointer.kind === "address" ? pointer.address : 0n;
      expect(file.readAddress(address, 17, "text").toString()).toBe('{"language":"go"}');
    });

    it("has the rebases that LLVM reads, and no others", () => {
      const file = fileOf();
      const printed = run(tools.objdump, ["--macho", "--rebase", join(folder.path, name)]);
      const expected = [...printed.matchAll(/^\S+\s+\S+\s+(0x[0-9A-F]+)\s+pointer$/gm)].map(([, address]) =>
        BigInt(address ?? 0),
      );
      const found = file.segments
        .filter(({ writable }) => writable)
        .flatMap(({ address, fileSize }) =>
          Array.from({ length: Number(fileSize) / 8 }, (_, word) => address + BigInt(word) * 8n),
        )
        .filter((address) => file.pointerAt(address).kind === "address");
      expect(expected.length).toBeGreaterThan(1000);
      expect(found).toEqual(expected.toSorted((a, b) => (a < b ? -1 : 1)));
    });

    it("has the symbols that LLVM reads", () => {
      const lines = run(tools.nm, ["--no-sort", "--format=just-symbols", join(folder.path, name)])
        .trim()
        .split("\n");
      expect(fileOf().staticSymbols.map((symbol) => symbol.name)).toEqual(lines);
    });
  });
});
