import { describe, expect, it } from "vitest";
import {
  goVariablePayload,
  symbolPayload,
  type SymbolPayload,
} from "../../../src/manifest/carrier/symbol-payload.ts";
import { manifestLimit } from "../../../src/manifest/content.ts";
import type { ObjectSymbol, Pointer } from "../../../src/object/object-file.ts";
import {
  memoryObject,
  memorySymbol,
  start,
  startOffset,
  type MemorySpec,
} from "../../support/memory-object.ts";

/** Where the text stands in the objects below: behind four words. */
const textAt = 32;
const text = '{"a":1}';
const toText: Pointer = { kind: "address", address: start + BigInt(textAt) };

/** An object whose first words are given, with the text behind them. */
function words(values: readonly bigint[], over: Partial<MemorySpec> = {}, behind = text): MemorySpec {
  const head = Buffer.alloc(textAt);
  const size = (over.bits ?? 64) / 8;
  for (const [at, value] of values.entries()) {
    const whole = Buffer.alloc(8);
    if (over.endian === "big") whole.writeBigUInt64BE(value);
    else whole.writeBigUInt64LE(value);
    whole.copy(head, at * size, over.endian === "big" ? 8 - size : 0, over.endian === "big" ? 8 : size);
  }
  return { bytes: Buffer.concat([head, Buffer.from(behind)]), ...over };
}

const pointing = { pointers: { [String(start)]: toText } };

function follow(spec: MemorySpec, over: Partial<ObjectSymbol> = {}): SymbolPayload {
  return symbolPayload(memoryObject(spec), memorySymbol(over));
}

function followGo(spec: MemorySpec, over: Partial<ObjectSymbol> = {}): SymbolPayload {
  return goVariablePayload(memoryObject(spec), memorySymbol(over));
}

/** What was read, or why nothing was; and the offset. */
function brief(payload: SymbolPayload): readonly [string, number | undefined] {
  return [payload.kind === "bytes" ? payload.bytes.toString() : payload.reason, payload.offset];
}

const here = (value: string): MemorySpec => ({ bytes: Buffer.from(value) });

describe("a C or Rust symbol", () => {
  it.each([
    ["its own bytes", here(`${text}xyz`), 7n, text, 0],
    ["its own bytes, whatever they are", here("nonsense"), 3n, "non", 0],
    ["its JSON value, without a size", here(`${text}xyz`), undefined, text, 0],
    ["its JSON value, with a size of 0", here(`${text}xyz`), 0n, text, 0],
    ["all bytes behind it if no JSON value is there", here('{"a'), undefined, '{"a', 0],
    ["the text it points to", words([], pointing, `${text}\0x`), 8n, text, textAt],
    ["the text without an end that it points to", words([], pointing, '{"a'), 8n, '{"a', textAt],
    ["the text of a slice", words([0n, 9n], pointing, `${text}\n\nx`), 16n, `${text}\n\n`, textAt],
    [
      "the text of a slice of unknown size",
      words([0n, 9n], pointing, `${text}\n\nx`),
      undefined,
      `${text}\n\n`,
      textAt,
    ],
    ["the value alone if the slice is shorter", words([0n, 3n], pointing), 16n, text, textAt],
    ["the value alone behind a thin pointer", words([0n, 9n], pointing, `${text}\n\nx`), 8n, text, textAt],
    [
      "the value alone if the word behind is no length",
      words([0n, BigInt(manifestLimit) + 1n], pointing, `${text}\n`),
      16n,
      text,
      textAt,
    ],
    ["the bytes of a slice that is not JSON", words([0n, 3n], pointing, '{"nonsense'), 16n, '{"n', textAt],
    [
      "the bytes of a slice up to the end of the file",
      words([0n, 99n], pointing, "nonsense"),
      16n,
      "nonsense",
      textAt,
    ],
  ] as const)("stands for %s", (_, spec, size, value, at) => {
    expect(brief(follow(spec, { size }))).toEqual([value, startOffset + at]);
  });

  it("takes no pointer behind the first for a length", () => {
    const pointers = { ...pointing.pointers, [String(start + 8n)]: toText };
    expect(brief(follow(words([0n, 9n], { pointers }, `${text}\n\nx`), { size: 16n }))[0]).toBe(text);
  });

  it.each([
    [32, "little"],
    [32, "big"],
    [64, "little"],
    [64, "big"],
  ] as const)("has words of %i bits, %s endian", (bits, endian) => {
    const spec = words([0n, 9n], { ...pointing, bits, endian }, `${text}\n\nx`);
    const size = BigInt(bits / 4);
    expect(brief(follow(spec, { size }))[0]).toBe(`${text}\n\n`);
    expect(brief(follow(spec, { size: size - 1n }))[0]).toBe(text);
  });

  it("may point to a long text", () => {
    const long = JSON.stringify({ a: "x".repeat(20_000) });
    expect(brief(follow(words([], pointing, `${long}y`)))[0]).toBe(long);
  });

  it("is followed to what the file itself defines, in a flat namespace", () => {
    const pointers = { [String(start)]: { kind: "import", symbol: "_own" } } as const;
    const own = memorySymbol({ name: "_own", address: start + BigInt(textAt) });
    const found = (symbol: ObjectSymbol) => brief(follow(words([], { pointers, dynamic: [symbol] })))[0];
    expect(found(own)).toBe(text);
    const elsewhere = "is a pointer to _own, which another library defines";
    expect(found({ ...own, absolute: true })).toBe(elsewhere);
    expect(found({ ...own, name: "_other" })).toBe(elsewhere);
  });

  // 0x1020, as its text's address is, begins with the byte of a space.
  it.each([
    ["an executable", "executable", 64, "little", start + BigInt(textAt), textAt],
    ["an executable of 32 bits", "executable", 32, "little", start + BigInt(textAt), textAt],
    ["a big-endian executable", "executable", 64, "big", start + BigInt(textAt), textAt],
    ["an executable, out of the file", "executable", 64, "little", 0x999999n, 0],
    ["a library", "shared-library", 64, "little", start + BigInt(textAt), 0],
  ] as const)("may be an address in %s", (_, kind, bits, endian, word, at) => {
    expect(brief(follow(words([word], { kind, bits, endian }), { size: BigInt(bits / 8) }))[1]).toBe(
      startOffset + at,
    );
  });

  it.each(['{"a":1} ', '[{"a":1}]', " \t\n\r {} "])(
    "is no address in an executable if it is JSON: %j",
    (own) => {
      const object = memoryObject({ ...here(own), kind: "executable" });
      const everywhere = { ...object, locate: () => object.locate(start) };
      const symbol = memorySymbol({ size: BigInt(own.length) });
      expect(brief(symbolPayload(everywhere, symbol))).toEqual([own, startOffset]);
    },
  );

  const zeroed = start + BigInt(textAt + text.length);
  it.each<[string, MemorySpec, Partial<ObjectSymbol>, string]>([
    ["a function", here(text), { type: "function" }, "is a function"],
    ["an indirect function", here(text), { type: "ifunc" }, "is a function"],
    ["thread-local", here(text), { type: "tls" }, "is thread-local"],
    ["absolute", here(text), { absolute: true }, "is an absolute value"],
    ["in zero-filled memory", words([], { zeroes: 8 }), { address: zeroed }, "is in zero-filled memory"],
    ["nowhere", here(text), { address: 0xabcn }, "has the address 0xabc, which is in no segment"],
  ])("has nothing to read if it is %s", (_, spec, over, reason) => {
    for (const payload of [follow(spec, over), followGo(spec, over)]) {
      expect(payload).toEqual({
        kind: "refused",
        reason: expect.stringContaining(reason) as string,
        offset: undefined,
      });
    }
  });

  it.each<[string, MemorySpec, Partial<ObjectSymbol>, string]>([
    [
      "it points to another library",
      words([], { pointers: { [String(start)]: { kind: "import", symbol: "x" } } }),
      {},
      "is a pointer to x, which another library defines",
    ],
    [
      "its pointer is of an unknown kind",
      words([], { pointers: { [String(start)]: { kind: "unknown", reason: "relocation 99" } } }),
      {},
      "cannot be followed: relocation 99",
    ],
    [
      "it points to zero-filled memory",
      words([], { zeroes: 8, pointers: { [String(start)]: { kind: "address", address: zeroed } } }),
      {},
      `points to 0x${zeroed.toString(16)}, which is in zero-filled memory`,
    ],
    [
      "it points out of the file",
      words([], { pointers: { [String(start)]: { kind: "address", address: 0xabcn } } }),
      {},
      "points to 0xabc, which is in no segment of the file",
    ],
    [
      "it is too long",
      words([]),
      { size: BigInt(manifestLimit) + 1n },
      `is ${manifestLimit + 1} bytes long, more than ${manifestLimit}`,
    ],
    [
      "it is longer than the file",
      here(text),
      { size: BigInt(manifestLimit) },
      `needs ${manifestLimit} bytes at address 0x1000, but the file has only 7`,
    ],
  ])("cannot be read if %s, and says where it is", (_, spec, over, reason) => {
    expect(follow(spec, over)).toEqual({ kind: "refused", reason, offset: startOffset });
  });
});

describe("a symbol in Mach-O code", () => {
  const code = (name: string, address: bigint, size: number) => ({
    name,
    segment: "__TEXT",
    address,
    offset: 0,
    size,
    zeroFill: false,
    compressed: false,
    loaded: true,
  });
  it.each([
    ["macho", "__text", start, 1, true],
    ["macho", "__text", start - 4n, 5, true],
    ["macho", "__text", start - 4n, 4, false],
    ["macho", "__text", start + 1n, 4, false],
    ["macho", "__const", start, 4, false],
    ["elf", "__text", start, 4, false],
  ] as const)(
    "is a function, as its section tells: %s, %s, %i, %i",
    (format, name, address, size, isFunction) => {
      const payload = follow({ ...here(text), format, sections: [code(name, address, size)] });
      expect(payload.kind === "refused" && payload.reason.startsWith("is a function")).toBe(isFunction);
    },
  );
});

describe("a Go variable", () => {
  it.each<[string, MemorySpec, string, number]>([
    ["the string it points to", words([0n, 7n], pointing, `${text}more`), text, textAt],
    ["a string that the word itself leads to", words([start + BigInt(textAt), 3n]), '{"a', textAt],
    ["an empty string", words([0n, 0n], pointing), "", textAt],
    ["its own bytes if it is an array", here(`${text}xyz`), text, 0],
  ])("stands for %s", (_, spec, value, at) => {
    expect(brief(followGo(spec))).toEqual([value, startOffset + at]);
  });

  it.each([
    [32, "little"],
    [32, "big"],
    [64, "little"],
    [64, "big"],
  ] as const)("has a length of %i bits, %s endian", (bits, endian) => {
    expect(brief(followGo(words([0n, 7n], { ...pointing, bits, endian }, `${text}more`)))[0]).toBe(text);
  });

  it.each<[string, MemorySpec, string]>([
    [
      "it points to another library",
      words([], { pointers: { [String(start)]: { kind: "import", symbol: "x" } } }),
      "is a string whose bytes cannot be found",
    ],
    [
      "it is too long",
      words([0n, BigInt(manifestLimit) + 1n], pointing),
      `is a string of ${manifestLimit + 1} bytes, more than ${manifestLimit}`,
    ],
  ])("cannot be read if %s, and says where it is", (_, spec, reason) => {
    expect(followGo(spec)).toEqual({ kind: "refused", reason, offset: startOffset });
  });

  it("cannot be read beyond the end of the file", () => {
    expect(brief(followGo(words([0n, 8n], pointing)))).toEqual([
      "needs 8 bytes at address 0x1020, but the file has only 7",
      startOffset + textAt,
    ]);
    const pointers = { [String(start)]: { kind: "address", address: start } } as const;
    expect(() => followGo({ bytes: Buffer.alloc(12), pointers })).toThrow("Go string length is cut off");
  });
});
