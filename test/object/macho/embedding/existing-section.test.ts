import { describe, expect, it } from "vitest";
import { buildMacho, type MachoSpec } from "../../../support/macho-builder.ts";
import {
  embedded,
  linkFacts,
  manifestIn,
  manifestOf,
  opened,
  refusalOf,
} from "../../../support/macho-embed.ts";

const shapes = [
  { bits: 64, endian: "little" },
  { bits: 64, endian: "big" },
  { bits: 32, endian: "little" },
  { bits: 32, endian: "big" },
] as const satisfies readonly MachoSpec[];

function withSection(section: { bytes: Buffer } | { zeroFill: number }, spec: MachoSpec = {}): MachoSpec {
  return {
    ...spec,
    segments: [
      { name: "__TEXT", sections: [{ name: "__text", bytes: Buffer.alloc(64, 0x1f) }] },
      {
        name: "__DATA",
        sections: [
          { name: "__otel_manifest", ...section },
          { name: "__data", bytes: Buffer.alloc(64, 7) },
        ],
      },
    ],
  };
}

describe.each(shapes)("a section that the linker made, in $bits bits, $endian endian", (shape) => {
  it.each([10, 63, 64])("takes %i bytes in place and pads them with NULs", (length) => {
    const { bytes, offsetOf } = buildMacho(withSection({ bytes: Buffer.alloc(64, 0x20) }, shape));
    const after = embedded(bytes, manifestOf(length));
    const at = offsetOf("__DATA,__otel_manifest");
    const wanted = Buffer.from(bytes);
    wanted.fill(0, at, at + 64);
    manifestOf(length).copy(wanted, at);
    expect(after.equals(wanted)).toBe(true);
    expect(manifestIn(opened(after))).toBe(manifestOf(length).toString());
  });

  it("cannot grow", () => {
    const { bytes } = buildMacho(withSection({ bytes: Buffer.alloc(64) }, shape));
    const { reason, next } = refusalOf(bytes, manifestOf(65));
    expect(reason).toBe(
      "its section __DATA,__otel_manifest has 64 bytes and the manifest takes 65: what the linker placed cannot grow",
    );
    expect(next.join(" ")).toContain("Reserve at least 65 bytes");
  });
});

describe("a section that cannot be overwritten", () => {
  it("is zero-filled", () => {
    const { bytes } = buildMacho(withSection({ zeroFill: 64 }));
    expect(refusalOf(bytes, manifestOf(20)).reason).toContain("has no content in the file");
  });

  const place = ["__DATA,__otel_manifest", 8] as const;
  it.each<[string, MachoSpec]>([
    ["a rebase", { rebases: [{ at: place, to: "__TEXT,__text" }] }],
    ["a bind", { binds: [{ at: place, symbol: "_puts" }] }],
    ["a link of a chain", { chainedFixups: { format: 6, fixups: [{ at: place, to: "__TEXT,__text" }] } }],
  ])("holds %s", (_, spec) => {
    const { bytes } = buildMacho(withSection({ bytes: Buffer.alloc(64) }, spec));
    expect(refusalOf(bytes, manifestOf(20)).reason).toContain("holds pointers, which the loader changes");
  });

  it("is there twice", () => {
    const section = { name: "__otel_manifest", bytes: Buffer.alloc(64) };
    const { bytes } = buildMacho({
      segments: [
        { name: "__TEXT", sections: [section] },
        { name: "__DATA", sections: [section] },
      ],
    });
    expect(refusalOf(bytes, manifestOf(20)).reason).toContain("2 sections __otel_manifest");
  });
});

describe("a section that was embedded before", () => {
  const spec: MachoSpec = {
    segments: [
      { name: "__TEXT", sections: [{ name: "__text", bytes: Buffer.alloc(64, 0x1f), align: 0x800 }] },
      { name: "__DATA", sections: [{ name: "__data", bytes: Buffer.alloc(64, 7) }] },
    ],
    symbols: [{ name: "_data", at: "__DATA,__data" }],
    exports: [{ name: "_data", at: "__DATA,__data" }],
  };
  const { bytes } = buildMacho(spec);
  const facts = linkFacts(opened(bytes));

  it.each([
    ["grows in its page", 100, 3000, ["__TEXT", "__DATA", "__LINKEDIT"]],
    ["moves to a segment of its own", 100, 5000, ["__TEXT", "__DATA", "__OTEL", "__LINKEDIT"]],
    ["gets more pages", 5000, 20_000, ["__TEXT", "__DATA", "__OTEL", "__LINKEDIT"]],
    ["stays where it is if it becomes shorter", 5000, 100, ["__TEXT", "__DATA", "__OTEL", "__LINKEDIT"]],
  ])("%s", (_, first, second, segments) => {
    const once = embedded(bytes, manifestOf(first, "a"));
    const twice = embedded(once, manifestOf(second, "b"));
    const file = opened(twice);
    expect(manifestIn(file)).toBe(manifestOf(second, "b").toString());
    expect(linkFacts(file)).toEqual(facts);
    expect(file.segments.map(({ name }) => name)).toEqual(segments);
    // Nothing of the older one is left where it was.
    expect(twice.includes("aaaa")).toBe(false);
  });

  it("is the same file if it is embedded twice", () => {
    const once = embedded(bytes, manifestOf(200));
    expect(embedded(once, manifestOf(200)).equals(once)).toBe(true);
  });
});
