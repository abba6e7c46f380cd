import type { OpcodePlace } from "./macho-opcodes.ts";
import type { MachoSpec, Place, SectionSpec, SegmentSpec } from "./macho-spec.ts";

export interface PlacedSection {
  readonly spec: SectionSpec;
  readonly segment: string;
  readonly address: bigint;
  readonly offset: number;
  readonly size: number;
}

export interface PlacedSegment {
  readonly name: string;
  readonly protection: number;
  readonly address: bigint;
  readonly memorySize: bigint;
  readonly offset: number;
  readonly fileSize: number;
  readonly sections: readonly PlacedSection[];
}

/** Where the segments and sections of a spec lie, in memory and in the file. */
export class MachoLayout {
  readonly segments: PlacedSegment[] = [];
  readonly base: bigint;
  /** Where the link edit segment starts in the file. */
  readonly end: number;
  readonly #pageSize: number;

  /** @param room length of header and load commands. */
  constructor(
    private readonly spec: MachoSpec,
    room: number,
  ) {
    this.#pageSize = spec.pageSize ?? 0x1000;
    this.base = spec.base ?? 0n;
    this.end = this.#place(room);
  }

  get sections(): readonly PlacedSection[] {
    return this.segments.flatMap(({ sections }) => sections);
  }

  address(place: Place): bigint {
    if (typeof place === "bigint") return place;
    const [name, offset] = typeof place === "string" ? [place, 0] : place;
    const found = this.sections.find(({ segment, spec }) => `${segment},${spec.name}` === name);
    if (found === undefined) throw new Error(`no section ${name}`);
    return found.address + BigInt(offset);
  }

  /** In the file. */
  offset(address: bigint): number {
    const found = this.segments.find(
      (one) => address >= one.address && address < one.address + one.memorySize,
    );
    if (found === undefined) throw new Error(`no segment at 0x${address.toString(16)}`);
    return found.offset + Number(address - found.address);
  }

  /** As symbols count sections: from 1; 0 for none. */
  sectionNumber(address: bigint): number {
    return (
      this.sections.findIndex((one) => address >= one.address && address < one.address + BigInt(one.size)) + 1
    );
  }

  opcodePlace(place: Place): OpcodePlace {
    const address = this.address(place);
    const segment = this.segments.findIndex(
      (one) => address >= one.address && address < one.address + one.memorySize,
    );
    return { segment, offset: address - (this.segments[segment]?.address ?? 0n) };
  }

  /** The segment that is added for the tables, which are `fileSize` bytes long. */
  linkedit(fileSize: number): PlacedSegment {
    const offset = this.end;
    const last = this.segments.at(-1);
    const address = last === undefined ? this.base : last.address + last.memorySize;
    const memorySize = BigInt(this.#toPage(fileSize));
    return { name: "__LINKEDIT", protection: 1, address, memorySize, offset, fileSize, sections: [] };
  }

  #place(room: number): number {
    let offset = 0;
    let address = this.base;
    let before = room;
    for (const one of this.spec.segments ?? [{ name: "__TEXT" }]) {
      if (one.reserve !== undefined) {
        const reserved = {
          name: one.name,
          protection: 0,
          address: address - one.reserve,
          memorySize: one.reserve,
        };
        this.segments.push({ ...reserved, offset: 0, fileSize: 0, sections: [] });
        continue;
      }
      const sections = this.#placeSections(one, offset, address, before);
      const inFile = sections.filter(({ spec }) => spec.zeroFill === undefined);
      const fileEnd = Math.max(offset + before, ...inFile.map((section) => section.offset + section.size));
      const inMemory = sections.map((section) => Number(section.address - address) + section.size);
      const fileSize = this.#toPage(fileEnd - offset);
      const memorySize = BigInt(this.#toPage(Math.max(fileSize, ...inMemory)));
      const byName = one.name === "__TEXT" ? 5 : 3;
      const protection = one.protection ?? byName;
      this.segments.push({ name: one.name, protection, address, memorySize, offset, fileSize, sections });
      offset += fileSize;
      address += memorySize;
      before = 0;
    }
    return offset;
  }

  #placeSections(
    { name, sections = [] }: SegmentSpec,
    start: number,
    base: bigint,
    before: number,
  ): PlacedSection[] {
    const placed: PlacedSection[] = [];
    let at = before;
    for (const spec of sections) {
      const align = spec.align ?? 8;
      at = Math.ceil(at / align) * align;
      const size = spec.zeroFill ?? Buffer.from(spec.bytes ?? "").length;
      const offset = spec.zeroFill === undefined ? start + at : 0;
      placed.push({ spec, segment: name, address: base + BigInt(at), offset, size });
      at += size;
    }
    return placed;
  }

  #toPage(size: number): number {
    return Math.ceil(size / this.#pageSize) * this.#pageSize;
  }
}
