import { deflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { numbers } from "../../support/elf-structures.ts";
import { ENCODINGS, formatErrorOf, open, sectionOf } from "../../support/elf-open.ts";

const SHF_COMPRESSED = 0x800;
const plain = Buffer.from('{"language":"rust"}'.repeat(50));

interface Chdr {
  readonly bits?: 32 | 64;
  readonly endian?: "little" | "big";
  readonly type?: number;
  readonly size?: number | bigint;
  readonly stream?: Buffer;
}

/** Elf32_Chdr or Elf64_Chdr and the stream. */
function compressed({
  bits = 64,
  endian = "little",
  type = 1,
  size = plain.length,
  stream = deflateSync(plain),
}: Chdr) {
  const encoded = { bits, endian };
  const word = bits / 8;
  const head = bits === 64 ? [numbers([type, 0], 4, encoded)] : [numbers([type], 4, encoded)];
  const content = Buffer.concat([...head, numbers([size, 1], word, encoded), stream]);
  return {
    bits,
    endian,
    sections: [{ name: ".otel_manifest", content, flags: SHF_COMPRESSED, loaded: false }],
  };
}

function read(chdr: Chdr, limit = 2 ** 20): Buffer {
  const file = open(compressed(chdr));
  return file.readSection(sectionOf(file, ".otel_manifest"), limit);
}

describe.each(ENCODINGS)("a compressed section of $bits bits, $endian endian", ({ bits, endian }) => {
  test("is inflated", () => {
    expect(read({ bits, endian }).equals(plain)).toBe(true);
  });
});

describe("a compressed section", () => {
  test("is known by its flag", () => {
    expect(open(compressed({})).sections[0]?.compressed).toBe(true);
  });

  test("that is empty inflates to nothing", () => {
    expect(read({ size: 0, stream: deflateSync(Buffer.alloc(0)) })).toHaveLength(0);
  });

  test("that inflates to more than the limit is refused by its header alone", () => {
    expect(formatErrorOf(() => read({ size: 2n ** 40n }, 1000))).toMatchObject({
      found: `${2n ** 40n} bytes`,
    });
  });

  test("that inflates to more than it announces is refused", () => {
    const bomb = deflateSync(Buffer.alloc(2 ** 24));
    const error = formatErrorOf(() => read({ size: 2 ** 20, stream: bomb }, 2 ** 20));
    expect(error).toMatchObject({
      what: "section .otel_manifest cannot be inflated",
      found: "ERR_BUFFER_TOO_LARGE",
    });
  });

  test("that inflates to less than it announces is refused", () => {
    expect(formatErrorOf(() => read({ size: plain.length + 1 })).what).toContain(
      "does not inflate to its size",
    );
  });

  test("whose stream is broken is refused", () => {
    const stream = deflateSync(plain);
    stream.fill(0xff, 8, 20);
    expect(formatErrorOf(() => read({ stream })).what).toBe("section .otel_manifest cannot be inflated");
  });

  test("whose stream is cut off is refused", () => {
    expect(formatErrorOf(() => read({ stream: deflateSync(plain).subarray(0, 20) })).what).toContain(
      "inflated",
    );
  });

  test("whose header is cut off is refused", () => {
    const content = Buffer.alloc(23);
    const file = open({ sections: [{ name: ".x", content, flags: SHF_COMPRESSED, loaded: false }] });
    expect(formatErrorOf(() => file.readSection(sectionOf(file, ".x"), 100)).what).toContain("is cut off");
  });

  test("that is far longer than what it holds is not read", () => {
    const stream = Buffer.concat([deflateSync(Buffer.from("x")), Buffer.alloc(100_000)]);
    expect(formatErrorOf(() => read({ size: 1, stream })).what).toContain("longer compressed than not");
  });

  test("of an unknown method is refused with its number", () => {
    expect(formatErrorOf(() => read({ type: 77 }))).toMatchObject({ found: 77, expected: "1 (zlib)" });
  });

  test("of zstd is refused by name where Node cannot inflate it", async () => {
    const { zstdCompressSync } = (await import("node:zlib")) as {
      zstdCompressSync?: (bytes: Buffer) => Buffer;
    };
    if (zstdCompressSync === undefined) {
      expect(formatErrorOf(() => read({ type: 2 })).what).toContain(
        "compressed with zstd, which is not supported",
      );
    } else {
      expect(read({ type: 2, stream: zstdCompressSync(plain) }).equals(plain)).toBe(true);
    }
  });
});

describe("a section a piece at a time", () => {
  const content = Buffer.from(Array.from({ length: 600_000 }, (_, at) => (at * 7919) & 0xff));

  test("is the whole of it, each piece with what stands around it", () => {
    const file = open({ sections: [{ name: ".debug_str", content, loaded: false }] });
    let done = 0;
    for (const { bytes, from, to } of file.sectionPieces(sectionOf(file, ".debug_str"), 2 ** 20)) {
      expect(bytes.equals(content.subarray(done - from, done - from + bytes.length))).toBe(true);
      expect(from).toBe(Math.min(done, 4096));
      expect(bytes.length - to).toBe(Math.min(content.length - done - (to - from), 4096));
      done += to - from;
    }
    expect(done).toBe(content.length);
  });

  test("is one piece if it is compressed", () => {
    const file = open(compressed({}));
    const pieces = [...file.sectionPieces(sectionOf(file, ".otel_manifest"), 2 ** 20)];
    expect(pieces).toEqual([{ bytes: plain, from: 0, to: plain.length }]);
  });

  test("is an error if it is longer than wanted", () => {
    const file = open({ sections: [{ name: ".debug_str", content, loaded: false }] });
    const section = sectionOf(file, ".debug_str");
    expect(formatErrorOf(() => [...file.sectionPieces(section, 1000)])).toBeDefined();
  });
});
