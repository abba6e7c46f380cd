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
    readonly name: string;
    readonly addr: number;
    readonly off: number;
    readonly size: number;
    readonly link: number;
    readonly info: number;
  }

  interface ElfyFile {
    readonly body: { readonly programs: readonly ElfyProgram[]; readonly sections: readonly ElfySection[] };
  }

  const elfy: { parse(bytes: Buffer): ElfyFile };
  export default elfy;
  export type { ElfyFile, ElfyProgram, ElfySection };
}
