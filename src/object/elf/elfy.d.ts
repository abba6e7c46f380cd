/**
 * The little of elfy 1.0.0 that is relied on. It ships no types; what is left out here is left out because it is wrong
 * (see elfy-tables.ts), most of all `data`.
 */
declare module "elfy" {
  interface ElfyProgram {
    readonly offset: number;
    readonly vaddr: number;
    readonly filesz: number;
    readonly memsz: number;
    readonly align: number;
  }

  interface ElfySection {
    readonly addr: number;
    readonly off: number;
    readonly size: number;
    readonly link: number;
    readonly info: number;
  }

  interface ElfyParser {
    setEndian(endian: "little" | "big"): void;
    /** @param bytes in an address. */
    setWord(bytes: 4 | 8): void;
    parseProgram(entry: Buffer, header: ElfyHeader, file: ElfyContent): ElfyProgram;
    parseSection(entry: Buffer, header: ElfyHeader, file: ElfyContent): ElfySection;
  }

  interface ElfyHeader {
    readonly class: "32" | "64";
  }

  /** What `data` is cut out of. */
  interface ElfyContent {
    slice(from: number, to: number): Buffer;
  }

  const elfy: { readonly Parser: new () => ElfyParser };
  export default elfy;
  export type { ElfyParser, ElfyProgram, ElfySection };
}
