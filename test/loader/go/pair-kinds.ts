import { api, extra, plugin, sources, type Sources } from "./pair-sources.ts";

/** One file, by what is built, and what is other than in the plainest build. */
export interface Recipe {
  /** Package folder, or files. */
  readonly of: readonly string[];
  readonly flags?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Sources in other words, while this one is built. */
  readonly files?: Sources;
  readonly stripped?: true;
}

const trimmed = ["-trimpath"];

/** `-ldflags` for the external linker. */
function linked(...flags: readonly string[]): readonly string[] {
  return [`-ldflags=-linkmode=external "-extldflags=${flags.join(" ")}"`];
}

const otherApi = api.replace("return text", 'return text + "other"');
const inlinable = { "api/api.go": api.replace("return 1", "return 2") };

export const hosts: Readonly<Record<string, Recipe>> = {
  plain: { of: ["./host"] },
  "position-independent": { of: ["./host"], flags: ["-buildmode=pie"] },
  "-s -w": { of: ["./host"], flags: ["-ldflags=-s -w"] },
  stripped: { of: ["./host"], stripped: true },
  "-trimpath": { of: ["./host"], flags: trimmed },
  "-race": { of: ["./host"], flags: ["-race"] },
  "-asan": { of: ["./host"], flags: ["-asan"] },
  "-gcflags=all=-l": { of: ["./host"], flags: ["-gcflags=all=-l"] },
  "-linkmode=internal": { of: ["./host"], flags: ["-ldflags=-linkmode=internal"] },
  "without cgo": { of: ["./host"], environment: { CGO_ENABLED: "0" } },
  "without package plugin": { of: ["./without"] },
  static: { of: ["./host"], flags: linked("-static") },
  "static, stripped": { of: ["./host"], flags: linked("-static"), stripped: true },
  "static, position-independent": { of: ["./host"], flags: ["-buildmode=pie", ...linked("-static-pie")] },
  "static, musl": { of: ["./host"], flags: linked("-static"), environment: { CC: "musl-gcc" } },
  "-tags": { of: ["./host"], flags: ["-tags=tagged"] },
  "other dependency": { of: ["./host"], files: inlinable },
  "few packages": { of: ["./lean"] },
  "-linkmode=external": { of: ["./host"], flags: linked("-Wl,-O1") },
  musl: { of: ["./host"], environment: { CC: "musl-gcc" } },
};

const asPlugin = ["-buildmode=plugin"];

/** A Go plugin that is the plainest but for what is said. */
function pluginOf(other: Partial<Recipe> = {}): Recipe {
  return { of: ["./plugin"], ...other, flags: [...asPlugin, ...(other.flags ?? [])] };
}

export const plugins: Readonly<Record<string, Recipe>> = {
  match: pluginOf(),
  "-s -w": pluginOf({ flags: ["-ldflags=-s -w"] }),
  stripped: pluginOf({ stripped: true }),
  "-trimpath": pluginOf({ flags: trimmed }),
  "-race": pluginOf({ flags: ["-race"] }),
  "-asan": pluginOf({ flags: ["-asan"] }),
  "-gcflags=all=-l": pluginOf({ flags: ["-gcflags=all=-l"] }),
  "-gcflags=all=-N": pluginOf({ flags: ["-gcflags=all=-N"] }),
  "-tags": pluginOf({ flags: ["-tags=tagged"] }),
  "function added": pluginOf({ files: { "api/api.go": `${api}\nfunc Added() {}\n` } }),
  "inlinable body": pluginOf({ files: inlinable }),
  "comment above": pluginOf({ files: { "api/api.go": api.replace("import", "// Moved.\n\nimport") } }),
  "other body": pluginOf({ files: { "api/api.go": otherApi } }),
  "-trimpath, other folder": pluginOf({
    flags: trimmed,
    files: {
      "set/go.mod": (sources["set/go.mod"] ?? "").replace("../api", "../elsewhere"),
      "elsewhere/go.mod": sources["api/go.mod"] ?? "",
      "elsewhere/api.go": api,
    },
  }),
  "other folder": pluginOf({
    files: {
      "set/go.mod": (sources["set/go.mod"] ?? "").replace("../api", "../elsewhere"),
      "elsewhere/go.mod": sources["api/go.mod"] ?? "",
      "elsewhere/api.go": api,
    },
  }),
  "package more": pluginOf({ of: ["./extra"] }),
  "package more, other": pluginOf({
    of: ["./extra2"],
    files: { "extra/extra.go": `${extra}\nfunc More() {}\n` },
  }),
  "same path": pluginOf({ files: { "set/plugin/main.go": plugin.replace("42", "43") } }),
  "dotted path": pluginOf({ of: ["../dotted"] }),
  "from files": pluginOf({ of: ["./plugin/main.go"] }),
  "exporting nothing": pluginOf({ of: ["./silent"] }),
  "-Bsymbolic": pluginOf({ flags: linked("-Wl,-Bsymbolic") }),
  "packed relocations": pluginOf({ flags: linked("-Wl,-z,pack-relative-relocs") }),
  "missing library": pluginOf({ of: ["./needing"] }),
  "undefined symbol": pluginOf({ of: ["./undefined"] }),
  "c-shared": { of: ["./plugin"], flags: ["-buildmode=c-shared"] },
  "for musl": pluginOf({ environment: { CC: "musl-gcc" } }),
};

/** Files that no Go build makes, with the names by which they are opened. */
export const others: Readonly<Record<string, string>> = {
  "C library": "./plain.so",
  "Rust cdylib": "./libanswer.so",
  "cut off": "./cut.so",
  "other machine": "./machine.so",
  text: "./text.so",
  empty: "./empty.so",
  missing: "./missing.so",
  folder: "./folder.so",
  link: "./link.so",
  "no extension": "match",
  "three letters": ".so",
  "hostile name": './a"\u001b[31m\u202e%s b.so',
  "bare name": "match.so",
  "no plugin path": "./pathless.so",
  "missing export": "./renamed.so",
};
