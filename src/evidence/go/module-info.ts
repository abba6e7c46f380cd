import { memo } from "../../manifest/memo.ts";
import { known, unknown, type Fact } from "../fact.ts";
import { unquotePrefix } from "./quoted.ts";

/** A module that packages were linked from (Go: src/runtime/debug/mod.go, Module). */
export interface GoModule {
  readonly path: string;
  /** `v1.2.3`, `(devel)` for one built from its own folder, or empty. */
  readonly version: string;
  /** `h1:…`; undefined for a folder, and for a module that another one replaces. */
  readonly sum: string | undefined;
  /** What go.mod's `replace` put in its place; a folder has the path `./…`, `../…` or `/…` and no version. */
  readonly replacedBy?: GoModule;
}

export interface GoBuildSetting {
  /** `-buildmode`, `CGO_ENABLED`, `vcs.revision`, … */
  readonly key: string;
  readonly value: string;
}

/** The part of the build info that cmd/go writes. */
export interface GoModuleInfo {
  /** Package path of the main package; undefined if it is not recorded. */
  readonly path: string | undefined;
  /** The module of the main package; undefined for one built outside any. */
  readonly main: GoModule | undefined;
  /** In file order, which is by path. */
  readonly deps: readonly GoModule[];
  /** In file order. Empty before Go 1.18. */
  readonly settings: readonly GoBuildSetting[];
}

/*
 * Lines, their columns parted by tabs (Go: src/runtime/debug/mod.go, BuildInfo.String and ParseBuildInfo):
 *   path  PACKAGE
 *   mod   PATH VERSION [SUM]
 *   dep   PATH VERSION [SUM]
 *   =>    PATH VERSION SUM        what the module of the line before is replaced by
 *   build KEY=VALUE               either one quoted if it has to be
 * Other lines, and a last one without its newline, are left out.
 */
class Draft {
  path: string | undefined;
  main: GoModule | undefined;
  readonly deps: GoModule[] = [];
  readonly settings: GoBuildSetting[] = [];
  /** Which module a replacement belongs to. */
  #last: "main" | "dep" | undefined;

  /** @returns what is wrong with the line, in words; undefined if nothing is. */
  add(line: string): string | undefined {
    const tab = line.indexOf("\t");
    if (tab === -1) return undefined;
    const word = line.slice(0, tab);
    const rest = line.slice(tab + 1);
    switch (word) {
      case "path":
        this.path = rest;
        return undefined;
      case "mod":
      case "dep":
        return this.#addModule(word, rest);
      case "=>":
        return this.#addReplacement(rest);
      case "build":
        return this.#addSetting(rest);
      default:
        return undefined;
    }
  }

  #addModule(word: "mod" | "dep", columns: string): string | undefined {
    const module = moduleOf(columns);
    if (typeof module === "string") return module;
    if (word === "dep") this.deps.push(module);
    else this.main = module;
    this.#last = word === "dep" ? "dep" : "main";
    return undefined;
  }

  #addReplacement(columns: string): string | undefined {
    const count = columns.split("\t").length;
    const replacedBy = moduleOf(columns);
    if (typeof replacedBy === "string" || count !== 3) return `a replacement has ${count} columns, not 3`;
    const dep = this.deps.at(-1);
    if (this.#last === "main" && this.main !== undefined) this.main = { ...this.main, replacedBy };
    else if (this.#last === "dep" && dep !== undefined) this.deps.splice(-1, 1, { ...dep, replacedBy });
    else return "a replacement follows no module";
    this.#last = undefined;
    return undefined;
  }

  #addSetting(pair: string): string | undefined {
    const setting = settingOf(pair);
    if (typeof setting === "string") return setting;
    this.settings.push(setting);
    return undefined;
  }
}

/**
 * Reads the text that cmd/go makes, without the marks around it. What Go's own reader refuses is unknown here too.
 * @param from where the text stands.
 */
export function parseGoModuleInfo(text: string, from: string): Fact<GoModuleInfo> {
  const draft = new Draft();
  let line = 1;
  for (let start = 0, end; (end = text.indexOf("\n", start)) !== -1; start = end + 1, line += 1) {
    const problem = draft.add(text.slice(start, end));
    if (problem !== undefined) return unknown(`line ${line} of the build info in ${from}: ${problem}`);
  }
  const { path, main, deps, settings } = draft;
  return known({ path, main, deps, settings }, from);
}

/** A module by its columns, or what is wrong with them. All plugins of a folder link much the same ones. */
const moduleOf = memo((columns: string): GoModule | string => {
  const [path, version, sum, ...more] = columns.split("\t");
  if (path === undefined || version === undefined || more.length > 0)
    return `a module has ${columns.split("\t").length} columns, not 2 or 3`;
  return { path, version, sum: sum === "" ? undefined : sum };
});

/** A setting by its key and value, or what is wrong with them. */
const settingOf = memo((pair: string): GoBuildSetting | string => {
  const key = keyOf(pair);
  if (key === undefined) return "a build setting has no key";
  if (!key.rest.startsWith("=")) return "a build setting has no value";
  const value = valueOf(key.rest.slice(1));
  if (value === undefined) return `the value of ${JSON.stringify(key.value)} is not quoted as it must be`;
  return { key: key.value, value };
});

/** Characters for which a key (with `=` and if empty) or a value is quoted: mod.go, quoteKey and quoteValue. */
const quotedKey = /[= \t\r\n"`]/;
const quotedValue = /[ \t\r\n"`]/;

function keyOf(pair: string): { readonly value: string; readonly rest: string } | undefined {
  if (/^["`]/.test(pair)) return unquotePrefix(pair);
  const equals = pair.indexOf("=");
  const value = equals === -1 ? pair : pair.slice(0, equals);
  return value === "" || quotedKey.test(value) ? undefined : { value, rest: pair.slice(value.length) };
}

function valueOf(text: string): string | undefined {
  if (!/^["`]/.test(text)) return quotedValue.test(text) ? undefined : text;
  const quoted = unquotePrefix(text);
  return quoted?.rest === "" ? quoted.value : undefined;
}
