import { dirname } from "node:path";
import ts from "typescript";

/** Types and classes of a package that the types its entry exports mention, near or far, and that the entry does not export itself. */
export function unexported(entry: string): readonly string[] {
  const program = ts.createProgram([entry], {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2023,
    types: ["node"],
  });
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(entry);
  const module = file && checker.getSymbolAtLocation(file);
  if (module === undefined) throw new Error(`${entry} exports nothing`);
  const root = dirname(entry);
  const original = (symbol: ts.Symbol): ts.Symbol =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const isOwnType = (symbol: ts.Symbol): boolean =>
    (symbol.flags & ts.SymbolFlags.Type) !== 0 &&
    (symbol.flags & ts.SymbolFlags.TypeParameter) === 0 &&
    (symbol.declarations ?? []).some((each) => each.getSourceFile().fileName.startsWith(root));
  const exported = new Set(checker.getExportsOfModule(module).map(original));
  const seen = new Set<ts.Symbol>();
  const missing = new Set<string>();

  function visit(symbol: ts.Symbol): void {
    if (seen.has(symbol)) return;
    seen.add(symbol);
    for (const each of symbol.declarations ?? []) walk(each);
  }

  function walk(node: ts.Node): void {
    // What a function does, and what a variable is set to, is no part of its type.
    if (ts.isBlock(node)) return;
    const name = mentioned(node);
    const found = name && checker.getSymbolAtLocation(name);
    if (found !== undefined && isOwnType(original(found))) {
      if (!exported.has(original(found))) missing.add(found.name);
      visit(original(found));
    }
    ts.forEachChild(node, walk);
  }

  for (const symbol of exported) visit(symbol);
  return [...missing].sort();
}

function mentioned(node: ts.Node): ts.Node | undefined {
  if (ts.isTypeReferenceNode(node)) return node.typeName;
  return ts.isExpressionWithTypeArguments(node) ? node.expression : undefined;
}
