import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inspect } from "../../src/check/inspect.ts";
import { manifestLimit } from "../../src/manifest/content.ts";
import { buildElf } from "../support/elf-builder.ts";
import { embedInMemory } from "../support/embedding.ts";
import { ENCODINGS } from "../support/elf-open.ts";
import { exampleManifest } from "../support/example-manifest.ts";
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
});

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
          const reserved =
            one.reserved === undefined
              ? []
              : [{ name: ".otel_manifest", content: Buffer.alloc(one.reserved), loaded: false }];
          const old = buildElf({
            ...one.encoding,
            sections: [{ name: ".rodata", content: "x" }, ...reserved],
            sectionHeaders: one.hasSections || reserved.length > 0,
          });
          const { bytes } = await embedInMemory(old, json);
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
