import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { ArchiveError } from "../../../src/files/archive/archive-error.ts";
import { contentIn, opened } from "../../support/opened-archive.ts";
import { entryOf, paxOf, tarOf, type TarPart } from "../../support/tar-builder.ts";

const file: TarPart = { name: "plugins/a.so", body: "bytes" };

test("files, folders and links are where the archive has them", async () => {
  const bytes = tarOf(
    { name: "plugins/", type: "5" },
    file,
    { name: "./plugins/b.so", type: "2", target: "a.so" },
    { name: "pipe", type: "6" },
  );
  await expect(contentIn(bytes)).resolves.toEqual({
    "/pipe": "fifo",
    "/plugins/": "",
    "/plugins/a.so": "bytes",
    "/plugins/b.so": "-> a.so",
  });
});

test("long names are read: of ustar, pax and GNU", async () => {
  const long = `${"d".repeat(90)}/${"e".repeat(90)}/${"f".repeat(90)}`;
  const bytes = tarOf(
    { name: "name", prefix: "prefix/of", body: "1" },
    paxOf({ path: long, mtime: "1.5" }),
    { name: "cut", body: "2" },
    { name: "././@LongLink", type: "L", body: `${long}.gnu\0`, magic: "ustar  \0" },
    { name: "cut", body: "3", magic: "ustar  \0" },
    paxOf({ linkpath: long }),
    { name: "by-pax", type: "2", target: "cut" },
    { name: "././@LongLink", type: "K", body: `${long}.gnu\0`, magic: "ustar  \0" },
    { name: "by-gnu", type: "2", target: "cut", magic: "ustar  \0" },
  );
  await expect(contentIn(bytes)).resolves.toMatchObject({
    "/prefix/of/name": "1",
    [`/${long}`]: "2",
    [`/${long}.gnu`]: "3",
    "/by-pax": `-> ${long}`,
    "/by-gnu": `-> ${long}.gnu`,
  });
});

test("a size is read in octal, of base 256, and from pax", async () => {
  const base256 = Buffer.alloc(12);
  base256[0] = 0x80;
  base256[11] = 5;
  const bytes = tarOf({ ...file, sizeField: base256 }, paxOf({ size: "3" }), {
    name: "b",
    body: "abc",
    size: 0,
  });
  await expect(contentIn(bytes)).resolves.toMatchObject({ "/plugins/a.so": "bytes", "/b": "abc" });
});

test("a hard link is the file that it names", async () => {
  const bytes = tarOf(file, { name: "b.so", type: "1", target: "plugins/a.so" });
  for (const each of [bytes, gzipSync(bytes)]) {
    const archive = await opened(each, { wanted: [{ path: "/b.so", recursive: false }] });
    const { files } = archive;
    expect(files.stat("/a.tar:/b.so").identity).toBe(files.stat("/a.tar:/plugins/a.so").identity);
    const got = Buffer.alloc(5);
    expect(files.open("/a.tar:/b.so").read(got, 0, 5, 0)).toBe(5);
    expect(got.toString()).toBe("bytes");
    archive.close();
  }
});

test.each([
  ["proc/", "5", true],
  [".dockerenv", "0", true],
  ["etc/os-release", "2", true],
  ["lib64/ld-linux-x86-64.so.2", "0", true],
  ["etc/otelcol.yaml", "0", false],
  ["lib/libother.so", "0", false],
])(
  "whether an archive with %s is a system, by a name that a root folder has",
  async (name, type, isSystem) => {
    const target = type === "2" ? "../plugins/a.so" : "";
    const archive = await opened(tarOf(file, { name, type, target }));
    expect(archive.isSystem).toBe(isSystem);
    archive.close();
  },
);

test("a hard link to a symbolic link is a second symbolic link", async () => {
  const bytes = tarOf(
    { name: "a/f", body: "of a" },
    { name: "b/f", body: "of b" },
    { name: "a/link", type: "2", target: "f" },
    { name: "b/link", type: "1", target: "a/link" },
    { name: "nowhere", type: "2", target: "x" },
    { name: "second", type: "1", target: "nowhere" },
  );
  await expect(contentIn(bytes)).resolves.toMatchObject({ "/b/link": "-> f", "/second": "-> x" });
});

test("of two entries with one name the last counts, as for tar", async () => {
  const bytes = tarOf(file, { ...file, body: "later" }, { name: "x", body: "1" }, { name: "x/y", type: "5" });
  await expect(contentIn(tarOf(file, { ...file, body: "later" }))).resolves.toMatchObject({
    "/plugins/a.so": "later",
  });
  await expect(contentIn(bytes)).rejects.toThrow('the entry "x/y" is inside what is not a folder');
});

test("an absolute name, and a link that leads out, are of the archive", async () => {
  const bytes = tarOf(
    { name: "/etc/passwd", body: "inside" },
    { name: "plugins/out.so", type: "2", target: "../../../../etc/passwd" },
    { name: "plugins/root.so", type: "2", target: "/etc/passwd" },
    { name: "elsewhere", type: "2", target: "/etc" },
    { name: "elsewhere/shadow", body: "through a link" },
  );
  const archive = await opened(bytes);
  const { files } = archive;
  for (const path of ["plugins/out.so", "plugins/root.so"]) {
    expect(files.realPath(`/a.tar:/${path}`)).toBe("/a.tar:/etc/passwd");
    expect(files.stat(`/a.tar:/${path}`).size).toBe("inside".length);
  }
  expect(files.realPath("/a.tar:/elsewhere/shadow")).toBe("/a.tar:/etc/shadow");
  expect(files.realPath("/a.tar:/../../..")).toBe("/a.tar:");
  archive.close();
});

const refused: Readonly<Record<string, readonly [Buffer, string]>> = {
  "a name with ..": [tarOf({ name: "plugins/../../x", body: "x" }), 'leads out of its folder by ".."'],
  "a hard link with ..": [tarOf({ name: "x", type: "1", target: "../x" }), 'leads out of its folder by ".."'],
  "a hard link to nothing": [tarOf({ name: "x", type: "1", target: "y" }), "is not a file in it"],
  "a link loop among the folders": [
    tarOf({ name: "a", type: "2", target: "b" }, { name: "b", type: "2", target: "a" }, { name: "a/x" }),
    "is in a link loop",
  ],
  "a wrong checksum": [
    tarOf(file, { ...file, checksum: 7 }),
    "the checksum of the header at offset 1024 is wrong",
  ],
  "a body that is cut off": [tarOf(file).subarray(0, 514), 'cut off in "plugins/a.so"'],
  "a header that is cut off": [Buffer.concat([entryOf(file), entryOf(file).subarray(0, 100)]), "cut off in"],
  "a size beyond the end": [tarOf({ ...file, size: 0o77777777777 }), 'cut off in "plugins/a.so"'],
  "a negative size": [tarOf({ ...file, sizeField: Buffer.alloc(12, 0xff) }), "is not a size"],
  "a size that is no number": [tarOf({ ...file, sizeField: Buffer.from("12x45       ") }), "is not a size"],
  "a sparse file of GNU": [tarOf({ ...file, type: "S" }), "sparse files"],
  "a sparse file of pax": [tarOf(paxOf({ "GNU.sparse.major": "1" }), file), "sparse files"],
  "an unknown type": [tarOf({ ...file, type: "Z" }), 'of the unknown type "Z"'],
  "one path for all entries": [tarOf(paxOf({ path: "x" }, "g"), file), "one path for all entries"],
  "pax that is not": [tarOf({ name: "pax", type: "x", body: "99 path=x\n" }, file), "not one of pax"],
  "a NUL in a name of pax": [tarOf(paxOf({ path: "a\0b" }), file), "contains a NUL"],
  "a long extended header": [
    tarOf(paxOf({ comment: "x".repeat(2 ** 20) }), file),
    "bytes of extended headers",
  ],
  "a long name": [tarOf(paxOf({ path: "x".repeat(5000) }), file), "longer than 4096 bytes"],
  "an extended header without an entry": [tarOf(paxOf({ path: "x" })), "cut off"],
  "a file in the place of the root": [tarOf({ name: "./", type: "0", body: "x" }), "place of the root"],
};

test.each(Object.entries(refused))(
  "%s is refused with the reason, compressed or not",
  async (_, [bytes, why]) => {
    await expect(contentIn(bytes)).rejects.toThrow(why);
    await expect(contentIn(bytes)).rejects.toThrow(ArchiveError);
    await expect(contentIn(gzipSync(bytes))).rejects.toThrow(why);
  },
);

test("an archive that is cut anywhere is refused, or is one that ends between two entries", async () => {
  const whole = tarOf(file, paxOf({ path: "b" }), { name: "cut", body: "x".repeat(700) });
  const ends = new Set<number>();
  for (let length = 512; length < whole.length; length += 13) {
    try {
      await contentIn(whole.subarray(0, length));
      ends.add(length);
    } catch (error) {
      expect(error).toBeInstanceOf(ArchiveError);
    }
  }
  // Behind the last body, inside what fills up its block, or in the zeros behind: between two entries, or among zeros.
  expect([...ends].every((length) => (length >= 517 && length <= 1024) || length >= 3076)).toBe(true);
});

test("the number of entries, and the length of their names, are bounded", async () => {
  const many = Array.from({ length: 50 }, (_, at) => ({ name: `${at}` }));
  await expect(contentIn(tarOf(...many), { limits: { entries: 20 } })).rejects.toThrow(
    "more than 20 entries",
  );
  await expect(contentIn(tarOf(...many), { limits: { names: 60 } })).rejects.toThrow(
    "longer than 60 bytes together",
  );
  const deep = tarOf({ name: Array.from({ length: 50 }, () => "d").join("/") });
  await expect(contentIn(deep, { limits: { entries: 20 } })).rejects.toThrow("more than 20 entries");
});

test("a million entries in few bytes are refused", async () => {
  const member = gzipSync(Buffer.concat(Array.from({ length: 1000 }, (_, at) => entryOf({ name: `${at}` }))));
  const bytes = Buffer.concat(Array.from({ length: 1000 }, () => member));
  await expect(contentIn(bytes)).rejects.toThrow("more than 500000 entries");
});
