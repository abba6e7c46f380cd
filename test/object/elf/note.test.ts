import { describe, expect, test } from "vitest";
import { ENCODINGS, formatErrorOf, open, openBuilt } from "../../support/elf-open.ts";

const notes = [
  { name: "GNU", type: 3, content: Buffer.from("0123456789abcdef0123") },
  { name: "Go", type: 4, content: "abc" },
  { name: "qt-project!", type: 0x74510001, content: "" },
  { name: "FDO", type: 0xcafe1a7e, content: '{"type":"deb"}\0' },
];

describe.each(ENCODINGS)("notes of $bits bits, $endian endian", ({ bits, endian }) => {
  test.each([4, 8] as const)("are read with a padding of %i", (noteAlign) => {
    const file = open({ bits, endian, notes, noteAlign, sectionHeaders: false });
    expect(
      file.notes.map((note) => ({
        name: note.name,
        type: note.type,
        content: file.readNote(note, 100).toString(),
      })),
    ).toEqual(notes.map((note) => ({ ...note, content: note.content.toString() })));
  });

  test("are read from sections where no segment holds them", () => {
    const file = open({ bits, endian, notes, type: 1 });
    expect(file.notes.map(({ name }) => name)).toEqual(["GNU", "Go", "qt-project!", "FDO"]);
  });
});

describe("notes", () => {
  test("are none where there is neither segment nor section", () => {
    expect(open({ sectionHeaders: false }).notes).toEqual([]);
  });

  test("longer than the limit are refused, not cut", () => {
    const file = open({ notes });
    const [first] = file.notes;
    expect(first && formatErrorOf(() => file.readNote(first, 19)).expected).toBe("at most 19 bytes");
  });

  test.each([
    [0, "name"],
    [4, "content"],
  ])("whose length at byte %i leaves the segment are refused by their %s", (at, what) => {
    const patch = [{ content: ".note", at, bytes: [0xff, 0xff, 0xff, 0xff] }];
    const error = formatErrorOf(() => open({ notes, patch }).notes);
    expect(error.found).toContain(what);
  });

  test("with a name of a megabyte are refused", () => {
    const long = [{ name: "N".repeat(2 ** 20), type: 1, content: "" }];
    expect(formatErrorOf(() => open({ notes: long }).notes).found).toContain("a name of 1048577 bytes");
  });

  test("in a segment outside the file are refused", () => {
    const segments = [{ fields: { p_type: 4, p_offset: 2n ** 60n, p_filesz: 32 } }];
    expect(formatErrorOf(() => open({ segments }).notes).what).toBe("note is cut off or leaves its segment");
  });

  test("by the million in a field of zeros are refused", () => {
    const { file } = openBuilt({
      sections: [{ name: ".zeros", content: Buffer.alloc(2 ** 21) }],
      segments: [{ over: ".zeros", fields: { p_type: 4 } }],
    });
    expect(formatErrorOf(() => file.notes).what).toBe("there are too many notes for this reader");
  });

  test("may end with less than a header", () => {
    const patch = [{ program: 1, field: "p_filesz", value: 12 + 4 + 20 + 7 }];
    expect(open({ notes, patch, sectionHeaders: false }).notes).toHaveLength(1);
  });
});
