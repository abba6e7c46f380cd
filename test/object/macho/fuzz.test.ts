import { readFileSync } from "node:fs";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { buildMacho, buildUniversal, type MachoSpec } from "../../support/macho-builder.ts";
import { machoForms } from "../../support/macho-forms.ts";
import { exercise } from "../../support/macho-exercise.ts";
import { linkSample, targets, temporaryFolder } from "../../support/macho-samples.ts";
import { memorySource } from "../../support/macho-source.ts";
import { describeWith, tools } from "../../support/macho-toolchain.ts";

/** One damaged file, all of its members. */
const mostMilliseconds = 2000;
const runs = { numRuns: 300 };

const damage = fc.array(
  fc.record({ where: fc.double({ min: 0, max: 1, noNaN: true }), value: fc.nat(255) }),
  {
    minLength: 1,
    maxLength: 12,
  },
);

/** Places where a byte means most: the header and the commands at the start, the link edit tables at the end. */
function spot(where: number, length: number): number {
  const telling = Math.min(2048, Math.floor(length / 2));
  const at = Math.floor(where * 2 * telling);
  return Math.min(at < telling ? at : length - (at - telling) - 1, length - 1);
}

function timed(bytes: Buffer): number {
  const started = performance.now();
  exercise(memorySource(bytes));
  return performance.now() - started;
}

/** @param original asked for in each test, when it is there. */
function damaged(original: () => Buffer): void {
  it("and whole, answers everything", () => {
    expect(exercise(memorySource(original()))).toBeGreaterThan(20);
  });

  it("and cut off anywhere, throws FormatErrors alone and takes little time", () => {
    const bytes = original();
    const property = fc.property(fc.nat(bytes.length), (length) => {
      expect(timed(bytes.subarray(0, length))).toBeLessThan(mostMilliseconds);
    });
    fc.assert(property, runs);
  });

  it("and with bytes changed anywhere, throws FormatErrors alone and takes little time", () => {
    const bytes = original();
    const property = fc.property(damage, (changes) => {
      const copy = Buffer.from(bytes);
      for (const { where, value } of changes) copy[spot(where, copy.length)] = value;
      expect(timed(copy)).toBeLessThan(mostMilliseconds);
    });
    fc.assert(property, runs);
  });

  it("and with a number of its start set to an extreme, throws FormatErrors alone and takes little time", () => {
    const bytes = original();
    const extremes = fc.constantFrom(0, 1, 7, 0x7fffffff, 0x80000000, 0xffffffff, 0xfffffff8);
    const property = fc.property(fc.nat(400), extremes, (word, value) => {
      const copy = Buffer.from(bytes);
      copy.writeUInt32LE(value, Math.min(word * 4, copy.length - 4));
      expect(timed(copy)).toBeLessThan(mostMilliseconds);
    });
    fc.assert(property, runs);
  });
}

const sections = [
  { name: "__TEXT", sections: [{ name: "__const", bytes: "constant" }] },
  {
    name: "__DATA",
    sections: [
      { name: "__data", bytes: Buffer.alloc(256) },
      { name: "__bss", zeroFill: 64 },
    ],
  },
];
const common: MachoSpec = {
  segments: sections,
  installName: "@rpath/liba.dylib",
  uuid: Buffer.alloc(16, 1),
  buildVersion: { platform: 1, minos: 0xd0000 },
  dylibs: [{ name: "/usr/lib/libSystem.B.dylib" }],
  exports: [
    { name: "_otel_plugin_manifest", at: "__DATA,__data" },
    { name: "_otel_plugin_create", at: "__TEXT,__const" },
  ],
  symbols: [{ name: "_puts" }, { name: "_own", at: "__DATA,__data" }],
  codeSignature: Buffer.alloc(32),
};
const { classic, chained, old } = machoForms(common);
const built: Readonly<Record<string, Buffer>> = {
  "with opcodes": buildMacho(classic).bytes,
  "with chains": buildMacho(chained).bytes,
  "of 32 bits in big endian with relocations": buildMacho(old).bytes,
  "that is universal": buildUniversal([
    { cputype: 0x01000007, cpusubtype: 3, bytes: buildMacho(classic).bytes },
    { cputype: 18, bytes: buildMacho(old).bytes },
  ]),
};

describe.each(Object.entries(built))("a built file %s", (_name, bytes) => {
  damaged(() => bytes);
});

describeWith([tools.clang, tools.lld], "a linked file", () => {
  const folder = temporaryFolder();
  const samples = new Map<string, Buffer>();

  beforeAll(() => {
    for (const target of targets) samples.set(target.triple, readFileSync(linkSample(folder.path, target)));
  });
  afterAll(folder.remove);

  describe.each(targets.map(({ triple }) => triple))("for %s", (triple) => {
    damaged(() => samples.get(triple) ?? Buffer.alloc(0));
  });
});

test("a file of random bytes after a Mach-O magic throws FormatErrors alone", () => {
  const property = fc.property(
    fc.uint8Array({ maxLength: 4096 }),
    fc.constantFrom(...["cffaedfe", "feedface", "cafebabe"]),
    (rest, magic) => {
      expect(timed(Buffer.concat([Buffer.from(magic, "hex"), rest]))).toBeLessThan(mostMilliseconds);
    },
  );
  fc.assert(property, runs);
});
