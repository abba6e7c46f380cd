import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readGoEvidence, type GoEvidence } from "../../../src/evidence/go/evidence.ts";
import { FormatError } from "../../../src/object/format-error.ts";
import { openObject } from "../../../src/object/open.ts";
import { anyCharacter } from "../../support/any-character.ts";
import { layElf } from "../../support/elf-builder.ts";
import { framed, infoHeader, inlineInfo, sampleText } from "../../support/go-build-info-bytes.ts";
import { elfPlugin, machoPlugin } from "../../support/go-plugin-file.ts";
import { buildMacho } from "../../support/macho-builder.ts";
import { memorySource } from "../../support/macho-source.ts";

/** One damaged file, all of its facts. */
const mostMilliseconds = 2000;

const info = { name: ".go.buildinfo", content: inlineInfo(), writable: true, align: 16 };
const plugin = elfPlugin();
const macho = machoPlugin({}, "chained");
const pointers = Buffer.concat([infoHeader(8, 0), Buffer.from("go1.17.2"), framed(sampleText)]);

const files: Readonly<Record<string, Buffer>> = {
  "an ELF plugin": layElf({ ...plugin, sections: [...(plugin.sections ?? []), info] }).bytes,
  "an ELF plugin without section headers": layElf({
    ...plugin,
    sectionHeaders: false,
    sections: [...(plugin.sections ?? []), info],
  }).bytes,
  "a 32-bit ELF plugin with REL": layElf(elfPlugin({ bits: 32, machine: 3 }, "rel")).bytes,
  "an ELF program with pointers in its build info": layElf({
    sections: [{ name: ".go.buildinfo", content: pointers, writable: true, align: 16 }],
    pointers: [{ in: ".go.buildinfo", at: 16, to: { in: ".go.buildinfo" }, via: "rela" }],
  }).bytes,
  "a Mach-O plugin": buildMacho({
    ...macho,
    segments: [
      ...(macho.segments ?? []),
      {
        name: "__INFO",
        protection: 3,
        sections: [{ name: "__go_buildinfo", bytes: inlineInfo(), align: 4 }],
      },
    ],
  }).bytes,
};

const damage = fc.array(
  fc.record({ where: fc.double({ min: 0, max: 1, noNaN: true }), value: fc.nat(255) }),
  {
    minLength: 1,
    maxLength: 8,
  },
);

function damaged(
  bytes: Buffer,
  places: readonly { readonly where: number; readonly value: number }[],
): Buffer {
  const copy = Buffer.from(bytes);
  for (const { where, value } of places)
    copy[Math.min(Math.floor(where * copy.length), copy.length - 1)] = value;
  return copy;
}

/** Asks for every fact of a file. @returns what was thrown that is no FormatError of the opening. */
function exercise(bytes: Buffer): unknown {
  let evidence: readonly (GoEvidence | undefined)[];
  try {
    evidence = openObject(memorySource(bytes)).slices.map(({ object }) => readGoEvidence(object));
  } catch (error) {
    return error instanceof FormatError ? undefined : error;
  }
  try {
    for (const one of evidence) {
      one?.release();
      one?.moduledataSize();
      one?.packageHashes();
      one?.pluginTable();
      one?.pluginExports();
      one?.sharesModuleList();
      one?.hostAbility();
    }
    return undefined;
  } catch (error) {
    return error;
  }
}

describe.each(Object.entries(files))("%s that is damaged", (_, bytes) => {
  it("throws nothing, and takes little time", () => {
    fc.assert(
      fc.property(damage, (places) => {
        const started = performance.now();
        expect(exercise(damaged(bytes, places))).toBeUndefined();
        expect(performance.now() - started).toBeLessThan(mostMilliseconds);
      }),
      { numRuns: 500 },
    );
  });

  it("throws nothing where it is cut off", () => {
    fc.assert(
      fc.property(fc.nat(bytes.length), (length) => {
        expect(exercise(bytes.subarray(0, length))).toBeUndefined();
      }),
      { numRuns: 200 },
    );
  });
});

describe("build info of any bytes", () => {
  it("throws nothing", () => {
    const content = fc.oneof(
      fc.uint8Array({ maxLength: 200 }).map((tail) => Buffer.concat([infoHeader(8, 2), tail])),
      fc.string({ unit: anyCharacter, maxLength: 200 }).map((text) => inlineInfo("go1.22.3", framed(text))),
      fc
        .array(fc.constantFrom("path", "mod", "dep", "=>", "build", "\t", "\n", "=", '"', "`", "\\x", "a"), {
          maxLength: 60,
        })
        .map((words) => inlineInfo("go1.22.3", framed(`${words.join("")}\n`))),
    );
    fc.assert(
      fc.property(content, (bytes) => {
        const { bytes: file } = layElf({ sections: [{ ...info, content: bytes }] });
        expect(exercise(file)).toBeUndefined();
      }),
      { numRuns: 2000 },
    );
  });
});
