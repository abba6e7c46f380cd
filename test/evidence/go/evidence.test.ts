import { describe, expect, it, test } from "vitest";
import { disk } from "../../../src/files/disk.ts";
import { isGoFile, readGoEvidence } from "../../../src/evidence/go/evidence.ts";
import { known, type Fact } from "../../../src/evidence/fact.ts";
import { readGoBuildInfo } from "../../../src/evidence/go/build-info.ts";
import { Image } from "../../../src/object/image.ts";
import type { AnyObject } from "../../../src/object/any-object.ts";
import { openObject } from "../../../src/object/open.ts";
import { open } from "../../support/elf-open.ts";
import { openFile } from "../../support/evidence-open.ts";
import { inlineInfo } from "../../support/go-build-info-bytes.ts";
import { builds, describeReleases, llvmStrip } from "../../support/go-builds.ts";
import { elfPlugin } from "../../support/go-plugin-file.ts";
import { buildGo } from "../../support/go-program.ts";
import { minorOf } from "../../support/go-releases.ts";

function goOrNot(object: AnyObject): Fact<boolean> {
  return isGoFile(object, readGoBuildInfo(object));
}

describe("a file that is not Go's", () => {
  it.each([
    [
      "a library",
      { dynamicSymbols: [{ name: "init" }], sections: [{ name: ".rodata", content: "go1.22.3" }] },
    ],
    ["a file without symbols", { sections: [{ name: ".data", content: "x", writable: true }] }],
    [
      "a file without section headers",
      { sectionHeaders: false, sections: [{ name: ".rodata", content: "x" }] },
    ],
    ["a file with a note of another", { notes: [{ name: "GNU", type: 3, content: "id" }] }],
  ])("is not taken for Go's: %s", (_, spec) => {
    expect(goOrNot(open(spec))).not.toMatchObject({ known: true, value: true });
  });

  it("is not Go's for sure: the running Node", () => {
    const image = Image.open(disk, process.execPath);
    const found = openObject(image).slices.map(({ object }) => goOrNot(object));
    image.close();
    expect(found).toMatchObject([{ known: true, value: false }]);
  });

  it("is unknown where a part that would tell is broken", () => {
    const library = { dynamicSymbols: [{ name: "init" }], sections: [{ name: ".rodata", content: "x" }] };
    expect(goOrNot(open(library))).toMatchObject({ known: true, value: false });
    const DT_SYMTAB = 6n;
    const broken = open({ ...library, patch: [{ dynamic: DT_SYMTAB, value: 0x7fff0000n }] });
    expect(goOrNot(broken)).toMatchObject({ known: false });
  });
});

describe("a Go file is known by", () => {
  it.each([
    [
      "its build info",
      { sections: [{ name: ".go.buildinfo", content: inlineInfo(), writable: true, align: 16 }] },
      ".go.buildinfo",
    ],
    ["a section of Go's linker", { sections: [{ name: ".gopclntab", content: "x" }] }, "section .gopclntab"],
    ["its note", { sectionHeaders: false, notes: [{ name: "Go", type: 4, content: "id" }] }, "note Go"],
    [
      "the package hashes that it exports",
      { ...elfPlugin(), sectionHeaders: false },
      "dynamic symbol runtime.firstmoduledata",
    ],
  ])("%s", (_, spec, witness) => {
    expect(goOrNot(open(spec))).toEqual(known(true, witness));
  });

  it("a section of Go's linker, even where its build info is broken", () => {
    const object = open({ sections: [{ name: ".go.buildinfo", content: "broken" }] });
    expect(goOrNot(object)).toEqual(known(true, "section .go.buildinfo"));
    expect(readGoEvidence(object).buildInfo.known).toBe(false);
  });
});

describe("evidence", () => {
  it("is read once", () => {
    const evidence = readGoEvidence(open(elfPlugin()));
    expect(evidence.packageHashes()).toBe(evidence.packageHashes());
  });

  it("tells what an old plugin is all the same", () => {
    const object = open(elfPlugin({ size: 69, packageHashes: 53, prefix: "go.link." }));
    expect(readGoEvidence(object).release()).toMatchObject({ value: { from: "go1.18", to: "go1.19" } });
  });

  it("of what is no plugin has no exported names", () => {
    const evidence = readGoEvidence(open({ sections: [{ name: ".gopclntab", content: "x" }] }));
    expect(evidence.pluginExports()).toEqual({ known: false, why: "the file exports no package hashes" });
  });
});

describeReleases("evidence of a host by", (toolchain) => {
  test("is read in full only when it is asked for", async () => {
    const image = Image.open(disk, await buildGo(toolchain, builds.host));
    const [slice] = openObject(image).slices;
    const evidence = slice && readGoEvidence(slice.object);
    const first = image.bytesRead;
    const hashes = evidence?.packageHashes();
    const second = image.bytesRead;
    image.close();
    expect(hashes?.known).toBe(true);
    expect(first).toBeLessThan(64 * 1024);
    expect(second).toBeGreaterThan(first + 64 * 1024);
  });

  test("tells the release exactly", async () => {
    const evidence = readGoEvidence(openFile(await buildGo(toolchain, builds.host)));
    expect(evidence.release()).toMatchObject({ value: { exact: `go${toolchain.version}` } });
  });
});

describeReleases("evidence of a plugin without section headers by", (toolchain) => {
  test("is the same but for the place of its build info", async () => {
    const strip = [llvmStrip.name, "--strip-sections"];
    const whole = readGoEvidence(openFile(await buildGo(toolchain, builds.plugin)));
    const cut = readGoEvidence(openFile(await buildGo(toolchain, { ...builds.plugin, strip })));
    expect(cut.pluginTable()).toEqual(whole.pluginTable());
    expect(cut.packageHashes()).toEqual(whole.packageHashes());
    expect(cut.buildInfo.known).toBe(minorOf(toolchain.version) >= 21);
    expect(cut.buildInfo).toEqual(
      whole.buildInfo.known
        ? { ...whole.buildInfo, from: expect.stringMatching(/^the data at 0x/) as string }
        : whole.buildInfo,
    );
  });
});
