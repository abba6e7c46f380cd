import type { Pointer } from "../object-file.ts";
import type { ElfSymbol } from "./symbol.ts";
import type { Encoding } from "./encoding.ts";
import { relocationEffect } from "./machine.ts";
import type { Relocation } from "./relocation.ts";

/** What a pointer is decided by, beside the relocation itself. */
export interface PointerContext {
  readonly encoding: Encoding;
  readonly machine: number;
  /** The address-sized word that is in the file at an address. */
  readonly wordAt: (address: bigint) => bigint;
  readonly dynamicSymbol: (index: number) => ElfSymbol;
}

/**
 * What a loader writes over the word at `address`. That another library may define the same symbol and win (interposition)
 * is left out: a defined symbol is taken for this file's own.
 * @param relocations all of them for that address.
 */
export function resolvePointer(
  context: PointerContext,
  address: bigint,
  relocations: readonly Relocation[],
): Pointer {
  const [relocation, second] = relocations;
  if (relocation === undefined) return { kind: "plain", value: context.wordAt(address) };
  if (second !== undefined) return unknown("more than one relocation stands there");
  const { encoding, machine } = context;
  const { type } = relocation;
  const addend = (): bigint => relocation.addend ?? context.wordAt(address);
  // RELR is relative by definition, on any machine.
  const effect =
    relocation.table === "RELR" ? "relative" : relocationEffect(machine, encoding.bits, type ?? 0);
  switch (effect) {
    case "relative":
      return { kind: "address", address: encoding.wrap(addend()) };
    case "symbol":
      return toSymbol(context, relocation, addend);
    case "slot":
      // RELA linkers write an addend of 0 here; REL has the address of the lazy binder in place, which is none.
      return toSymbol(context, relocation, () => relocation.addend ?? 0n);
    case "resolver":
      return unknown("a function chooses the address at run time (IRELATIVE)");
    case "unknown":
      return unknown(`relocation type ${String(type)} is not known for machine ${machine}`);
  }
}

function toSymbol(context: PointerContext, { symbolIndex }: Relocation, addend: () => bigint): Pointer {
  // Loaders differ: glibc adds the load address, musl does not.
  if (symbolIndex === 0) return unknown("relocation by a symbol names none");
  const symbol = context.dynamicSymbol(symbolIndex);
  if (!symbol.defined) return { kind: "import", symbol: symbol.name };
  if (symbol.absolute) return unknown(`symbol ${symbol.name} is a number, not a place`);
  if (symbol.type === "tls") return unknown(`symbol ${symbol.name} is thread-local`);
  if (symbol.type === "ifunc") return unknown(`a function chooses the address of ${symbol.name} at run time`);
  return { kind: "address", address: context.encoding.wrap(symbol.address + addend()) };
}

function unknown(reason: string): Pointer {
  return { kind: "unknown", reason };
}
