import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { known, unknown, type Fact } from "../../../src/evidence/fact.ts";
import { readPackageNote, type PackageNote } from "../../../src/evidence/system/package-note.ts";
import type { ElfSpec } from "../../support/elf-builder.ts";
import { open } from "../../support/elf-open.ts";
import { open as openMacho } from "../../support/macho-open.ts";

const sample = '{"type":"deb","os":"debian","name":"otel-plugins","version":"1.2-3","architecture":"amd64"}';
const type = 0xcafe1a7e;

function noteOf(content: string | Buffer, rest: Partial<ElfSpec> = {}): Fact<PackageNote> {
  return readPackageNote(open({ notes: [{ name: "FDO", type, content }], ...rest }));
}

describe("a distribution's package note", () => {
  test("its fields", () => {
    expect(noteOf(`${sample}\0`)).toEqual(
      known(
        {
          type: "deb",
          name: "otel-plugins",
          version: "1.2-3",
          architecture: "amd64",
          fields: new Map(Object.entries(JSON.parse(sample) as Record<string, string>)),
        },
        ".note.package",
      ),
    );
  });

  test("with no NUL at the end", () => {
    expect(noteOf(sample).known).toBe(true);
  });

  test("without section headers", () => {
    expect(noteOf(sample, { sectionHeaders: false }).known).toBe(true);
  });

  test("among other notes", () => {
    const notes = [
      { name: "GNU", type: 3, content: "12345678901234567890" },
      { name: "FDO", type: 0x407c0c0a, content: "[]" },
      { name: "FDO", type, content: sample },
    ];
    expect(readPackageNote(open({ notes }))).toMatchObject({ value: { name: "otel-plugins" } });
  });

  test("the same note twice", () => {
    const note = { name: "FDO", type, content: sample };
    expect(readPackageNote(open({ notes: [note, note] })).known).toBe(true);
  });

  test("fields that are no texts are left out, and so is a field that only looks like one of all objects", () => {
    const fact = noteOf('{"name":"a","debugInfoUrl":["x"],"__proto__":{"version":"9"}}');
    expect(fact).toMatchObject({
      value: { name: "a", version: undefined, fields: new Map([["name", "a"]]) },
    });
  });
});

describe("a package note is unknown", () => {
  test("where there is none", () => {
    expect(readPackageNote(open({}))).toEqual(unknown("it has no package note"));
  });

  test("where another owner uses its number", () => {
    expect(readPackageNote(open({ notes: [{ name: "XYZ", type, content: sample }] })).known).toBe(false);
  });

  test("where two differ", () => {
    const notes = [sample, "{}"].map((content) => ({ name: "FDO", type, content }));
    expect(readPackageNote(open({ notes }))).toEqual(unknown("it has 2 package notes that differ"));
  });

  test("where there are more than any linker leaves, which are not read", () => {
    const notes = Array.from({ length: 17 }, () => ({ name: "FDO", type, content: sample }));
    expect(readPackageNote(open({ notes }))).toEqual(unknown("it has 17 package notes"));
  });

  test("where it is no JSON", () => {
    expect(noteOf("deb")).toEqual(unknown("its package note is not JSON"));
  });

  test.each(["[]", "null", "3"])("where it is %s", (text) => {
    expect(noteOf(text)).toEqual(unknown("its package note is not a JSON object"));
  });

  test("where it is longer than any", () => {
    expect(noteOf(`"${"x".repeat(70_000)}"`)).toMatchObject({
      known: false,
      why: expect.stringContaining("note of FDO is too long") as string,
    });
  });

  test("where it is cut off", () => {
    const [content, at] = [Buffer.from(sample), 4];
    const { notes, ...rest } = { notes: [{ name: "FDO", type, content }], sectionHeaders: true };
    const file = open({ notes, ...rest, patch: [{ content: ".note", at, bytes: [0xff, 0xff, 0, 0] }] });
    expect(readPackageNote(file)).toMatchObject({
      known: false,
      why: expect.stringContaining("note is cut off or leaves its segment") as string,
    });
  });

  test("in Mach-O", () => {
    expect(readPackageNote(openMacho({}))).toEqual(unknown("Mach-O files have no package note"));
  });
});

test("any content gives a fact and never a crash", () => {
  const content = fc.oneof(
    fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes)),
    fc.json(),
  );
  fc.assert(
    fc.property(content, (each) => {
      const fact = noteOf(each);
      if (fact.known) expect(fact.value.fields).toBeInstanceOf(Map);
    }),
  );
});
