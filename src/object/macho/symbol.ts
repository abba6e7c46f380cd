import { symbolTypes } from "./constants.ts";
import type { ObjectSymbol } from "../object-file.ts";
import type { MachoExport } from "./export-trie.ts";
import { holdsCode, isThreadLocal, type MachoSection, type SegmentTable } from "./segment-table.ts";
import { isUndefined, type Nlist } from "./symbol-table.ts";

/** A symbol table entry as every object file has it. Mach-O records no size, and what it is only by its section. */
export function symbolOfNlist(entry: Nlist, name: string, segments: SegmentTable): ObjectSymbol {
  const isVisible = entry.external && !entry.privateExternal;
  const section = entry.type === symbolTypes.section ? segments.sectionOfOrdinal(entry.section) : undefined;
  return {
    name,
    address: entry.value,
    size: undefined,
    defined: !isUndefined(entry),
    binding: !isVisible ? "local" : entry.weak ? "weak" : "global",
    type: entry.type === symbolTypes.indirect ? "other" : typeIn(section),
    absolute: entry.type === symbolTypes.absolute,
  };
}

/** An export as every object file has it. A re-exported name is an import: its address is in another library. */
export function symbolOfExport(entry: MachoExport, segments: SegmentTable): ObjectSymbol {
  const common = { name: entry.name, size: undefined, binding: entry.weak ? "weak" : "global" } as const;
  switch (entry.kind) {
    case "re-export":
      return { ...common, address: 0n, defined: false, type: "none", absolute: false };
    case "absolute":
      return { ...common, address: entry.value, defined: true, type: "none", absolute: true };
    case "resolver":
    case "function-variant":
      return { ...common, address: entry.address, defined: true, type: "ifunc", absolute: false };
    case "thread-local":
      return { ...common, address: entry.address, defined: true, type: "tls", absolute: false };
    case "address": {
      const type = typeIn(segments.sectionAt(entry.address));
      return { ...common, address: entry.address, defined: true, type, absolute: false };
    }
  }
}

function typeIn(section: MachoSection | undefined): ObjectSymbol["type"] {
  if (section === undefined) return "none";
  if (isThreadLocal(section)) return "tls";
  return holdsCode(section) ? "function" : "object";
}
