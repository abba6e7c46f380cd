import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { ArchiveError } from "../../../src/files/archive/archive-error.ts";
import { lackOf, testWith } from "../../support/need.ts";
import { contentIn, opened } from "../../support/opened-archive.ts";
import { tarOf } from "../../support/tar-builder.ts";
import { rawFrame, skippedFrame, zstdFrame } from "../../support/zstd-frame.ts";

const elf = Buffer.concat([Buffer.from("\x7fELF", "latin1"), randomBytes(300_000)]);
const tar = tarOf(
  { name: "plugins/a.so", body: "bytes" },
  { name: "opt/odd-name", body: elf },
  { name: "usr/bin/tool", body: elf },
  { name: "usr/share/doc", body: "x".repeat(200_000) },
  { name: "usr/share/empty", body: "" },
);

const compress = {
  gzip: () => gzipSync(tar),
  "gzip of several members": () =>
    Buffer.concat([gzipSync(tar.subarray(0, 700)), gzipSync(tar.subarray(700))]),
  "zstd of raw blocks": () =>
    Buffer.concat([rawFrame(tar.subarray(0, 700)), skippedFrame(9), rawFrame(tar.subarray(700))]),
};

test.each(Object.entries(compress))("%s: only what may be read at random is kept", async (_, of) => {
  const archive = await opened(of(), { wanted: [{ path: "/plugins", recursive: false }] });
  const { files } = archive;
  expect(archive.stored).toBe("bytes".length + elf.length);
  const got = Buffer.alloc(elf.length);
  files.open("/a.tar:/opt/odd-name").read(got, 0, got.length, 0);
  expect(got.equals(elf)).toBe(true);
  expect(files.stat("/a.tar:/usr/share/doc").size).toBe(200_000);
  // To a loader it is there: one that cannot be opened would be passed over.
  const doc = files.open("/a.tar:/usr/share/doc");
  expect(() => doc.read(got, 0, 1, 0)).toThrow(expect.objectContaining({ code: "ENODATA" }));
  expect(files.open("/a.tar:/usr/share/empty").read(got, 0, 1, 0)).toBe(0);
  archive.close();
});

test("what a loader looks for by its name is kept, wherever it is", async () => {
  const long = "x".repeat(2 ** 20 + 1);
  const bytes = gzipSync(
    tarOf(
      { name: "opt/bin/libown.so.1", body: `\x7fELF${long}` },
      { name: "opt/libjunk.so", body: "junk" },
      { name: "etc/ld.so.cache", type: "2", target: "../var/cache/ldconfig" },
      { name: "etc/ld.so.preload", body: long },
      { name: "var/cache/ldconfig", body: long },
    ),
  );
  const archive = await opened(bytes, { wanted: [] });
  const got = Buffer.alloc(4);
  for (const path of ["opt/bin/libown.so.1", "opt/libjunk.so", "etc/ld.so.cache", "etc/ld.so.preload"]) {
    expect(archive.files.open(`/a.tar:/${path}`).read(got, 0, 4, 0), path).toBe(4);
  }
  archive.close();
});

test("a host that a link leads to is kept, though it is among the programs", async () => {
  const bytes = gzipSync(
    tarOf(
      { name: "usr/bin/otelcol-1.2", body: elf },
      { name: "otelcol", type: "2", target: "usr/bin/otelcol-1.2" },
    ),
  );
  const archive = await opened(bytes, { wanted: [{ path: "/otelcol", recursive: false }] });
  expect(archive.files.open("/a.tar:/otelcol").size).toBe(elf.length);
  archive.close();
});

testWith(lackOf("zstd"), "what zstd itself writes is read, at every level", async () => {
  const expected = await contentIn(tar);
  for (const level of [["-1"], ["-3"], ["-19"], ["--ultra", "-22"], ["--no-check"], ["--long=26"]]) {
    const bytes = execFileSync("zstd", ["-q", "-c", ...level], { input: tar, maxBuffer: 1e9 });
    expect(await contentIn(bytes), level.join(" ")).toEqual(expected);
    for (const length of [5, 100, bytes.length - 5]) {
      await expect(contentIn(bytes.subarray(0, length))).rejects.toThrow(ArchiveError);
    }
  }
});

test("gzip that is broken is refused", async () => {
  const good = gzipSync(tar);
  const badSum = Buffer.from(good);
  badSum.writeUInt32LE(1, good.length - 8);
  await expect(contentIn(badSum)).rejects.toThrow("its gzip data is broken: incorrect data check");
  await expect(contentIn(good.subarray(0, -20))).rejects.toThrow(
    "its gzip data is broken: unexpected end of file",
  );
  await expect(contentIn(gzipSync("a text, and not an archive".repeat(40)))).rejects.toThrow(
    "it does not begin as a tar archive does",
  );
});

const block = { type: "raw", size: 4, bytes: Buffer.from("text") } as const;
const badZstd: Readonly<Record<string, readonly [Buffer, string]>> = {
  "a window of 1 TB": [zstdFrame([block], { window: 0xf0 }), "bytes of memory, more than the limit"],
  "a dictionary": [zstdFrame([block], { flags: 1 }), "it needs a dictionary"],
  "a reserved block": [zstdFrame([{ ...block, type: "reserved" }]), "a block's header is not valid"],
  "a block that is too long": [zstdFrame([{ ...block, size: 2 ** 20 }]), "a block's header is not valid"],
  "a block that is cut off": [zstdFrame([{ ...block, size: 100 }]), "it is cut off"],
  "text behind a frame": [Buffer.concat([rawFrame(tar), Buffer.from("text")]), "does not begin as one"],
  "a skipped frame that is cut off": [skippedFrame(9).subarray(0, 12), "it is cut off"],
};

test.each(Object.entries(badZstd))("zstd with %s is refused", async (_, [bytes, why]) => {
  await expect(contentIn(bytes)).rejects.toThrow(why);
  await expect(contentIn(bytes)).rejects.toThrow(ArchiveError);
});

test("a hundred thousand frames that are skipped are no deep recursion", async () => {
  const skipped = Buffer.concat(Array.from({ length: 100_000 }, () => skippedFrame(0)));
  await expect(contentIn(Buffer.concat([skipped, rawFrame(tar)]))).resolves.toEqual(await contentIn(tar));
});

test("bombs are refused: gzip and zstd that become much longer", async () => {
  const zeros = gzipSync(Buffer.alloc(2 ** 22));
  const gzip = Buffer.concat(Array.from({ length: 40 }, () => zeros));
  const repeated = { type: "repeated", size: 128 * 1024, bytes: Buffer.alloc(1) } as const;
  const zstd = zstdFrame(Array.from({ length: 2000 }, () => repeated));
  const first = tarOf({ name: "big", size: 2 ** 32, body: "" }).subarray(0, 512);
  const limits = { inflated: 2 ** 20 };
  const why = "as a bomb's does";
  await expect(contentIn(Buffer.concat([gzipSync(first), gzip]), { limits })).rejects.toThrow(why);
  await expect(contentIn(Buffer.concat([rawFrame(first), zstd]), { limits })).rejects.toThrow(why);
  // Behind the end of the archive too, where the checksum is waited for.
  await expect(contentIn(Buffer.concat([gzipSync(tar), gzip]), { limits })).rejects.toThrow(why);
});

test("what is stored on disk is bounded", async () => {
  await expect(contentIn(gzipSync(tar), { limits: { stored: 1000 } })).rejects.toThrow(
    "more than 1000 bytes of it would have to be on disk",
  );
  await expect(contentIn(tar, { limits: { stored: 0 } })).resolves.toMatchObject({
    "/plugins/a.so": "bytes",
  });
});
