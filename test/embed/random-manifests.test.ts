import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inspect } from "../../src/check/inspect.ts";
import { manifestLimit } from "../../src/manifest/content.ts";
import { buildElf } from "../support/elf-builder.ts";
import { embedInMemory } from "../support/embedding.ts";
import { ENCODINGS } from "../support/elf-open.ts";
import { exampleManifest } from "../support/example-manifest.ts";
import { buildMacho } from "../support/macho-builder.ts";
import { machoForms } from "../support/macho-forms.ts";
import { memoryFiles } from "../support/memory-files.ts";

/** How many manifests are embedded. `npm run test:embeddings` tries 1,000. */
const tries = Number(process.env["EMBEDDINGS"] ?? 40);

/** Text from all planes of Unicode, with what JSON and C strings escape among it. */
const anyText = (most: number): fc.Arbitrary<string> =>
  fc
    .array(
      fc.oneof(
        fc.constantFrom('"', "\\", "\0", "\n", "{", "}", "[", "]", "\ufeff", "\u2028", ":"),
        fc.integer({ min: 0, max: 0x10 }).chain((plane) =>
          fc.integer({ min: 0, max: 0xffff }).map((at) => {
            const code = plane * 0x10000 + at;
            return code >= 0xd800 && code <= 0xdfff ? "?" : String.fromCodePoint(code);
          }),
        ),
      ),
      { maxLength: most, size: "max" },
    )
    .map((letters) => letters.join(""));

/** Most are short; one in ten is up to the limit. */
const padding = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: 0, max: 4000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 4000, max: manifestLimit - 20_000 }) },
);

const manifests = fc.record({
  text: anyText(200),
  padding,
  indent: fc.constantFrom(0, 2, "\t"),
  escaped: fc.boolean(),
  encoding: fc.constantFrom(...ENCODINGS),
  hasSections: fc.boolean(),
  reserved: fc.option(fc.integer({ min: 1, max: 8192 }), { nil: undefined, freq: 3 }),
  /** A Mach-O library instead, in one of these forms. */
  macho: fc.option(fc.constantFrom("classic", "chained", "old"), { nil: undefined, freq: 1 }),
});

const segments = [
  { name: "__TEXT", sections: [{ name: "__const", bytes: Buffer.alloc(64), align: 0x800 }] },
  { name: "__DATA", sections: [{ name: "__data", bytes: Buffer.alloc(64) }] },
];
const forms = machoForms({ segments, symbols: [{ name: "_puts" }], exports: [] });

interface FileShape {
  readonly encoding: (typeof ENCODINGS)[number];
  readonly hasSections: boolean;
  readonly reserved: number | undefined;
  readonly macho: keyof typeof forms | undefined;
}

function fileFor({ encoding, hasSections, reserved, macho }: FileShape): Buffer {
  if (macho !== undefined) return buildMacho(forms[macho]).bytes;
  const room =
    reserved === undefined
      ? []
      : [{ name: ".otel_manifest", content: Buffer.alloc(reserved), loaded: false }];
  return buildElf({
    ...encoding,
    sections: [{ name: ".rodata", content: "x" }, ...room],
    sectionHeaders: hasSections || room.length > 0,
  });
}

describe("random manifests", () => {
  it(
    `${tries} are embedded and read back equal`,
    async () => {
      await fc.assert(
        fc.asyncProperty(manifests, async (one) => {
          const value = exampleManifest({ name: one.text, note: "x".repeat(one.padding) });
          const plain = JSON.stringify(value, null, one.indent);
          const json = one.escaped
            ? plain.replace(
                /[\u0080-\uffff]/g,
                (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, "0")}`,
              )
            : plain;
          const { bytes } = await embedInMemory(fileFor(one), json);
          const { slices } = await inspect(memoryFiles({ "/plugin.so": bytes }), "/plugin.so");
          const found = slices.flatMap((slice) => slice.manifests);
          expect(found).toMatchObject([{ source: "section", valid: true }]);
          expect(found[0]?.value).toEqual(JSON.parse(json));
        }),
        { seed: 15, numRuns: tries },
      );
    },
    tries * 5000,
  );
});
