import { objectFormats, type ObjectFile } from "./object-file.ts";

/** How a C or Go name is spelled in a file's symbols. */
export function symbolName({ format }: Pick<ObjectFile, "format">, name: string): string {
  return `${objectFormats[format].symbolPrefix}${name}`;
}

/** The C or Go name of a symbol, as its source has it. */
export function sourceName({ format }: Pick<ObjectFile, "format">, symbol: string): string {
  const { symbolPrefix } = objectFormats[format];
  return symbol.startsWith(symbolPrefix) ? symbol.slice(symbolPrefix.length) : symbol;
}
