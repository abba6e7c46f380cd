import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { ArchiveError } from "../../../src/files/archive/archive-error.ts";
import { lackOf, testWith } from "../../support/need.ts";
import { contentIn, opened } from "../../support/opened-archive.ts";

/** What zip makes of these files; a link where the text begins with `->`. */
function zipOf(files: Readonly<Record<string, string>>, ...options: readonly string[]): Buffer {
  const folder = mkdtempSync(join(tmpdir(), "zip-"));
  try {
    mkdirSync(join(folder, "in"));
    for (const [name, text] of Object.entries(files)) {
      const place = join(folder, "in", name);
      mkdirSync(join(place, ".."), { recursive: true });
      if (text.startsWith("-> ")) symlinkSync(text.slice(3), place);
      else writeFileSync(place, text);
    }
    execFileSync("zip", ["-qry", ...options, "../a.zip", "."], { cwd: join(folder, "in") });
    return readFileSync(join(folder, "a.zip"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The bytes with one text of the same length in the place of another, wherever it is. */
function replaced(bytes: Buffer, from: string, to: string): Buffer {
  return Buffer.from(bytes.toString("latin1").replaceAll(from, to), "latin1");
}

const lack = lackOf("zip");
const files = {
  "plugins/a.so": "bytes".repeat(1000),
  "plugins/b.so": "-> a.so",
  "plugins/out.so": "-> ../../etc/passwd",
  "doc/text": "text".repeat(1000),
  "etc/passwd": "inside",
};

testWith(lack, "what zip writes is read, stored or deflated", async () => {
  for (const options of [["-0"], ["-9"], ["-fz"]]) {
    const bytes = zipOf(files, ...options);
    expect(await contentIn(bytes), options.join(" ")).toMatchObject({
      "/plugins/a.so": "bytes".repeat(1000),
      "/plugins/b.so": "-> a.so",
      "/doc/text": "text".repeat(1000),
    });
    const archive = await opened(bytes);
    expect(archive.files.realPath("/a.tar:/plugins/out.so")).toBe("/a.tar:/etc/passwd");
    archive.close();
  }
});

testWith(lack, "only what may be read at random is kept, and what is stored is read in place", async () => {
  const wanted = [{ path: "/plugins", recursive: false }];
  const elf = { ...files, "opt/odd": `\x7fELF${"x".repeat(2000)}` };
  const stored = await opened(zipOf(elf, "-0"), { wanted });
  expect(stored.stored).toBe(0);
  expect(stored.files.open("/a.tar:/opt/odd").size).toBe(2004);
  stored.close();
  const deflated = await opened(zipOf(elf, "-9"), { wanted });
  expect(deflated.stored).toBe(5000 + 2004);
  const text = deflated.files.open("/a.tar:/doc/text");
  expect(() => text.read(Buffer.alloc(1), 0, 1, 0)).toThrow(expect.objectContaining({ code: "ENODATA" }));
  deflated.close();
});

testWith(lack, "a library is known by how it begins, however it is compressed", async () => {
  const noise = randomBytes(100_000);
  const libraries = {
    "opt/zeros": `\x7fELF${"\0".repeat(100_000)}`,
    "opt/digits": `\x7fELF${noise.toString("hex")}`,
    "opt/letters": `\x7fELF${noise.toString("base64")}`,
  };
  for (const options of [["-1"], ["-9"], ["-fz"]]) {
    const archive = await opened(zipOf({ ...libraries, "opt/text": noise.toString("hex") }, ...options), {
      wanted: [],
    });
    const length = Object.values(libraries).reduce((sum, text) => sum + text.length, 0);
    expect(archive.stored, options.join(" ")).toBe(length);
    archive.close();
  }
});

const hostile: Readonly<Record<string, readonly [() => Buffer, string]>> = {
  "two entries with one name": [
    () => replaced(zipOf({ "one.so": "1", "two.so": "2" }), "two.so", "one.so"),
    'it has two entries "one.so"',
  ],
  "a name with ..": [() => replaced(zipOf({ "xx/a.so": "1" }, "-D"), "xx/", "../"), "invalid relative path"],
  "an absolute name": [() => replaced(zipOf({ "xx/a.so": "1" }, "-D"), "xx/", "/x/"), "absolute path"],
  "a different name in the entry's own header": [
    () => {
      const bytes = zipOf({ "one.so": "1" }, "-D");
      bytes.write("two.so", bytes.indexOf("one.so"));
      return bytes;
    },
    'is called "two.so" in its own header',
  ],
  "a wrong checksum, stored": [
    () => replaced(zipOf({ "a.so": "bytes" }, "-0"), "bytes", "bytez"),
    'the checksum of "a.so" is wrong',
  ],
  "a wrong checksum, deflated": [
    () => {
      const bytes = zipOf({ "a.so": "bytes".repeat(99) });
      bytes.writeUInt32LE(1, bytes.indexOf("PK\x01\x02", 0, "latin1") + 16);
      return bytes;
    },
    'the checksum of "a.so" is wrong',
  ],
  encryption: [() => zipOf({ "a.so": "bytes" }, "-P", "secret"), "is encrypted"],
  "an end that is missing": [() => zipOf(files).subarray(0, -30), "its ZIP data is broken"],
  "a method that is not read": [
    () => zipOf({ "a.so": "bytes".repeat(99) }, "-Z", "bzip2"),
    "compressed by method 12",
  ],
};

for (const [name, [bytes, why]] of Object.entries(hostile)) {
  testWith(lack, `${name} is refused with the reason`, async () => {
    await expect(contentIn(bytes())).rejects.toThrow(why);
    await expect(contentIn(bytes())).rejects.toThrow(ArchiveError);
  });
}

testWith(
  lack,
  "an archive that is cut or changed anywhere is read or refused, and nothing else",
  async () => {
    const bytes = zipOf(files);
    const outcomes = new Set<string>();
    for (let at = 0; at < bytes.length; at += 3) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 0xff;
      for (const each of [bytes.subarray(0, at), changed]) {
        try {
          await contentIn(each);
          outcomes.add("read");
        } catch (error) {
          expect(error).toSatisfy(
            (thrown: unknown) =>
              thrown instanceof ArchiveError || (thrown as { code?: string }).code === "ENOENT",
          );
          outcomes.add("refused");
        }
      }
    }
    expect(outcomes.size).toBe(2);
  },
);

testWith(lack, "bombs and too many entries are refused", async () => {
  const zeros = zipOf({ "a.so": "\0".repeat(2 ** 22), "b.so": "\0".repeat(2 ** 22) });
  await expect(contentIn(zeros, { limits: { inflated: 2 ** 20 } })).rejects.toThrow("as a bomb's does");
  await expect(contentIn(zipOf(files), { limits: { entries: 3 } })).rejects.toThrow("more than 3 entries");
});
