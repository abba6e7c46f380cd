import type { MachoFile } from "../../object/macho/file.ts";

/** What an image exports, re-exported names too: by its trie, or by its symbol table if it has no trie. */
export function exportedNames(object: MachoFile): ReadonlySet<string> {
  const inTrie = object.exports.map(({ name }) => name);
  if (inTrie.length > 0) return new Set(inTrie);
  const symbols = object.dynamicSymbols.filter(({ defined, binding }) => defined && binding !== "local");
  return new Set(symbols.map(({ name }) => name));
}
