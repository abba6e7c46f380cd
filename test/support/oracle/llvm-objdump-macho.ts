import type { ExportFact, FixupFact, LoadCommandFact, SliceFact } from "./macho-facts.ts";
import { outputOf, type Tool } from "./tool.ts";

/** Slices of a universal file in the order of its header; none for a thin file. */
export function slicesOf(objdump: Tool, path: string): SliceFact[] {
  const slices = linesOf(objdump, path, "--universal-headers")
    .join("\n")
    .split(/^architecture /m)
    .slice(1);
  return slices.map((text) => ({
    arch: /^\S+/.exec(text)?.[0] ?? "",
    offset: Number(/^ +offset (\d+)$/m.exec(text)?.[1]),
    size: Number(/^ +size (\d+)$/m.exec(text)?.[1]),
  }));
}

/** Load commands of a thin file, in order. */
export function loadCommandsOf(objdump: Tool, path: string): LoadCommandFact[] {
  const commands = linesOf(objdump, path, "--private-headers")
    .join("\n")
    .split(/^Load command \d+$/m)
    .slice(1);
  return commands.map((text) => {
    const [own = "", ...sections] = text.split(/^Section$/m);
    const fields = fieldsOf(own);
    return { command: fields.get("cmd") ?? "", fields, sections: sections.map(fieldsOf) };
  });
}

/** The export trie of a thin file, in no particular order. */
export function exportsOf(objdump: Tool, path: string): ExportFact[] {
  return rowsAfter(exportLinesOf(objdump, path), /^Exports trie:$/, (line) => {
    const [, address, reexport, name, flags = ""] =
      /^(?:(0x[0-9A-F]+)|(\[re-export\])) +(\S+)((?: .*)?)$/.exec(line) ?? [];
    if (name === undefined) return undefined;
    const known = [...flags.matchAll(/\[([^\]]+)\]/g)].flatMap(([, flag]) => flag ?? []);
    return {
      name,
      address: address === undefined ? undefined : BigInt(address),
      flags: reexport === undefined ? known : ["re-export", ...known],
    };
  });
}

/** LLVM 19 takes a trie of nothing but an empty root, which bundles without exports have, for a broken one. */
function exportLinesOf(objdump: Tool, path: string): string[] {
  try {
    return linesOf(objdump, path, "--exports-trie");
  } catch (error) {
    const said = error instanceof Error && "stderr" in error ? String(error.stderr) : "";
    if (said.includes("not an export node in export trie data at node: 0x0")) return [];
    throw error;
  }
}

/** Everything the loader changes in memory by LC_DYLD_INFO, table by table. */
export function fixupTablesOf(objdump: Tool, path: string): FixupFact[] {
  return [
    ...tableOf(objdump, path, "--rebase", "rebase", /^(?<type>pointer|text abs32|text rel32)$/),
    ...tableOf(
      objdump,
      path,
      "--bind",
      "bind",
      /^(?<type>pointer|text \w+) +(?<addend>-?\d+) (?<library>\S+) +(?<symbol>\S+)/,
    ),
    ...tableOf(objdump, path, "--lazy-bind", "lazy-bind", /^(?<library>\S+) +(?<symbol>\S+)/),
    ...tableOf(
      objdump,
      path,
      "--weak-bind",
      "weak-bind",
      /^(?<type>pointer|text \w+) +(?<addend>-?\d+) +(?<symbol>\S+)/,
    ),
  ];
}

/**
 * Every link of the chains of LC_DYLD_CHAINED_FIXUPS. LLVM 19 prints no symbol where the imports have the format
 * DYLD_CHAINED_IMPORT_ADDEND64; for the pointers that have an indirect symbol this takes its name.
 */
export function chainedFixupsOf(objdump: Tool, path: string): FixupFact[] {
  const indirect = indirectSymbolsOf(objdump, path);
  return rowsAfter(linesOf(objdump, path, "--dyld-info"), TABLE_HEAD, (line) => {
    const [, segment, section, address, raw, kind, rest = ""] =
      /^(\S+) +(\S+) +(0x[0-9A-F]+) (0x[0-9A-F]+) +(bind|rebase) +(.*)$/.exec(line) ?? [];
    if (segment === undefined || section === undefined || address === undefined || raw === undefined)
      return undefined;
    const place = { segment, section, address: BigInt(address), raw: BigInt(raw) };
    if (kind === "rebase") return { ...place, kind };
    const [, addend = "0", library, printed] = /^(0x[0-9A-F]+) +(\S+) +([^( ]\S*)?/.exec(rest) ?? [];
    const symbol = printed ?? indirect.get(place.address);
    return { ...place, kind: "bind", addend: BigInt(addend), ...present({ library, symbol }) };
  });
}

/** Names of the symbols that pointers and stubs stand for, by their address (LC_DYSYMTAB). */
function indirectSymbolsOf(objdump: Tool, path: string): ReadonlyMap<bigint, string> {
  const rows = linesOf(objdump, path, "--indirect-symbols").flatMap((line) => {
    const [, address, name] = /^(0x[0-9a-f]+) +\d+ (\S+)$/.exec(line) ?? [];
    return address === undefined || name === undefined ? [] : [[BigInt(address), name] as const];
  });
  return new Map(rows);
}

function tableOf(
  objdump: Tool,
  path: string,
  flag: string,
  kind: FixupFact["kind"],
  columns: RegExp,
): FixupFact[] {
  return rowsAfter(linesOf(objdump, path, flag), TABLE_HEAD, (line) => {
    const [, segment, section, address, rest = ""] = /^(\S+) +(\S+) +(0x[0-9A-F]+) +(.*)$/.exec(line) ?? [];
    const groups = columns.exec(rest)?.groups;
    if (segment === undefined || section === undefined || address === undefined || groups === undefined)
      return undefined;
    const { symbol, library, addend } = groups;
    const place = { segment, section, address: BigInt(address), kind };
    return {
      ...place,
      ...present({ symbol, library, addend: addend === undefined ? undefined : BigInt(addend) }),
    };
  });
}

const TABLE_HEAD = /^segment +section +address/;

/** One fact a line after the table's head. A line that is understood no more must not pass for an empty table. */
function rowsAfter<T>(lines: readonly string[], head: RegExp, read: (line: string) => T | undefined): T[] {
  const start = lines.findIndex((line) => head.test(line));
  const rows = start === -1 ? [] : lines.slice(start + 1).filter((line) => line !== "");
  return rows.map((line) => {
    const fact = read(line);
    if (fact === undefined) throw new Error(`llvm-objdump printed a line nobody knows: ${line}`);
    return fact;
  });
}

/** Without the fields that are undefined. */
function present<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

/** `  segname __TEXT` → segname: __TEXT; `attributes PURE_INSTRUCTIONS` → attributes: PURE_INSTRUCTIONS. */
function fieldsOf(text: string): Map<string, string> {
  const pairs = text.split("\n").flatMap((line) => {
    const [, key, value] = /^ *(\S+) (.*)$/.exec(line) ?? [];
    return key === undefined || value === undefined
      ? []
      : [[key, value.replace(" (past end of file)", "")] as const];
  });
  return new Map(pairs);
}

function linesOf(objdump: Tool, path: string, flag: string): string[] {
  return outputOf(objdump, ["--macho", flag, path]).split("\n");
}
