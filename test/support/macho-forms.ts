import type { MachoSpec } from "./macho-builder.ts";

/** The same library in the forms in which linkers have written what is bound: as opcodes, as chains, and of old as relocations. */
export interface MachoForms {
  readonly classic: MachoSpec;
  readonly chained: MachoSpec;
  /** Of 32 bits and in big endian, as for PowerPC. */
  readonly old: MachoSpec;
}

const rebases = [{ at: "__DATA,__data", to: "__TEXT,__const" }] as const;
const binds = [{ at: ["__DATA,__data", 8], symbol: "_puts" }] as const;

/** @param common a library with `__TEXT,__const`, `__DATA,__data` and the symbol `_puts`. */
export function machoForms(common: MachoSpec): MachoForms {
  return {
    classic: { ...common, rebases, binds },
    chained: { ...common, chainedFixups: { format: 6, fixups: [...rebases, ...binds] } },
    old: {
      ...common,
      exports: [],
      bits: 32,
      endian: "big",
      localRelocations: [{ address: 0x1000 }],
      externalRelocations: [{ address: 0x1008, symbol: 0 }],
      indirectSymbols: [0],
    },
  };
}
