import { describe, expect, test } from "vitest";
import type { Edit, EditRefusal } from "../../../src/object/edit.ts";
import { EditedSource } from "../../../src/object/edited-source.ts";
import { embedInElf } from "../../../src/object/elf/embedding.ts";
import { FormatError } from "../../../src/object/format-error.ts";
import { readHeader } from "../../../src/object/elf/header.ts";
import { layElf, type ElfSpec } from "../../support/elf-builder.ts";
import { ENCODINGS, openBytes } from "../../support/elf-open.ts";
import { memorySource } from "../../support/macho-source.ts";

const name = ".gnu.warning.otel_manifest";
const carriers = [".otel_manifest", name];
const limit = 2 ** 20;

/** A file that was edited, and the answer. */
function embed(bytes: Buffer, payload: string): Edit | EditRefusal {
  const isPayload = (content: Buffer): boolean => content[0] === 0x7b && content.at(-1) === 0x7d;
  return embedInElf(memorySource(bytes), {
    name,
    carriers,
    payload: Buffer.from(payload),
    isPayload,
    limit,
  });
}

function embedded(bytes: Buffer, payload: string): { readonly bytes: Buffer; readonly done: string } {
  const edit = embed(bytes, payload);
  if (edit.kind === "refused") throw new Error(edit.reason);
  const edited = new EditedSource(memorySource(bytes), edit.parts);
  const made = Buffer.concat([...edited.pieces()]);
  expect(edited.size).toBe(made.length);
  expect(edited.isUnchanged()).toBe(made.equals(bytes));
  for (const [offset, length] of [
    [0, made.length],
    [made.length >> 1, made.length >> 2],
    [made.length - 3, 3],
  ] as const) {
    expect(
      edited.read(offset, length, "all").equals(made.subarray(offset, offset + length)),
      `${offset}`,
    ).toBe(true);
  }
  return { bytes: made, done: edit.done };
}

function reasonOf(bytes: Buffer, payload: string): string {
  const edit = embed(bytes, payload);
  return edit.kind === "refused" ? edit.reason : edit.done;
}

/** The content of all sections that carry something. */
function contents(bytes: Buffer): readonly (readonly [string, string])[] {
  const file = openBytes(bytes);
  return file
    .sectionsNamed(carriers)
    .map((section) => [section.name, file.readSection(section, limit).toString("utf8")]);
}

/** What a loader reads of a file: the ELF header without what leads to the sections, the program headers, the segments. */
function loadedParts(bytes: Buffer): readonly Buffer[] {
  const { encoding } = readHeader(memorySource(bytes));
  const head = Buffer.from(bytes.subarray(0, encoding.bits === 64 ? 64 : 52));
  if (encoding.bits === 64) {
    head.fill(0, 40, 48);
    head.fill(0, 58);
  } else {
    head.fill(0, 32, 36);
    head.fill(0, 46);
  }
  const size = head.length;
  const file = openBytes(bytes);
  return [
    head,
    ...file.programHeaders
      .filter(({ fileSize }) => fileSize > 0n)
      .map(({ offset, fileSize }) =>
        bytes.subarray(Math.max(Number(offset), size), Number(offset + fileSize)),
      ),
  ];
}

describe.each(ENCODINGS)("a section that is appended, $bits bits, $endian endian", ({ bits, endian }) => {
  const spec: ElfSpec = {
    bits,
    endian,
    sections: [
      { name: ".rodata", content: "read-only" },
      { name: ".data", content: Buffer.alloc(48, 7), writable: true },
      { name: ".comment", content: "GCC\0", loaded: false },
    ],
    dynamicSymbols: [{ name: "Factory", in: ".data", size: 8 }],
    symbols: [{ name: "local", in: ".rodata" }],
  };

  test.each<readonly [string, ElfSpec]>([
    ["an ordinary file", spec],
    ["one without section headers", { bits, endian, sections: spec.sections ?? [], sectionHeaders: false }],
    ["one with extended numbering", { ...spec, extendedNumbering: true }],
  ])("%s: it is read, and what is loaded is the same", (_, each) => {
    const { bytes } = layElf(each);
    const before = openBytes(bytes);
    const made = embedded(bytes, '{"a":1}');
    const after = openBytes(made.bytes);
    expect(made.done).toBe(`appended the section ${name}`);
    expect(contents(made.bytes)).toEqual([[name, '{"a":1}']]);
    expect(loadedParts(made.bytes)).toEqual(loadedParts(bytes));
    expect(made.bytes.subarray(64, bytes.length).equals(bytes.subarray(64))).toBe(true);
    expect(after.dynamicSymbols).toEqual(before.dynamicSymbols);
    expect(after.staticSymbols).toEqual(before.staticSymbols);
    const kept = before.sections.filter((section) => section.name !== ".shstrtab");
    for (const section of kept) expect(after.sections[section.index - 1]).toEqual(section);
  });

  test("a second time it is replaced, and the file ends where it did", () => {
    const { bytes } = layElf(spec);
    const once = embedded(bytes, '{"a":1}');
    const longer = embedded(once.bytes, `{"a":"${"x".repeat(5000)}"}`);
    expect(longer.done).toBe(`replaced the section ${name}`);
    expect(embedded(longer.bytes, '{"a":1}').bytes.equals(once.bytes)).toBe(true);
    const same = embedded(once.bytes, '{"a":1}');
    expect(same.bytes.equals(once.bytes)).toBe(true);
  });

  test("what stands behind an earlier run's section stays", () => {
    const { bytes } = layElf(spec);
    const once = embedded(bytes, '{"a":1}').bytes;
    const made = embedded(Buffer.concat([once, Buffer.from("appended by others")]), '{"a":2}').bytes;
    expect(contents(made)).toEqual([[name, '{"a":2}']]);
    expect(made.subarray(once.length).toString("latin1").startsWith("appended by others")).toBe(true);
    // From now on its end is known again.
    expect(embedded(made, '{"a":3}').bytes.length).toBe(made.length);
  });

  test("without section names, none is made up", () => {
    const { bytes } = layElf({ ...spec, patch: [{ header: "e_shstrndx", value: 0 }] });
    const made = embedded(bytes, '{"a":1}').bytes;
    const names = openBytes(made).sections.map((section) => section.name);
    expect(names.filter((each) => each !== "")).toEqual([name, ".shstrtab"]);
    expect(contents(embedded(made, '{"a":22}').bytes)).toEqual([[name, '{"a":22}']]);
  });

  test("section names that a symbol table uses too are copied, not moved", () => {
    const shared = layElf(spec);
    const strings = openBytes(shared.bytes).sections.find((each) => each.name === ".shstrtab");
    const { bytes } = layElf({
      ...spec,
      patch: [{ section: ".symtab", field: "sh_link", value: strings?.index ?? 0 }],
    });
    const made = openBytes(embedded(bytes, '{"a":1}').bytes);
    expect(made.sections.map((each) => each.name).slice(-3)).toEqual([".shstrtab", name, ".shstrtab"]);
    expect(made.sections[(strings?.index ?? 0) - 1]).toEqual(strings);
  });

  test("of several that are not loaded, one is left", () => {
    const two = { ...spec, sections: [...(spec.sections ?? []), older(name), older(".otel_manifest")] };
    const made = embedded(layElf(two).bytes, '{"a":1}');
    expect(contents(made.bytes)).toEqual([[name, '{"a":1}']]);
    expect(made.done).toBe(`replaced the section ${name}`);
  });

  test("one of objcopy gets the name that strip keeps", () => {
    const one = { ...spec, sections: [...(spec.sections ?? []), older(".otel_manifest")] };
    const made = embedded(layElf(one).bytes, '{"a":1}');
    expect(contents(made.bytes)).toEqual([[name, '{"a":1}']]);
    expect(made.done).toBe(`replaced the section .otel_manifest with ${name}`);
  });

  test("so many sections that their number does not fit the header", () => {
    const { bytes, headerOffset, sectionCount } = layElf({ bits, endian });
    const first = bytes.subarray(headerOffset(0), headerOffset(1));
    const count = 0xfeff;
    const at = bytes.length;
    const table = Buffer.concat([
      bytes.subarray(headerOffset(0), headerOffset(0) + sectionCount * first.length),
      Buffer.alloc((count - sectionCount) * first.length),
    ]);
    const big = Buffer.concat([bytes, table]);
    const { encoding } = readHeader(memorySource(bytes));
    encoding.putWord(big, bits === 64 ? 40 : 32, at);
    encoding.putU16(big, bits === 64 ? 60 : 48, count);
    const made = embedded(big, '{"a":1}').bytes;
    expect(encoding.u16(made, bits === 64 ? 60 : 48)).toBe(0);
    expect(readHeader(memorySource(made)).sections.count).toBe(count + 1);
    expect(contents(made)).toEqual([[name, '{"a":1}']]);
    expect(contents(embedded(made, '{"a":333}').bytes)).toEqual([[name, '{"a":333}']]);
  });
});

const older = (section: string) => ({ name: section, content: '{"old":1}', loaded: false });

describe.each(ENCODINGS)("a section that is reserved, $bits bits, $endian endian", ({ bits, endian }) => {
  const withSection = (section: object): Buffer =>
    layElf({
      bits,
      endian,
      sections: [
        { name: ".rodata", content: "before" },
        { name: ".otel_manifest", content: Buffer.alloc(40), ...section },
        { name: ".eh_frame", content: "behind" },
      ],
    }).bytes;

  test.each([true, false])("of NULs is overwritten in place (loaded: %s)", (loaded) => {
    const bytes = withSection({ loaded });
    const made = embedded(bytes, '{"a":1}');
    expect(made.done).toBe("overwrote the section .otel_manifest, which has 40 bytes");
    expect(made.bytes.length).toBe(bytes.length);
    expect(contents(made.bytes)).toEqual([[".otel_manifest", '{"a":1}'.padEnd(40, "\0")]]);
    const back = made.bytes.indexOf('{"a":1}');
    made.bytes.fill(0, back, back + 7);
    expect(made.bytes.equals(bytes)).toBe(true);
  });

  test("is filled up to its last byte, which stays NUL", () => {
    const fits = `{"a":"${"x".repeat(31)}"}`;
    expect(fits).toHaveLength(39);
    expect(contents(embedded(withSection({}), fits).bytes)).toEqual([[".otel_manifest", `${fits}\0`]]);
    expect(reasonOf(withSection({}), `${fits} `)).toBe(
      "its section .otel_manifest has room for 39 bytes, and the manifest takes 40",
    );
  });

  test("that is not loaded and too small becomes one that is appended", () => {
    const made = embedded(withSection({ loaded: false }), `{"a":"${"x".repeat(60)}"}`);
    expect(made.done).toBe(`replaced the section .otel_manifest with ${name}`);
    expect(contents(made.bytes)).toHaveLength(1);
  });

  test("that is loaded takes a text that is not longer than the old one", () => {
    const bytes = withSection({ content: '{"old":true}' });
    expect(contents(embedded(bytes, '{"a":1}').bytes)).toEqual([[".otel_manifest", '{"a":1}\0\0\0\0\0']]);
    expect(contents(embedded(bytes, '{"new":true}').bytes)).toEqual([[".otel_manifest", '{"new":true}']]);
    expect(reasonOf(bytes, '{"longer":true}')).toContain("has room for 12 bytes");
  });

  test("is not overwritten if it holds something else", () => {
    const bytes = withSection({ content: Buffer.alloc(40, 0x90) });
    expect(reasonOf(bytes, '{"a":1}')).toBe(
      "its section .otel_manifest holds something else than a manifest, or shares its bytes",
    );
  });

  test("is not overwritten if another section has the same bytes", () => {
    const spec: ElfSpec = {
      bits,
      endian,
      sections: [
        { name: ".otel_manifest", content: Buffer.alloc(40) },
        { name: ".zeros", content: Buffer.alloc(40) },
      ],
    };
    const at = layElf(spec).offset({ in: ".otel_manifest" });
    const { bytes } = layElf({ ...spec, patch: [{ section: ".zeros", field: "sh_offset", value: at + 8 }] });
    expect(reasonOf(bytes, '{"a":1}')).toContain("shares its bytes");
  });

  test("that says it is not loaded, but is in a segment, is left alone", () => {
    const spec: ElfSpec = {
      bits,
      endian,
      sections: [{ name: ".otel_manifest", content: Buffer.alloc(40) }],
      patch: [{ section: ".otel_manifest", field: "sh_flags", value: 0 }],
    };
    const { bytes } = layElf(spec);
    const made = embedded(bytes, '{"a":1}');
    expect(loadedParts(made.bytes)).toEqual(loadedParts(bytes));
    expect(contents(made.bytes)).toEqual([[name, '{"a":1}']]);
  });

  test("in zero-filled memory has no bytes", () => {
    expect(reasonOf(withSection({ content: undefined, size: 40 }), "{}")).toContain("zero-filled memory");
  });

  test("twice is refused", () => {
    const section = { name: ".otel_manifest", content: Buffer.alloc(40) };
    const { bytes } = layElf({ bits, endian, sections: [section, { ...section, name }] });
    expect(reasonOf(bytes, "{}")).toContain("two sections for a manifest that are loaded");
  });

  test("beside one that is not loaded: both say the same then", () => {
    const { bytes } = layElf({
      bits,
      endian,
      sections: [{ name: ".otel_manifest", content: Buffer.alloc(40) }, older(name)],
    });
    expect(contents(embedded(bytes, '{"a":1}').bytes).map(([, text]) => text.replaceAll("\0", ""))).toEqual([
      '{"a":1}',
      '{"a":1}',
    ]);
  });
});

test("a relocatable file is refused", () => {
  expect(reasonOf(layElf({ type: 1, sections: [] }).bytes, "{}")).toContain("relocatable file");
  expect(reasonOf(layElf({ type: 4, sections: [] }).bytes, "{}")).toContain("not a library or executable");
});

test("an AppImage is refused: it finds its file system by its section headers", () => {
  const bytes = Buffer.from(layElf({ sections: [] }).bytes);
  bytes.write("AI\u0002", 8, "latin1");
  expect(reasonOf(bytes, "{}")).toContain("it is an AppImage");
});

test("a file whose program headers overlap the header is refused", () => {
  const { bytes } = layElf({ sections: [], patch: [{ header: "e_phoff", value: 8 }] });
  expect(reasonOf(bytes, "{}")).toMatch(/overlap/);
});

test("a damaged file is a FormatError, never a broken result", () => {
  const { bytes } = layElf({ sections: [older(name)] });
  for (let length = 0; length < bytes.length; length += 7) {
    expect(() => embed(bytes.subarray(0, length), "{}"), `${length}`).toThrow(FormatError);
  }
});
