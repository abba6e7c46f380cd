import { SECTION_TYPE, sectionTypes } from "../constants.ts";
import type { MachoHeader } from "../header.ts";

/*
 * struct segment_command(_64) and struct section(_64), as ../segment-command.ts lays them out.
 */
const nameSize = 16;
const segmentFieldsAt = 24;
const sectionFieldsAt = 32;

/** Sizes of the two structures in an image of that word size. */
export const recordSizes = {
  32: { segment: 56, section: 68 },
  64: { segment: 72, section: 80 },
} as const;

/**
 * In section.reserved2, which nothing reads in a section of plain data: a section with it was added to a finished file, so that no code
 * or symbol refers to it, and it may be moved. The letters "otel".
 */
const addedMark = 0x6f74_656c;

const zeroFills = new Set<number>([
  sectionTypes.zeroFill,
  sectionTypes.bigZeroFill,
  sectionTypes.threadLocalZeroFill,
]);

/** Where the load commands are that segments and sections stand in. */
export interface SegmentHome {
  readonly header: MachoHeader;
  readonly bytes: Buffer;
  u32(at: number): number;
  setU32(at: number, value: number): void;
  word(at: number): bigint;
  setWord(at: number, value: bigint): void;
  splice(at: number, removed: number, added: Buffer): void;
}

function readName(draft: SegmentHome, at: number): string {
  const field = draft.bytes.subarray(at, at + nameSize);
  const end = field.indexOf(0);
  return field.subarray(0, end < 0 ? nameSize : end).toString("utf8");
}

function writeName(draft: SegmentHome, at: number, name: string): void {
  draft.bytes.fill(0, at, at + nameSize).write(name, at, nameSize);
}

/** A segment's load command in a draft. */
export class SegmentDraft {
  readonly #word: 4 | 8;
  readonly #tail: number;

  constructor(
    private readonly draft: SegmentHome,
    readonly at: number,
  ) {
    this.#word = draft.header.bits === 64 ? 8 : 4;
    this.#tail = at + segmentFieldsAt + 4 * this.#word;
  }

  get name(): string {
    return readName(this.draft, this.at + 8);
  }

  set name(value: string) {
    writeName(this.draft, this.at + 8, value);
  }

  get address(): bigint {
    return this.draft.word(this.at + segmentFieldsAt);
  }

  set address(value: bigint) {
    this.draft.setWord(this.at + segmentFieldsAt, value);
  }

  get memorySize(): bigint {
    return this.draft.word(this.at + segmentFieldsAt + this.#word);
  }

  set memorySize(value: bigint) {
    this.draft.setWord(this.at + segmentFieldsAt + this.#word, value);
  }

  /** In the file: what openMacho has checked to lie in it fits a number. */
  get offset(): number {
    return Number(this.draft.word(this.at + segmentFieldsAt + 2 * this.#word));
  }

  set offset(value: number) {
    this.draft.setWord(this.at + segmentFieldsAt + 2 * this.#word, BigInt(value));
  }

  get fileSize(): number {
    return Number(this.draft.word(this.at + segmentFieldsAt + 3 * this.#word));
  }

  set fileSize(value: number) {
    this.draft.setWord(this.at + segmentFieldsAt + 3 * this.#word, BigInt(value));
  }

  /** initprot. */
  get protection(): number {
    return this.draft.u32(this.#tail + 4);
  }

  /** maxprot as well. */
  set protection(value: number) {
    this.draft.setU32(this.#tail, value);
    this.draft.setU32(this.#tail + 4, value);
  }

  get flags(): number {
    return this.draft.u32(this.#tail + 12);
  }

  get sections(): readonly SectionDraft[] {
    const { segment, section } = recordSizes[this.draft.header.bits];
    return Array.from(
      { length: this.draft.u32(this.#tail + 8) },
      (_, index) => new SectionDraft(this.draft, this.at + segment + index * section),
    );
  }

  /** Adds a section header behind the segment's last one. */
  addSection(section: NewSection): void {
    const { section: size } = recordSizes[this.draft.header.bits];
    const at = this.at + this.draft.u32(this.at + 4);
    this.draft.splice(at, 0, Buffer.alloc(size));
    this.#count(1, size);
    new SectionDraft(this.draft, at).fill(section, this.name);
  }

  removeSection(section: SectionDraft): void {
    const { section: size } = recordSizes[this.draft.header.bits];
    this.draft.splice(section.at, size, Buffer.alloc(0));
    this.#count(-1, -size);
  }

  #count(sections: number, bytes: number): void {
    this.draft.setU32(this.#tail + 8, this.draft.u32(this.#tail + 8) + sections);
    this.draft.setU32(this.at + 4, this.draft.u32(this.at + 4) + bytes);
  }
}

/** A section of plain data that is added. */
export interface NewSection {
  readonly name: string;
  readonly address: bigint;
  readonly size: number;
  readonly offset: number;
}

/** A section's header in a draft. */
export class SectionDraft {
  readonly #word: 4 | 8;
  readonly #afterSize: number;

  constructor(
    private readonly draft: SegmentHome,
    readonly at: number,
  ) {
    this.#word = draft.header.bits === 64 ? 8 : 4;
    this.#afterSize = at + sectionFieldsAt + 2 * this.#word;
  }

  get name(): string {
    return readName(this.draft, this.at);
  }

  /** As the section says it: `__DATA`. */
  get segment(): string {
    return readName(this.draft, this.at + nameSize);
  }

  get address(): bigint {
    return this.draft.word(this.at + sectionFieldsAt);
  }

  get size(): bigint {
    return this.draft.word(this.at + sectionFieldsAt + this.#word);
  }

  set size(value: bigint) {
    this.draft.setWord(this.at + sectionFieldsAt + this.#word, value);
  }

  get offset(): number {
    return this.draft.u32(this.#afterSize);
  }

  /** Where the section has the offset of its relocations. */
  get relocationsAt(): number {
    return this.#afterSize + 8;
  }

  get isZeroFill(): boolean {
    return zeroFills.has(this.draft.u32(this.#afterSize + 16) & SECTION_TYPE);
  }

  /** Writes all fields; those that are not named stay 0: plain data, aligned to a byte. */
  fill({ name, address, size, offset }: NewSection, segment: string): void {
    writeName(this.draft, this.at, name);
    writeName(this.draft, this.at + nameSize, segment);
    this.draft.setWord(this.at + sectionFieldsAt, address);
    this.size = BigInt(size);
    this.draft.setU32(this.#afterSize, offset);
    this.draft.setU32(this.#afterSize + 24, addedMark);
  }

  /** Whether it was added to the finished file, not by a linker. */
  get wasAdded(): boolean {
    return this.draft.u32(this.#afterSize + 24) === addedMark;
  }
}
