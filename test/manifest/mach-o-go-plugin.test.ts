import { describe, expect, it } from "vitest";
import { defaultCarrierNames } from "../../src/manifest/carrier/carrier-names.ts";
import { readClaim, type Claim } from "../../src/manifest/claim.ts";
import { locateCarriers } from "../../src/manifest/carrier/locate.ts";
import { openMacho } from "../../src/object/macho/file.ts";
import { exampleManifest } from "../support/example-manifest.ts";
import { buildMacho, type MachoSpec } from "../support/macho-builder.ts";
import { memorySource } from "../support/macho-source.ts";

const name = "_example.com/otel/kafka.PluginManifest";
const manifest = exampleManifest({ target: "aarch64-apple-darwin" });
const json = Buffer.from(JSON.stringify(manifest));
const header = Buffer.alloc(16);
header.writeBigUInt64LE(BigInt(json.length), 8);
const header24 = Buffer.concat([header, header.subarray(8)]);

/** A plugin as Apple's linker leaves it: a Go string header in __DATA, its bytes in __TEXT,__rodata. */
function plugin(variable: Buffer, rest: Partial<MachoSpec>): Claim {
  const file = buildMacho({
    cpuType: 0x0100000c,
    segments: [
      {
        name: "__TEXT",
        sections: [
          { name: "__rodata", bytes: Buffer.concat([Buffer.from("before"), json, Buffer.from("after")]) },
        ],
      },
      {
        name: "__DATA",
        sections: [
          { name: "__go_buildinfo", bytes: Buffer.alloc(32) },
          { name: "__data", bytes: variable },
        ],
      },
    ],
    ...rest,
  });
  return readClaim(
    locateCarriers(openMacho(memorySource(file.bytes)), defaultCarrierNames, undefined),
    false,
  );
}

const at = "__DATA,__data";
const to = ["__TEXT,__rodata", 6] as const;
const symbols = [{ name, at }];
const exports = [{ name, at }];

describe("a Go plugin for macOS", () => {
  it.each([
    ["exported, rebased by opcodes", { exports, symbols, rebases: [{ at, to }] }, "dynamic-symbol"],
    [
      "exported, in chained fixups",
      { exports, symbols, chainedFixups: { format: 6, fixups: [{ at, to }] } },
      "dynamic-symbol",
    ],
    ["exported and stripped of static symbols", { exports, rebases: [{ at, to }] }, "dynamic-symbol"],
    [
      "in the static symbols only",
      { symbols: [{ name, at, type: 0x0e }], rebases: [{ at, to }] },
      "static-symbol",
    ],
  ] satisfies readonly (readonly [string, Partial<MachoSpec>, string])[])(
    "carries a string %s",
    (_, rest, source) => {
      for (const variable of [header, header24]) {
        const { carriers, manifests } = plugin(variable, rest);
        expect(carriers).toMatchObject([{ source, location: "example.com/otel/kafka.PluginManifest" }]);
        expect(manifests).toEqual([manifest]);
      }
    },
  );

  it("whose string is longer than the file is refused with a reason", () => {
    const lying = Buffer.from(header);
    lying.writeBigUInt64LE(1_000_000n, 8);
    const { carriers } = plugin(lying, { exports, rebases: [{ at, to }] });
    expect(carriers[0]?.content).toMatchObject({ kind: "unreadable" });
  });
});
