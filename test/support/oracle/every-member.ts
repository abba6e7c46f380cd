import { ElfFile } from "../../../src/object/elf/file.ts";
import { FormatError } from "../../../src/object/format-error.ts";
import type { ByteSource } from "../../../src/object/image.ts";
import type { MachoFile } from "../../../src/object/macho/file.ts";
import { openObject } from "../../../src/object/open.ts";

/** A section is read up to this many bytes, so that the time goes into the readers and not into copying. */
const MOST_READ = 1 << 20;

/** How an attempt to read everything went: how many questions got an answer, and how many a FormatError. */
export interface Answers {
  answered: number;
  refused: number;
}

/**
 * Opens a file and asks it all there is to ask.
 * @throws whatever a reader throws that is no FormatError: a bug.
 */
export function askEverything(source: ByteSource): Answers {
  const answers: Answers = { answered: 0, refused: 0 };
  const opened = ask(answers, () => openObject(source));
  for (const { object } of opened?.slices ?? []) {
    askCommon(answers, object);
    if (object instanceof ElfFile) askElf(answers, object);
    else askMacho(answers, object);
  }
  return answers;
}

function askCommon(answers: Answers, object: ElfFile | MachoFile): void {
  ask(answers, () => [object.kind, object.arch, object.bits, object.endian]);
  const segments = ask(answers, () => object.segments) ?? [];
  const sections = ask(answers, () => object.sections) ?? [];
  ask(answers, () => object.neededLibraries);
  const dynamic = ask(answers, () => object.dynamicSymbols) ?? [];
  ask(answers, () => object.staticSymbols);
  for (const name of ["main", "_main", dynamic[0]?.name ?? "", dynamic.at(-1)?.name ?? ""]) {
    ask(answers, () => object.findDynamicSymbol(name));
    ask(answers, () => object.dynamicStringsContain(name));
    ask(answers, () => object.staticStringsContain(name));
  }
  for (const section of sections) ask(answers, () => object.readSection(section, MOST_READ));
  const symbols = dynamic.slice(0, 20).map(({ address }) => address);
  const edges = segments.flatMap((one) => [
    one.address,
    one.address + one.fileSize - 8n,
    one.address + one.memorySize,
  ]);
  for (const address of [0n, 2n ** 64n - 1n, ...symbols, ...edges, ...sections.map((one) => one.address)]) {
    ask(answers, () => object.locate(address));
    ask(answers, () => object.readAddress(address, 16, "test"));
    ask(answers, () => object.pointerAt(address));
  }
}

function askElf(answers: Answers, object: ElfFile): void {
  ask(answers, () => [...object.relocations()]);
  ask(answers, () => object.versionNeeds);
  ask(answers, () => object.versionDefinitions);
  ask(answers, () => [object.soname, object.runpath, object.rpath, object.flags, object.flags1]);
  ask(answers, () => object.interpreter);
  for (const note of ask(answers, () => object.notes) ?? [])
    ask(answers, () => object.readNote(note, MOST_READ));
}

function askMacho(answers: Answers, object: MachoFile): void {
  ask(answers, () => object.exports);
  ask(answers, () => object.imports);
  ask(answers, () => [
    object.uuid,
    object.buildVersions,
    object.installName,
    object.rpaths,
    object.codeSignature,
  ]);
}

function ask<T>(answers: Answers, question: () => T): T | undefined {
  try {
    const answer = question();
    answers.answered++;
    return answer;
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    answers.refused++;
    return undefined;
  }
}
