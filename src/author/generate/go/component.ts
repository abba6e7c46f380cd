import { join } from "node:path";
import type { Files } from "../../../files/files.ts";
import type { Manifest } from "../../../manifest/generated/manifest.ts";
import { textOfFile } from "../text-file.ts";
import type { LinkedPackages } from "./linked-modules.ts";

type Component = NonNullable<Manifest["components"]>[number];

/** The linked packages by their import path. Only the sources that the build compiles are read: others may say anything. */
type Packages = LinkedPackages["packages"];

export type FoundComponent =
  | { readonly kind: "found"; readonly component: Component }
  /** It has no NewFactory. */
  | { readonly kind: "none" }
  | { readonly kind: "unclear"; readonly why: string };

/** The packages whose `Factory` a component's NewFactory returns: the last element is the kind. */
const kindPackage = /^go\.opentelemetry\.io\/collector\/(receiver|processor|exporter|connector|extension)$/;

/**
 * The component that a plugin's main package provides, read of the sources: its kind is that of the package whose `Factory` the exported
 * NewFactory returns, its type the one text that component.MustNewType gets in the package that makes the factory. Nothing is guessed:
 * what the sources do not say in these ways is unclear.
 */
export function componentOf(files: Files, main: string, packages: Packages): FoundComponent {
  for (const source of sourcesOf(files, packages, main)) {
    const factory = factoryIn(source);
    if (factory === undefined) continue;
    const imports = importsOf(source);
    const kind = kindOf(factory, imports, files, packages);
    if (kind === undefined)
      return { kind: "unclear", why: "the result of NewFactory is not a Collector factory" };
    const [maker, otherMaker] = factory.makers;
    if (otherMaker !== undefined) {
      return { kind: "unclear", why: `NewFactory calls several: ${factory.makers.join(", ")}` };
    }
    const made = maker === undefined ? undefined : importOf(imports, maker);
    const types = typesIn(files, main, made, packages);
    const [type, another] = types;
    if (type === undefined || another !== undefined) {
      const found = types.length === 0 ? "no component.MustNewType" : `several types (${types.join(", ")})`;
      return { kind: "unclear", why: `the component's type is not plain from its sources: ${found}` };
    }
    return { kind: "found", component: { kind, type, symbol: "NewFactory" } };
  }
  return { kind: "none" };
}

interface Factory {
  /** The package name in `receiver.Factory`; undefined of a variable. */
  readonly result: string | undefined;
  /** The package names in `kafkareceiver.NewFactory`, each once. */
  readonly makers: readonly string[];
}

/** `func NewFactory() receiver.Factory { return kafkareceiver.NewFactory() }` and `var NewFactory = kafkareceiver.NewFactory`. */
function factoryIn(source: string): Factory | undefined {
  const declared = /^func NewFactory\(\)\s*(?:\(?\s*)(\w+)\.Factory\s*\)?\s*\{([\s\S]*?)^\}/m.exec(source);
  const oneLine = /^func NewFactory\(\)\s*(\w+)\.Factory\s*\{([^\n]*)\}\s*$/m.exec(source);
  const [, result, body = ""] = oneLine ?? declared ?? [];
  if (result !== undefined) {
    const makers = [...body.matchAll(/\b(\w+)\.NewFactory\b/g)].map(([, name = ""]) => name);
    return { result, makers: [...new Set(makers)] };
  }
  const variable = /^var NewFactory\b[^\n=]*=\s*(\w+)\.NewFactory\s*$/m.exec(source);
  return variable === null ? undefined : { result: undefined, makers: variable.slice(1) };
}

function kindOf(
  { result, makers: [maker = ""] }: Factory,
  imports: readonly Import[],
  files: Files,
  packages: Packages,
): string | undefined {
  if (result !== undefined) return kindPackage.exec(importOf(imports, result) ?? "")?.[1];
  for (const source of sourcesOf(files, packages, importOf(imports, maker) ?? "")) {
    const factory = factoryIn(source);
    if (factory?.result !== undefined)
      return kindPackage.exec(importOf(importsOf(source), factory.result) ?? "")?.[1];
  }
  return undefined;
}

interface Import {
  readonly name: string | undefined;
  readonly path: string;
}

function importsOf(source: string): readonly Import[] {
  const blocks = [...source.matchAll(/^import\s+(?:\(([\s\S]*?)^\)|([^\n(]+))/gm)];
  return blocks
    .flatMap(([, block, single]) => (block ?? single ?? "").split(/[\n;]/))
    .flatMap((line) => {
      const match = /^\s*(?:([\w.]+)\s+)?"([^"]+)"\s*$/.exec(line);
      return match === null ? [] : [{ name: match[1], path: match[2] ?? "" }];
    });
}

/** Without a name of its own an import has that of its package, which is the last element of its path in every package asked for here. */
function importOf(imports: readonly Import[], name: string): string | undefined {
  return imports.find(({ name: own, path }) => (own ?? lastElement(path)) === name)?.path;
}

/** A major version is not a name: `example.com/batch/v2`. */
function lastElement(path: string): string {
  const parts = path.split("/").filter((part) => !/^v\d+$/.test(part));
  return parts.at(-1) ?? "";
}

/**
 * mdatagen writes the type to internal/metadata beside the package; others have it in the package itself. If there are several, such as a
 * deprecated one, it is the one whose variable the package gives to its NewFactory: `exporter.NewFactory(metadata.Type, …`.
 */
function typesIn(
  files: Files,
  main: string,
  maker: string | undefined,
  packages: Packages,
): readonly string[] {
  const places = [main, ...(maker === undefined ? [] : [maker, `${maker}/internal/metadata`])];
  const sources = places.flatMap((place) => sourcesOf(files, packages, place));
  const found = sources
    .flatMap((source) => [...source.matchAll(/(?:\b(\w+)\s*=\s*)?\bcomponent\.MustNewType\("([^"\\]+)"\)/g)])
    .map(([, variable, type = ""]) => ({ variable, type }));
  const used = new Set(
    sources
      .flatMap((source) => [...source.matchAll(/\.NewFactory\(\s*(?:\w+\.)?(\w+)\s*,/g)])
      .map(([, name]) => name),
  );
  const given = found.filter(({ variable }) => variable !== undefined && used.has(variable));
  const all = [...new Set(found.map(({ type }) => type))];
  return all.length < 2 ? all : [...new Set((given.length > 0 ? given : found).map(({ type }) => type))];
}

/** Of a package that is not linked there are none. */
function sourcesOf(files: Files, packages: Packages, path: string): readonly string[] {
  const { folder, sources } = packages.get(path) ?? { folder: "", sources: [] };
  return sources.map((name) => withoutComments(textOfFile(files, join(folder, name)) ?? ""));
}

/** Comments may have anything in them, strings may have what looks like a comment. */
function withoutComments(source: string): string {
  return source.replace(
    /("(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)+')|\/\/[^\n]*|\/\*[\s\S]*?\*\//g,
    (_, literal: string | undefined) => literal ?? " ",
  );
}
