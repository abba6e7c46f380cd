import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

/**
 * The projects of vitest, by what their tests need; a test file is in the first one whose sign it shows, or a file of `test` that
 * it imports. So nobody has to say where a test belongs, and a test of `unit` runs on any machine, at once.
 */
const signs = {
  /** Plugins and hosts under fixtures/.build, by every compiler at hand. */
  built: /^test\/support\/built-fixtures\.ts/,
  /** `plugins` itself, or the package, as it is published. */
  cli: /bin\/run\.js|oclif\.manifest\.json|node_modules\/otelcol-plugins/,
  /** Another program: a compiler, readelf, a shell, Node. */
  tools: /["'](node:)?child_process["']/,
  unit: /^/,
} as const satisfies Readonly<Record<string, RegExp>>;

export type ProjectName = keyof typeof signs;
export const projectNames = Object.keys(signs) as readonly ProjectName[];

/** The project of a test file. @param path from the root of the repository. */
export function projectOf(path: string): ProjectName {
  const shown = partsOf(path).map(
    (part) => `${part}
${textOf(part)}`,
  );
  return projectNames.find((name) => shown.some((text) => signs[name].test(text))) ?? "unit";
}

/** Every test file, from the root of the repository. */
export function testFiles(): readonly string[] {
  return readdirSync(join(root, "test"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => join("test", name))
    .sort();
}

/** `from "./a.ts"`, `import("./a.js")`, `import(new URL("./a.js", …))` */
const importing = /(?:from|import)\s*\(?\s*(?:new URL\()?"(\.{1,2}\/[^"]+\.[jt]s)"/g;

/** A test file and what it imports of `test` and `scripts`, through any number of steps. */
export function partsOf(path: string): readonly string[] {
  const found = new Set([path]);
  for (const part of found) {
    for (const [, name = ""] of textOf(part).matchAll(importing)) {
      const imported = relative(root, join(root, dirname(part), name));
      if (/^(?:test|scripts)\//.test(imported) && existsSync(join(root, imported))) found.add(imported);
    }
  }
  return [...found];
}

const texts = new Map<string, string>();

/** The text of a file. @param path from the root of the repository. */
export function textOf(path: string): string {
  const text = texts.get(path) ?? readFileSync(join(root, path), "utf8");
  texts.set(path, text);
  return text;
}
