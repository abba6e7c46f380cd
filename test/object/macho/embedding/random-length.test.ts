import { describe, expect, it } from "vitest";
import { buildMacho, buildUniversal, type MachoSpec } from "../../../support/macho-builder.ts";
import { machoForms } from "../../../support/macho-forms.ts";
import { embedded, linkFacts, manifestIn, manifestOf, opened } from "../../../support/macho-embed.ts";
import { Slice } from "../../../../src/object/image.ts";
import { openMacho } from "../../../../src/object/macho/file.ts";
import { readUniversal } from "../../../../src/object/macho/universal.ts";
import { Random } from "../../../fuzz/random.ts";
import { memorySource } from "../../../support/macho-source.ts";
import { armLibrary, intelLibrary, signedMacho } from "../../../loader/dyld/signed-macho.ts";

const segments = [
  { name: "__TEXT", sections: [{ name: "__const", bytes: Buffer.alloc(64, 0x1f), align: 0x800 }] },
  { name: "__DATA", sections: [{ name: "__data", bytes: Buffer.alloc(64) }] },
] as const;
const forms = machoForms({ segments, symbols: [{ name: "_puts" }], exports: [] } satisfies MachoSpec);
const arm = signedMacho({ ...armLibrary, segments });

const files: readonly (readonly [string, Buffer])[] = [
  ["classic", buildMacho(forms.classic).bytes],
  ["chained", buildMacho(forms.chained).bytes],
  ["of 32 bits and big-endian", buildMacho(forms.old).bytes],
  ["signed", arm],
  [
    "universal",
    buildUniversal([
      { cputype: 0x0100_0007, cpusubtype: 3, bytes: buildMacho({ ...intelLibrary, segments }).bytes },
      { cputype: 0x0100_000c, bytes: arm, align: 14 },
    ]),
  ],
];

function images(bytes: Buffer) {
  const source = memorySource(bytes);
  if (bytes.readUInt32BE() !== 0xcafe_babe) return [opened(bytes)];
  return readUniversal(source).slices.map(({ offset, size }) => openMacho(new Slice(source, offset, size)));
}

describe.each(files)("100 manifests of any length in a file that is %s", (_, bytes) => {
  const facts = images(bytes).map(linkFacts);

  it("read back equal, over the original and over one another", () => {
    const random = new Random(1115);
    let last = bytes;
    for (let round = 0; round < 100; round++) {
      // Short ones as often as long ones, up to the longest that is read.
      const manifest = manifestOf(
        10 + random.below(2 ** (4 + random.below(17))),
        String.fromCharCode(97 + (round % 26)),
      );
      for (const before of round % 2 === 0 ? [bytes] : [last]) {
        last = embedded(before, manifest);
        for (const [index, file] of images(last).entries()) {
          expect(manifestIn(file) === manifest.toString(), `${manifest.length} bytes`).toBe(true);
          expect(file.checkPages()?.changed ?? 0).toBe(0);
          expect(linkFacts(file)).toEqual(facts[index]);
        }
      }
    }
  });
});
