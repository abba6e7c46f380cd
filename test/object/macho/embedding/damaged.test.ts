import { describe, expect, it } from "vitest";
import { buildMacho, buildUniversal, type MachoSpec } from "../../../support/macho-builder.ts";
import { answerFor, manifestIn, manifestOf, opened, written } from "../../../support/macho-embed.ts";
import { machoForms } from "../../../support/macho-forms.ts";
import { memorySource } from "../../../support/macho-source.ts";
import { Random } from "../../../fuzz/random.ts";
import { armLibrary, intelLibrary, signedMacho } from "../../../loader/dyld/signed-macho.ts";

const segments = [
  { name: "__TEXT", sections: [{ name: "__const", bytes: Buffer.alloc(64, 0x1f), align: 0x800 }] },
  {
    name: "__DATA",
    sections: [
      { name: "__data", bytes: Buffer.alloc(64) },
      { name: "__otel_manifest", bytes: Buffer.alloc(32) },
    ],
  },
] as const;
const without = [segments[0], { ...segments[1], sections: [segments[1].sections[0]] }] as const;
const common: MachoSpec = { segments: without, symbols: [{ name: "_puts" }], exports: [] };
const { classic, chained, old } = machoForms(common);
const arm = signedMacho({ ...armLibrary, segments: without });

const files: readonly (readonly [string, Buffer])[] = [
  ["classic", buildMacho(classic).bytes],
  ["chained", buildMacho(chained).bytes],
  ["old", buildMacho(old).bytes],
  ["signed", arm],
  ["with a section", signedMacho({ ...armLibrary, segments })],
  [
    "universal",
    buildUniversal([
      {
        cputype: 0x0100_0007,
        cpusubtype: 3,
        bytes: buildMacho({ ...intelLibrary, segments: without }).bytes,
      },
      { cputype: 0x0100_000c, bytes: arm, align: 14 },
    ]),
  ],
];

const odd = [0, 1, 2, 4, 0x7f, 0x80, 0xff];

describe.each(files)("a file that is %s", (name, bytes) => {
  it("is edited soundly or refused, whatever word of its tables is damaged", () => {
    const random = new Random(bytes.length);
    const used = [...bytes.keys()].filter((at) => bytes[at] !== 0);
    const outcomes = { edit: 0, refused: 0 };
    for (let round = 0; round < 1500; round++) {
      const damaged = Buffer.from(bytes);
      for (let left = 1 + random.below(3); left > 0; left--) {
        // Beside what is not zero, and often enough in the load commands.
        const at =
          (random.below(2) === 0 ? random.below(1500) : (used[random.below(used.length)] ?? 0)) +
          random.below(4);
        damaged[at % damaged.length] = odd[random.below(odd.length)] ?? 0;
      }
      const payload = manifestOf([30, 300, 9000][random.below(3)] ?? 30);
      const removeSignature = random.below(4) === 0;
      const answer = answerFor(memorySource(damaged), payload, { removeSignature });
      outcomes[answer.kind]++;
      if (answer.kind === "refused" || name === "universal") continue;
      expect(manifestIn(opened(written(damaged, answer.parts)))).toBe(payload.toString());
    }
    // Both must come, or the damage tries nothing.
    expect(outcomes.edit).toBeGreaterThan(50);
    expect(outcomes.refused).toBeGreaterThan(50);
  });
});
