import type { Edit, EditPart, EditRefusal } from "../../src/object/edit.ts";
import { EditedSource } from "../../src/object/edited-source.ts";
import type { ByteSource } from "../../src/object/image.ts";
import { embedInMacho } from "../../src/object/macho/embedding.ts";
import { openMacho, type MachoFile } from "../../src/object/macho/file.ts";
import { memorySource } from "./macho-source.ts";

const sectionName = "__otel_manifest";

/** A JSON text of that many bytes, 10 at least. */
export function manifestOf(length: number, letter = "x"): Buffer {
  return Buffer.from(`{"pad":"${letter.repeat(length - 10)}"}`);
}

export function answerFor(
  source: ByteSource,
  payload: Buffer,
  { removeSignature = false } = {},
): Edit | EditRefusal {
  return embedInMacho(source, { name: sectionName, payload, removeSignature });
}

/** The edit; a refusal fails the test. */
export function editOf(source: ByteSource, payload: Buffer, options?: { removeSignature?: boolean }): Edit {
  const answer = answerFor(source, payload, options);
  if (answer.kind === "refused") throw new Error(answer.reason);
  return answer;
}

/** The whole edited file. */
export function embedded(bytes: Buffer, payload: Buffer, options?: { removeSignature?: boolean }): Buffer {
  return written(bytes, editOf(memorySource(bytes), payload, options).parts);
}

/** An edit as it is written to a file. */
export function written(bytes: Buffer, parts: readonly EditPart[]): Buffer {
  return new EditedSource(memorySource(bytes), parts).read(
    0,
    parts.reduce((sum, part) => sum + (part.kind === "kept" ? part.end - part.start : part.bytes.length), 0),
    "file",
  );
}

/** The refusal; an edit fails the test. */
export function refusalOf(
  bytes: Buffer,
  payload: Buffer,
  options?: { removeSignature?: boolean },
): EditRefusal {
  const answer = answerFor(memorySource(bytes), payload, options);
  if (answer.kind === "edit") throw new Error(`it ${answer.done}`);
  return answer;
}

export function opened(bytes: Buffer): MachoFile {
  return openMacho(memorySource(bytes));
}

/** What the section holds, without the NULs behind it. */
export function manifestIn(file: MachoFile): string {
  const sections = file.sectionsNamed([sectionName]);
  if (sections[0] === undefined || sections.length > 1) throw new Error(`${sections.length} sections`);
  return file.readSection(sections[0], Number(sections[0].size)).toString("utf8").replace(/\0+$/, "");
}

/** The bytes of a file that the loader maps and changes, and those it looks up: none of them may differ after an edit. */
export function linkFacts(file: MachoFile): unknown {
  const words = file.sections
    .filter(({ zeroFill, name }) => !zeroFill && name !== sectionName)
    .map((section) => [
      section.segment,
      section.name,
      section.address,
      file.readSection(section, Number(section.size)).toString("base64"),
    ]);
  return [
    words,
    file.exports,
    file.imports,
    file.dynamicSymbols,
    file.staticSymbols,
    file.neededLibraries,
    file.rpaths,
    file.installName,
    file.uuid,
    file.buildVersions,
  ];
}
