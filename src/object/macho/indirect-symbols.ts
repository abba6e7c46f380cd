import { INDIRECT_SYMBOL_ABS, INDIRECT_SYMBOL_LOCAL, sectionTypes } from "./constants.ts";
import type { LibraryDysymtab } from "./library-command.ts";
import type { ByteSource } from "../image.ts";
import type { MachoHeader } from "./header.ts";
import { Region } from "./region.ts";
import type { MachoSection } from "./segment-table.ts";

/** A word in a section of symbol pointers. */
export type IndirectPointer =
  | { readonly kind: "local" }
  | { readonly kind: "plain" }
  /** The symbol of that number in LC_SYMTAB. */
  | { readonly kind: "symbol"; readonly symbol: number };

/**
 * What images older than LC_DYLD_INFO put into sections of lazy and non-lazy symbol pointers: the indirect symbol
 * table has an entry for each word (loader.h, section.reserved1).
 * @param section the one that holds `address`.
 */
export function indirectPointerAt(
  address: bigint,
  section: MachoSection | undefined,
  source: ByteSource,
  { bits, endian }: MachoHeader,
  dysymtab: LibraryDysymtab,
): IndirectPointer | undefined {
  if (section === undefined || !isPointers(section)) return undefined;
  const size = BigInt(bits / 8);
  const distance = address - section.address;
  if (distance % size !== 0n) return undefined;
  const index = BigInt(section.reserved1) + distance / size;
  if (index >= BigInt(dysymtab.nindirectsyms)) return undefined;
  const at = BigInt(dysymtab.indirectsymoff) + index * 4n;
  const symbol = Region.read(source, at, 4, "indirect symbol table", endian).u32(0);
  if ((symbol & INDIRECT_SYMBOL_ABS) !== 0) return { kind: "plain" };
  return (symbol & INDIRECT_SYMBOL_LOCAL) !== 0 ? { kind: "local" } : { kind: "symbol", symbol };
}

function isPointers({ type }: MachoSection): boolean {
  return type === sectionTypes.lazySymbolPointers || type === sectionTypes.nonLazySymbolPointers;
}
