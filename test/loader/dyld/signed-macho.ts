import { createHash } from "node:crypto";
import { buildMacho, type MachoSpec } from "../../support/macho-builder.ts";

export interface SigningOptions {
  /** CS_HASHTYPE_*; SHA-256 if left out. */
  readonly hashType?: 1 | 2 | 3 | 4;
  /** As a power of two, or 0 for one hash over all. */
  readonly pageShift?: number;
  readonly flags?: number;
  readonly teamId?: string;
  /** Bytes left unsigned before the signature. */
  readonly unsignedTail?: number;
  /** Written into the finished CodeDirectory. */
  readonly directoryPatch?: readonly { readonly at: number; readonly bytes: readonly number[] }[];
  /** Blobs beside the CodeDirectory, by slot. */
  readonly blobs?: readonly { readonly slot: number; readonly bytes: Buffer }[];
  /** A second CodeDirectory, in the first alternate slot. */
  readonly alternate?: 1 | 2 | 3 | 4;
}

const hashes = { 1: ["sha1", 20], 2: ["sha256", 32], 3: ["sha256", 20], 4: ["sha384", 48] } as const;

/** What makes a library that current dyld takes on an arm64 Mac. */
export const armLibrary = {
  cpuType: 0x0100_000c,
  cpuSubtype: 0,
  pageSize: 0x4000,
  installName: "@rpath/libplugin.dylib",
  uuid: Buffer.from("00112233445566778899aabbccddeeff", "hex"),
  buildVersion: { platform: 1, minos: 0x000d_0000, sdk: 0x000e_0000 },
  dylibs: [{ name: "/usr/lib/libSystem.B.dylib" }],
  symbols: [],
  segments: [
    { name: "__TEXT", sections: [{ name: "__text", bytes: Buffer.alloc(0x5000, 0x1f) }] },
    { name: "__DATA", sections: [{ name: "__data", bytes: Buffer.alloc(16) }] },
  ],
} as const satisfies MachoSpec;

/** The same for an Intel Mac, where nothing need be signed. */
export const intelLibrary: MachoSpec = {
  ...armLibrary,
  cpuType: 0x0100_0007,
  cpuSubtype: 3,
  pageSize: 0x1000,
};

/** The same without LC_ID_DYLIB. */
export function unnamed(spec: MachoSpec): MachoSpec {
  const copy: { -readonly [K in keyof MachoSpec]: MachoSpec[K] } = { ...spec };
  delete copy.installName;
  return copy;
}

/** Builds an image and signs it ad hoc, as codesign does it, or in a way that codesign would not. */
export function signedMacho(spec: MachoSpec, options: SigningOptions = {}): Buffer {
  const { bytes, tableAt } = buildMacho({ ...spec, codeSignature: Buffer.alloc(0x4000) });
  const at = tableAt("codeSignature");
  superBlob(bytes.subarray(0, at), options).copy(bytes, at);
  return bytes;
}

/** Where the signature starts in a file that `signedMacho` makes. */
export function signatureOffset(spec: MachoSpec): number {
  return buildMacho({ ...spec, codeSignature: Buffer.alloc(0x4000) }).tableAt("codeSignature");
}

function superBlob(code: Buffer, options: SigningOptions): Buffer {
  const { alternate, blobs = [], hashType = 2 } = options;
  const parts = [{ slot: 0, bytes: codeDirectory(code, hashType, options) }, ...blobs];
  if (alternate !== undefined) {
    parts.push({ slot: 0x1000, bytes: codeDirectory(code, alternate, options) });
  }
  let offset = 12 + parts.length * 8;
  const index = parts.map(({ slot, bytes }) => {
    const entry = u32(slot, offset);
    offset += bytes.length;
    return entry;
  });
  return Buffer.concat([u32(0xfade0cc0, offset, parts.length), ...index, ...parts.map(({ bytes }) => bytes)]);
}

/** A blob with its magic and length, such as entitlements (0xfade7171). */
export function blob(magic: number, content: Buffer | string): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([u32(magic, 8 + bytes.length), bytes]);
}

function codeDirectory(code: Buffer, hashType: 1 | 2 | 3 | 4, options: SigningOptions): Buffer {
  const { pageShift = 12, flags = 0x2, teamId, unsignedTail = 0, directoryPatch = [] } = options;
  const [algorithm, size] = hashes[hashType];
  const limit = code.length - unsignedTail;
  const pageSize = pageShift === 0 ? limit : 2 ** pageShift;
  const slots: Buffer[] = [];
  for (let at = 0; at < limit; at += pageSize) {
    const digest = createHash(algorithm)
      .update(code.subarray(at, Math.min(at + pageSize, limit)))
      .digest();
    slots.push(digest.subarray(0, size));
  }
  const head = 88;
  const names = Buffer.from(`plugin\0${teamId === undefined ? "" : `${teamId}\0`}`);
  const hashOffset = head + names.length;
  const directory = Buffer.concat([
    u32(0xfade0c02, hashOffset + slots.length * size, 0x20400, flags, hashOffset, head),
    u32(0, slots.length, limit),
    Buffer.from([size, hashType, 0, pageShift]),
    u32(0, 0, teamId === undefined ? 0 : head + 7, 0),
    Buffer.alloc(head - 56),
    names,
    ...slots,
  ]);
  for (const { at, bytes } of directoryPatch) Buffer.from(bytes).copy(directory, at);
  return directory;
}

function u32(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, index * 4);
  return bytes;
}
