import { describe, expect, it, test } from "vitest";
import type { ByteSource } from "../../../src/object/image.ts";
import { openMacho } from "../../../src/object/macho/file.ts";
import {
  armLibrary,
  blob,
  signatureOffset,
  signedMacho,
  type SigningOptions,
} from "../../loader/dyld/signed-macho.ts";
import { buildMacho } from "../../support/macho-builder.ts";
import { formatErrorOf } from "../../support/macho-open.ts";
import { memorySource } from "../../support/macho-source.ts";

function open(options: SigningOptions, change?: (bytes: Buffer) => void) {
  const bytes = signedMacho(armLibrary, options);
  change?.(bytes);
  return openMacho(memorySource(bytes));
}

const at = signatureOffset(armLibrary);

describe("the signature of an image", () => {
  test("is not there in one without LC_CODE_SIGNATURE", () => {
    const file = openMacho(memorySource(buildMacho(armLibrary).bytes));
    expect(file.signature).toBeUndefined();
    expect(file.checkPages()).toBeUndefined();
  });

  it("names the image, its flags and what is signed", () => {
    const { directory, isCertified, entitlements } = open({ flags: 0x20002 }).signature ?? {};
    expect(directory).toMatchObject({
      version: 0x20400,
      flags: 0x20002,
      identifier: "plugin",
      teamId: undefined,
      codeLimit: BigInt(at),
      pageSize: 4096,
      hash: { algorithm: "sha256", size: 32 },
    });
    expect([isCertified, entitlements]).toEqual([false, undefined]);
  });

  it("names the team", () => {
    expect(open({ teamId: "ABCDE12345" }).signature?.directory.teamId).toBe("ABCDE12345");
  });

  it("carries entitlements", () => {
    const blobs = [{ slot: 5, bytes: blob(0xfade7171, "<plist/>") }];
    expect(open({ blobs }).signature?.entitlements).toBe("<plist/>");
  });

  test.each([
    ["an empty wrapper is no certificate", "", false],
    ["anything in it is one", "certificate", true],
  ])("%s", (_, content, expected) => {
    const blobs = [{ slot: 0x10000, bytes: blob(0xfade0b01, content) }];
    expect(open({ blobs }).signature?.isCertified).toBe(expected);
  });

  it("is judged by the strongest of several code directories", () => {
    const { directory, directories } = open({ hashType: 1, alternate: 2 }).signature ?? {};
    expect(directories?.map(({ hash }) => hash.algorithm)).toEqual(["sha1", "sha256"]);
    expect(directory?.hash.algorithm).toBe("sha256");
  });
});

describe("signed pages", () => {
  test.each([
    ["SHA-1", 1],
    ["SHA-256", 2],
    ["SHA-256 cut to 20 bytes", 3],
    ["SHA-384", 4],
  ] as const)("are unchanged by %s in a file as it was signed", (_, hashType) => {
    const pages = Math.ceil(at / 4096);
    expect(open({ hashType }).checkPages()).toEqual({ pages, changed: 0, changedAt: [] });
  });

  test.each([
    ["4 KB", 12, 0x3000],
    ["16 KB", 14, 0],
    ["one page", 0, 0],
  ])("tell of one changed byte with pages of %s", (_, pageShift, start) => {
    const file = open({ pageShift }, (bytes) => {
      bytes.writeUInt8(bytes.readUInt8(0x3456) ^ 1, 0x3456);
    });
    expect(file.checkPages()).toMatchObject({ changed: 1, changedAt: [start] });
  });

  it("are counted beyond those that are named", () => {
    const long = {
      ...armLibrary,
      segments: [{ name: "__TEXT", sections: [{ name: "__text", bytes: Buffer.alloc(0x40000) }] }],
    };
    const bytes = signedMacho(long);
    const end = signatureOffset(long);
    for (let place = 0x1fff; place < end; place += 0x1000)
      bytes.writeUInt8(bytes.readUInt8(place) ^ 1, place);
    const { changed, changedAt } = openMacho(memorySource(bytes)).checkPages() ?? {};
    expect(changed).toBe(Math.floor((end - 0x1fff - 1) / 0x1000) + 1);
    expect(changedAt).toHaveLength(16);
  });

  it("are not minded after what is signed", () => {
    const file = open({ unsignedTail: 100 }, (bytes) => {
      bytes.writeUInt8(bytes.readUInt8(at - 1) ^ 1, at - 1);
    });
    expect(file.checkPages()?.changed).toBe(0);
  });

  it("are read a piece at a time", () => {
    const sections = [{ name: "__text", bytes: Buffer.alloc(5_000_000) }];
    const bytes = signedMacho({ ...armLibrary, segments: [{ name: "__TEXT", sections }] }, { pageShift: 14 });
    const source = memorySource(bytes);
    let longest = 0;
    const counting: ByteSource = {
      ...source,
      read(offset, length, what) {
        longest = Math.max(longest, Number(length));
        return source.read(offset, length, what);
      },
    };
    expect(openMacho(counting).checkPages()?.changed).toBe(0);
    expect(longest).toBe(1024 * 1024);
  });
});

describe("a broken signature", () => {
  const put = (place: number, value: number) => (bytes: Buffer) => {
    bytes.writeUInt32BE(value, at + place);
  };
  /** In the blob, after the index of one entry. */
  const directory = 20;
  test.each([
    ["of an unknown form", put(0, 0xfade0c05), "unknown magic"],
    ["longer than its load command", put(4, 0x4001), "is cut off"],
    ["with more blobs than fit", put(8, 0x10000000), "blobs do not fit"],
    ["with a blob outside", put(16, 0x3fff), "blob is outside"],
    ["with a blob that is cut off", put(directory + 4, 0x3fff), "blob is cut off"],
    ["with a blob shorter than its head", put(directory + 4, 4), "blob is cut off"],
    ["without a code directory", put(12, 5), "has no code directory"],
    ["with something else as code directory", put(directory, 0xfade7171), "is not a code directory"],
    ["of an old version", put(directory + 8, 0x20000), "version is too old"],
    ["with hashes outside", put(directory + 16, 0x1000), "hashes leave the code directory"],
    ["with more hashes than fit", put(directory + 28, 0xffffffff), "hashes leave the code directory"],
    ["with fewer hashes than pages", put(directory + 28, 1), "pages without a hash"],
    ["with special hashes that do not fit", put(directory + 24, 1000), "special hashes do not fit"],
    ["with an identifier outside", put(directory + 20, 0x10000), "is cut off"],
    ["with a team outside", put(directory + 48, 0x10000), "is cut off"],
    ["with scattered pages", put(directory + 44, 88), "pages lie scattered"],
  ])("%s is told of", (_, change, expected) => {
    expect(formatErrorOf(() => open({}, change).signature).message).toContain(expected);
  });

  test.each([
    ["hash type", 37, 9, "unknown hash type"],
    ["hash size", 36, 20, "wrong hash size"],
    ["page size", 39, 31, "wrong page size"],
  ])("with a wrong %s is told of", (_, place, value, expected) => {
    const options = { directoryPatch: [{ at: place, bytes: [value] }] };
    expect(formatErrorOf(() => open(options).signature).message).toContain(expected);
  });

  it("whose blobs overlap is told of, so that no index makes us read without end", () => {
    const bytes = signedMacho(armLibrary);
    bytes.writeUInt32BE(bytes.readUInt32BE(at + 16), at + 16);
    const count = 400;
    bytes.writeUInt32BE(count, at + 8);
    bytes.copy(bytes, at + 12 + count * 8, at + 20, at + 20 + 600);
    for (let index = 0; index < count; index++) {
      bytes.writeUInt32BE(0x1000, at + 12 + index * 8);
      bytes.writeUInt32BE(12 + count * 8, at + 16 + index * 8);
    }
    bytes.writeUInt32BE(0x4000, at + 4);
    const file = openMacho(memorySource(bytes));
    expect(formatErrorOf(() => file.signature).message).toContain("blobs overlap");
  });

  it("that covers more than the file is told of", () => {
    const wide = { at: 56, bytes: [0, 0, 0, 0, 1, 0, 0, 0] };
    const file = open({ pageShift: 0, directoryPatch: [wide] });
    expect(formatErrorOf(() => file.checkPages()).message).toContain("covers more than the file");
  });
});
