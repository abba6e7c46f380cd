import { describe, expect, it } from "vitest";
import { Slice } from "../../../../src/object/image.ts";
import { openMacho } from "../../../../src/object/macho/file.ts";
import { readUniversal } from "../../../../src/object/macho/universal.ts";
import { buildMacho, buildUniversal, type MachoSpec } from "../../../support/macho-builder.ts";
import {
  editOf,
  embedded,
  linkFacts,
  manifestIn,
  manifestOf,
  refusalOf,
} from "../../../support/macho-embed.ts";
import { memorySource } from "../../../support/macho-source.ts";
import { armHost, intelHost, predict } from "../../../loader/dyld/open-host.ts";
import { armLibrary, intelLibrary, signedMacho } from "../../../loader/dyld/signed-macho.ts";

const segments = [
  { name: "__TEXT", sections: [{ name: "__text", bytes: Buffer.alloc(64, 0x1f), align: 0x800 }] },
  { name: "__DATA", sections: [{ name: "__data", bytes: Buffer.alloc(16) }] },
] as const;

const intel = { cputype: 0x0100_0007, cpusubtype: 3 };
const arm = { cputype: 0x0100_000c, cpusubtype: 0, align: 14 };

function slices(bytes: Buffer) {
  return readUniversal(memorySource(bytes)).slices.map(({ offset, size, align }) => {
    const file = openMacho(new Slice(memorySource(bytes), offset, size));
    return { offset, size, align, file };
  });
}

function universal(bits: 32 | 64, { intelSpec = intelLibrary }: { intelSpec?: MachoSpec } = {}): Buffer {
  return buildUniversal(
    [
      {
        ...intel,
        bytes: buildMacho({
          ...intelSpec,
          segments: intelSpec === intelLibrary ? segments : (intelSpec.segments ?? []),
        }).bytes,
      },
      { ...arm, bytes: signedMacho({ ...armLibrary, segments }) },
    ],
    { bits },
  );
}

describe.each([32, 64] as const)("a universal file with entries of %i bits", (bits) => {
  it.each([100, 30_000, 50_000])("gets %i bytes in every slice", (length) => {
    const bytes = universal(bits);
    const after = embedded(bytes, manifestOf(length));
    const [was, now] = [slices(bytes), slices(after)];
    expect(now).toHaveLength(2);
    for (const [index, { file, offset, align }] of now.entries()) {
      expect(manifestIn(file)).toBe(manifestOf(length).toString());
      expect(linkFacts(file)).toEqual(linkFacts(was[index]?.file ?? file));
      expect(align).toBe(was[index]?.align);
      expect(offset % 2 ** align).toBe(0);
    }
    expect(now[1]?.file.checkPages()).toMatchObject({ changed: 0 });
    for (const host of [intelHost, armHost]) expect(predict(after, host)).toEqual(predict(bytes, host));
  });

  it("keeps what follows the last slice", () => {
    const bytes = Buffer.concat([universal(bits), Buffer.from("appended")]);
    const after = embedded(bytes, manifestOf(50_000));
    expect(after.subarray(-8).toString()).toBe("appended");
    expect(slices(after).every(({ file }) => manifestIn(file) === manifestOf(50_000).toString())).toBe(true);
  });
});

it("stays where it is if no slice becomes longer", () => {
  const bytes = universal(32);
  const after = embedded(bytes, manifestOf(100));
  expect(after).toHaveLength(bytes.length);
  expect(slices(after).map(({ offset }) => offset)).toEqual(slices(bytes).map(({ offset }) => offset));
});

it("is refused as a whole if one slice lacks room, and says which", () => {
  const full: MachoSpec = {
    ...intelLibrary,
    segments: [
      { name: "__TEXT", sections: [{ name: "__text", bytes: Buffer.alloc(64, 0x1f) }] },
      segments[1],
    ],
  };
  const { reason, next } = refusalOf(universal(32, { intelSpec: full }), manifestOf(100));
  expect(reason).toMatch(
    /^in its slice x86_64 \(all others are left alone too\): it has \d+ free bytes behind its load commands/,
  );
  expect(next.join(" ")).toContain("headerpad");
});

it("is refused if a slice is not an image", () => {
  const archive = Buffer.from("!<arch>\n".padEnd(64, " "));
  const bytes = buildUniversal([
    { ...intel, bytes: buildMacho({ ...intelLibrary, segments }).bytes },
    { ...arm, bytes: archive },
  ]);
  expect(refusalOf(bytes, manifestOf(100)).reason).toBe("its slice aarch64 is not a Mach-O image");
});

it("is refused with a table that is damaged", () => {
  const bytes = universal(32);
  bytes.writeUInt32BE(0xffff_0000, 8 + 8);
  expect(refusalOf(bytes, manifestOf(100)).reason).toContain("it is damaged");
});

it("finds the slice that lipo once hid, and writes its entry too", () => {
  const bytes = universal(32);
  bytes.writeUInt32BE(1, 4);
  const after = embedded(bytes, manifestOf(50_000));
  expect(after.readUInt32BE(4)).toBe(1);
  expect(slices(after).map(({ file }) => manifestIn(file))).toEqual([
    manifestOf(50_000).toString(),
    manifestOf(50_000).toString(),
  ]);
});

it("keeps what is not changed as ranges of the old file", () => {
  const long = {
    name: "__TEXT",
    sections: [{ name: "__text", bytes: Buffer.alloc(4_000_000, 0x1f), align: 0x800 }],
  };
  const bytes = buildUniversal([
    { ...intel, bytes: buildMacho({ ...intelLibrary, segments: [long, segments[1]] }).bytes },
    { ...arm, bytes: signedMacho({ ...armLibrary, segments: [long, segments[1]] }, { pageShift: 14 }) },
  ]);
  const { parts } = editOf(memorySource(bytes), manifestOf(50_000));
  const fresh = parts.reduce((sum, part) => sum + (part.kind === "new" ? part.bytes.length : 0), 0);
  // Twice: load commands, the manifest in whole pages; and one signature, with the 16 KB that were reserved for it.
  expect(fresh).toBeLessThan(250_000);
});
