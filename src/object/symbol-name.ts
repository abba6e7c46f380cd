import type { ObjectFile } from "./object-file.ts";

/** How a C or Go name is spelled in a file's symbols: Mach-O puts an underscore before it (mach-o/nlist.h). */
export function symbolName({ format }: Pick<ObjectFile, "format">, name: string): string {
  return format === "macho" ? `_${name}` : name;
}
