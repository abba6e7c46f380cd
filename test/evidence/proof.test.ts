import { describe, expect, it } from "vitest";
import { readGoBuildInfo } from "../../src/evidence/go/build-info.ts";
import { readProof, type Proof } from "../../src/evidence/proof.ts";
import { open } from "../support/elf-open.ts";
import { framed, inlineInfo } from "../support/go-build-info-bytes.ts";

function proofOf(content: Buffer): Proof {
  const object = open({ sections: [{ name: ".go.buildinfo", content, writable: true, align: 16 }] });
  return readProof(object, readGoBuildInfo(object));
}

describe("build info of a builder other than cmd/go", () => {
  it("proves the compiler, and neither that nothing was linked nor that no flag was given", () => {
    const { toolchain, dependencies, flags } = proofOf(inlineInfo(undefined, Buffer.alloc(0)));
    expect(toolchain.known).toBe(true);
    expect(dependencies).toEqual({ known: false, why: ".go.buildinfo records no modules" });
    expect(flags).toEqual({ known: false, why: ".go.buildinfo records no build settings" });
  });
});

describe("build info of a program without dependencies", () => {
  it("proves that it has none", () => {
    const text = "path\texample.com/p\nmod\texample.com/p\t(devel)\t\nbuild\t-race=true\n";
    const { dependencies, flags } = proofOf(inlineInfo(undefined, framed(text)));
    expect(dependencies).toMatchObject({ known: true, value: [{ name: "example.com/p", isMain: true }] });
    expect(flags).toMatchObject({ known: true, value: ["-race=true"] });
  });
});

describe("a file without any stamp", () => {
  const sections = [{ name: ".data", content: Buffer.alloc(16), writable: true, align: 16 }];

  it("is surely not Go's, and may be of any other language", () => {
    const object = open({ sections });
    const { language, excluded } = readProof(object, readGoBuildInfo(object));
    expect(language.known).toBe(false);
    expect(excluded).toEqual({
      go: { why: "was not linked by Go's linker", from: "section headers, none of them Go's" },
    });
  });
});
