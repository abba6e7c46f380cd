import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { MachoSpec } from "../../../support/macho-builder.ts";
import { buildMacho } from "../../../support/macho-builder.ts";
import {
  embedded,
  linkFacts,
  manifestIn,
  manifestOf,
  opened,
  refusalOf,
} from "../../../support/macho-embed.ts";
import { checkPages } from "../../../../src/object/macho/code-signature-pages.ts";
import { memorySource } from "../../../support/macho-source.ts";
import { armHost, predict } from "../../../loader/dyld/open-host.ts";
import { armLibrary, blob, signedMacho, type SigningOptions } from "../../../loader/dyld/signed-macho.ts";

const spec: MachoSpec = {
  ...armLibrary,
  segments: [
    { name: "__TEXT", sections: [{ name: "__text", bytes: Buffer.alloc(0x5000, 0x1f), align: 0x1000 }] },
    { name: "__DATA", sections: [{ name: "__data", bytes: Buffer.alloc(16) }] },
  ],
};

/** One that fits in the last page, one for which pages are added. */
const lengths = [100, 100_000];

const adHoc: readonly (readonly [string, SigningOptions])[] = [
  ["SHA-256", {}],
  ["SHA-1", { hashType: 1 }],
  ["truncated SHA-256", { hashType: 3 }],
  ["SHA-384", { hashType: 4 }],
  ["SHA-1 and SHA-256", { hashType: 1, alternate: 2 }],
  ["pages of 16 KB", { pageShift: 14 }],
  ["one hash over all", { pageShift: 0 }],
  ["the linker", { flags: 0x20002 }],
  [
    "entitlements, requirements and an empty wrapper",
    {
      blobs: [
        { slot: 5, bytes: blob(0xfade7171, "<plist/>") },
        { slot: 2, bytes: blob(0xfade0c01, Buffer.alloc(4)) },
        { slot: 0x10000, bytes: blob(0xfade0b01, "") },
      ],
    },
  ],
];

describe.each(adHoc)("an ad-hoc signature with %s", (_, options) => {
  const bytes = signedMacho(spec, options);
  const before = opened(bytes).signature;

  it.each(lengths)("fits the file with a manifest of %i bytes", (length) => {
    const after = embedded(bytes, manifestOf(length));
    const file = opened(after);
    const { directories, entitlements, isCertified } = file.signature ?? { directories: [] };
    expect(directories).toHaveLength(before?.directories.length ?? -1);
    for (const [index, directory] of directories.entries()) {
      const { changed, pages } = checkPages(memorySource(after), directory);
      expect(changed).toBe(0);
      expect(pages).toBe(
        directory.pageSize === 0 ? 1 : Math.ceil(Number(directory.codeLimit) / directory.pageSize),
      );
      expect(directory.codeLimit).toBe(BigInt(file.codeSignature?.offset ?? 0));
      const { identifier, flags, version, hash } = before?.directories[index] ?? {};
      expect(directory).toMatchObject({ identifier, flags, version, hash });
    }
    expect(entitlements).toBe(before?.entitlements);
    expect(isCertified).toBe(false);
    expect((file.codeSignature?.offset ?? 0) + (file.codeSignature?.size ?? 0)).toBe(after.length);
    expect(manifestIn(file)).toBe(manifestOf(length).toString());
    expect(predict(after, armHost)).toEqual(predict(bytes, armHost));
  });

  it.each(lengths)("is removed if that is asked for, with %i bytes", (length) => {
    const after = embedded(bytes, manifestOf(length), { removeSignature: true });
    const file = opened(after);
    expect(file.codeSignature).toBeUndefined();
    expect(file.loadCommands.map(({ name }) => name)).not.toContain("LC_CODE_SIGNATURE");
    expect(after.includes(Buffer.from("fade0c02", "hex"))).toBe(false);
    const linkedit = file.segments.at(-1);
    expect(linkedit?.name).toBe("__LINKEDIT");
    expect(Number((linkedit?.offset ?? 0n) + (linkedit?.fileSize ?? 0n))).toBe(after.length);
    expect(manifestIn(file)).toBe(manifestOf(length).toString());
    expect(linkFacts(file)).toEqual(linkFacts(opened(bytes)));
  });
});

it("a signature that reserves no room grows with the file", () => {
  const roomy = signedMacho(spec);
  const at = opened(roomy).codeSignature?.offset ?? 0;
  const length = roomy.readUInt32BE(at + 4);
  // As linkers do it: padded to 16 bytes, no more.
  const size = Math.ceil(length / 16) * 16;
  const { commandAt } = buildMacho({ ...spec, codeSignature: Buffer.alloc(0x4000) });
  const bytes = roomy.subarray(0, at + size);
  bytes.writeUInt32LE(size, commandAt(0x1d) + 12);
  const linkedit = commandAt(0x19, 2);
  bytes.writeBigUInt64LE(BigInt(at + size) - bytes.readBigUInt64LE(linkedit + 40), linkedit + 48);
  // The load commands are signed: hashed again by embedding nothing but what is there would hide it.
  const resigned = signedAgain(bytes, at);
  // 32 bytes for each page of 4 KB: so much that __LINKEDIT takes more pages of memory too.
  const after = embedded(resigned, manifestOf(3_000_000));
  const file = opened(after);
  expect(file.checkPages()).toMatchObject({ changed: 0 });
  expect(file.codeSignature?.size).toBeGreaterThan(size);
  expect((file.codeSignature?.offset ?? 0) + (file.codeSignature?.size ?? 0)).toBe(after.length);
  const [was, now] = [opened(resigned).segments.at(-1), file.segments.at(-1)];
  expect(now?.memorySize).toBeGreaterThan(was?.memorySize ?? 0n);
  expect((now?.fileSize ?? 0n) - (was?.fileSize ?? 0n)).toBe(BigInt((file.codeSignature?.size ?? 0) - size));
});

/** Hashes the first page again, after a test has changed it. */
function signedAgain(bytes: Buffer, at: number): Buffer {
  const file = opened(bytes);
  const { directory } = file.signature ?? {};
  if (directory === undefined) throw new Error("it is not signed");
  const start = bytes.indexOf(directory.hashes, at);
  const digest = createHash("sha256").update(bytes.subarray(0, directory.pageSize)).digest();
  digest.copy(bytes, start);
  return bytes;
}

describe("a signature that is not renewed", () => {
  it.each<[string, SigningOptions, string]>([
    [
      "a certificate",
      { flags: 0, blobs: [{ slot: 0x10000, bytes: blob(0xfade0b01, "CMS") }] },
      "a certificate",
    ],
    ["a team", { flags: 0, teamId: "ABCDE12345" }, "a certificate of team ABCDE12345"],
    ["nothing that says it is ad hoc", { flags: 0 }, "a certificate"],
  ])("names %s", (_, options, by) => {
    const bytes = signedMacho(spec, options);
    const { reason, next } = refusalOf(bytes, manifestOf(100));
    expect(reason).toBe(`it is signed with ${by}, and only its owner can sign the changed file`);
    expect(next.join(" ")).toContain("codesign --sign IDENTITY --force FILE");
    const file = opened(embedded(bytes, manifestOf(100), { removeSignature: true }));
    expect(file.codeSignature).toBeUndefined();
    expect(manifestIn(file)).toBe(manifestOf(100).toString());
  });

  it("does not fit the file: damage is not covered up", () => {
    const bytes = signedMacho(spec);
    bytes.writeUInt8(0xff, 0x2345);
    expect(refusalOf(bytes, manifestOf(100)).reason).toBe(
      "its code signature does not fit it: 1 pages were changed after it was signed (0x2000)",
    );
  });

  it("covers only part of the file", () => {
    const bytes = signedMacho(spec, { unsignedTail: 8 });
    expect(refusalOf(bytes, manifestOf(100)).reason).toContain("its code signature covers");
  });

  it("cannot be read", () => {
    const bytes = signedMacho(spec);
    bytes.writeUInt8(0, opened(bytes).codeSignature?.offset ?? 0);
    expect(refusalOf(bytes, manifestOf(100)).reason).toContain("code signature: unknown magic");
    expect(manifestIn(opened(embedded(bytes, manifestOf(100), { removeSignature: true })))).toBe(
      manifestOf(100).toString(),
    );
  });
});

it("an unsigned file stays unsigned", () => {
  const { bytes } = buildMacho(spec);
  expect(opened(embedded(bytes, manifestOf(100))).codeSignature).toBeUndefined();
  expect(
    embedded(bytes, manifestOf(100), { removeSignature: true }).equals(embedded(bytes, manifestOf(100))),
  ).toBe(true);
});

it("says how long __TEXT is now if the manifest made it longer", () => {
  const used = 0x1000 + 64;
  const field = Buffer.alloc(8);
  field.writeBigUInt64LE(BigInt(used));
  const limit = Buffer.alloc(8);
  limit.writeBigUInt64BE(BigInt(used));
  const bytes = signedMacho(
    {
      ...spec,
      segments: [
        { name: "__TEXT", sections: [{ name: "__text", bytes: Buffer.alloc(64, 0x1f), align: 0x1000 }] },
      ],
      // segment_command_64.filesize of the first segment: it ends with the code.
      patch: [{ at: 32 + 48, bytes: field }],
    },
    { directoryPatch: [{ at: 72, bytes: [...limit] }] },
  );
  const after = embedded(bytes, manifestOf(100));
  const file = opened(after);
  expect(file.sections.at(-1)).toMatchObject({ segment: "__TEXT", name: "__otel_manifest" });
  expect(file.segments[0]?.fileSize).toBe(BigInt(used + 100));
  const directory = after.indexOf(Buffer.from("fade0c02", "hex"), file.codeSignature?.offset);
  expect(after.readBigUInt64BE(directory + 72)).toBe(BigInt(used + 100));
  expect(file.checkPages()).toMatchObject({ changed: 0 });
});

it("takes the padding before it along when it is removed, so that the last table ends the file", () => {
  const symbols = [{ name: "_odd", at: "__DATA,__data" }];
  const { tableAt } = buildMacho({ ...spec, symbols, codeSignature: Buffer.alloc(0x4000) });
  const bytes = signedMacho({ ...spec, symbols });
  const after = embedded(bytes, manifestOf(100), { removeSignature: true });
  const end = tableAt("strings") + Buffer.byteLength(" \0_odd\0");
  expect(end).toBeLessThan(tableAt("codeSignature"));
  expect(after).toHaveLength(end);
  expect(opened(after).staticSymbols).toEqual(opened(bytes).staticSymbols);
});
