import type { NlistFact } from "./macho-facts.ts";
import { outputOf, type Tool } from "./tool.ts";

/**
 * LC_SYMTAB of a thin file, in order. llvm-readobj's JSON of Mach-O files is broken, so this reads its text, which
 * has one value a line.
 */
export function nlistOf(readobj: Tool, path: string): NlistFact[] {
  const blocks = outputOf(readobj, ["--symbols", path]).split("\n  Symbol {\n").slice(1);
  return blocks.map((text) => {
    const section = hexIn(text, /^ {4}Section:.* \(0x([0-9A-F]+)\)$/m);
    return {
      name: /^ {4}Name: (.*) \(\d+\)$/m.exec(text)?.[1] ?? "",
      value: BigInt(`0x${/^ {4}Value: 0x([0-9A-F]+)$/m.exec(text)?.[1] ?? ""}`),
      external: /^ {4}Extern$/m.test(text),
      privateExternal: /^ {4}PrivateExtern$/m.test(text),
      type: hexIn(text, /^ {4}(?:Type|SymbolType|StabType|Stab):? ?.* \(0x([0-9A-F]+)\)$/m) ?? -1,
      description: hexIn(text, /^ {4}Flags \[ \(0x([0-9A-F]+)\)$/m) ?? 0,
      section: section === 0 ? undefined : section,
    };
  });
}

function hexIn(text: string, pattern: RegExp): number | undefined {
  const digits = pattern.exec(text)?.[1];
  return digits === undefined ? undefined : Number.parseInt(digits, 16);
}
