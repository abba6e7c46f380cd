import type { ElfFacts, NoteFact, RelocationFact, SymbolFact } from "./elf-facts.ts";
import { outputOf, type Tool } from "./tool.ts";

const FLAGS = "--sections --segments --dyn-syms --symbols --relocs --notes".split(" ");

/** What `llvm-readobj` says of an ELF file, taken from its JSON. */
export function llvmElfFacts(readobj: Tool, path: string): ElfFacts {
  const output = outputOf(readobj, ["--elf-output-style=JSON", ...FLAGS, path]);
  const [file] = JSON.parse(exactNumbers(output)) as [Printed];
  return {
    sections: file.Sections.map(({ Section: one }) => ({
      name: one.Name.Name,
      type: one.Type.Value,
      flags: BigInt(one.Flags.Value),
      address: BigInt(one.Address),
      offset: BigInt(one.Offset),
      size: BigInt(one.Size),
    })),
    segments: file.ProgramHeaders.map(({ ProgramHeader: one }) => ({
      type: one.Type.Value,
      flags: one.Flags.Value,
      address: BigInt(one.VirtualAddress),
      offset: BigInt(one.Offset),
      fileSize: BigInt(one.FileSize),
      memorySize: BigInt(one.MemSize),
    })),
    dynamicSymbols: file.DynamicSymbols.map(symbolFact),
    staticSymbols: file.Symbols.map(symbolFact),
    relocations: file.Relocations.map((table) => ({
      section: table.SectionIndex,
      entries: table.Relocs.map(relocationFact),
    })),
    notes: file.NoteSections.map(({ NoteSection: one }) => ({
      section: one.Name,
      entries: one.Notes.map(noteFact),
    })),
  };
}

/** A 64-bit number as JSON prints it: from 16 digits on a string, because a double would round it. */
type Integer = number | string;

interface Named {
  readonly Name: string;
  readonly Value: number;
}

interface Printed {
  readonly Sections: readonly {
    readonly Section: {
      readonly Name: Named;
      readonly Type: Named;
      readonly Flags: { readonly Value: Integer };
      readonly Address: Integer;
      readonly Offset: Integer;
      readonly Size: Integer;
    };
  }[];
  readonly ProgramHeaders: readonly {
    readonly ProgramHeader: {
      readonly Type: Named;
      readonly Flags: { readonly Value: number };
      readonly Offset: Integer;
      readonly VirtualAddress: Integer;
      readonly FileSize: Integer;
      readonly MemSize: Integer;
    };
  }[];
  readonly DynamicSymbols: readonly PrintedSymbol[];
  readonly Symbols: readonly PrintedSymbol[];
  readonly Relocations: readonly {
    readonly SectionIndex: number;
    readonly Relocs: readonly PrintedRelocation[];
  }[];
  readonly NoteSections: readonly {
    readonly NoteSection: { readonly Name: string; readonly Notes: readonly PrintedNote[] };
  }[];
}

interface PrintedSymbol {
  readonly Symbol: {
    readonly Name: Named;
    readonly Value: Integer;
    readonly Size: Integer;
    readonly Binding: Named;
    readonly Type: Named;
    readonly Section: Named;
  };
}

interface PrintedRelocation {
  readonly Relocation: {
    readonly Offset: Integer;
    readonly Type: Named;
    readonly Symbol: Named;
    readonly Addend?: Integer;
  };
}

interface PrintedNote {
  readonly Owner: string;
  readonly "Data size": number;
  readonly Type: string;
}

function exactNumbers(json: string): string {
  return json.replace(/":(-?\d{16,})(?=[,}])/g, '":"$1"');
}

function symbolFact({ Symbol: one }: PrintedSymbol): SymbolFact {
  return {
    name: one.Name.Name.replace("@@", "@"),
    isDefault: one.Name.Name.includes("@@"),
    address: BigInt(one.Value),
    size: BigInt(one.Size),
    binding: one.Binding.Value,
    type: one.Type.Value,
    section: one.Section.Value,
  };
}

function relocationFact({ Relocation: one }: PrintedRelocation): RelocationFact {
  return {
    offset: BigInt(one.Offset),
    type: one.Type.Value,
    typeName: one.Type.Name,
    symbol: one.Symbol.Value,
    addend: one.Addend === undefined ? undefined : BigInt.asIntN(64, BigInt(one.Addend)),
  };
}

function noteFact(one: PrintedNote): NoteFact {
  return { owner: one.Owner, size: one["Data size"], type: one.Type };
}
