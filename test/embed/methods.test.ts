import { execFileSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  readdirSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { inspect } from "../../src/check/inspect.ts";
import { disk } from "../../src/files/disk.ts";
import { manifestJson } from "../support/embedding.ts";
import { describeWith, has, lackOf } from "../support/need.ts";
import { runCli } from "../support/run-cli.ts";

const lack = lackOf("gcc", "musl-gcc", "go", "rustc", "strip", "objcopy", "eu-strip", "patchelf", "readelf");
const llvmStrip = ["llvm-strip", "llvm-strip-21", "llvm-strip-20", "llvm-strip-19"].find(has);

const root = mkdtempSync(join(tmpdir(), "plugins-embed-methods-"));
afterAll(() => {
  rmSync(root, { recursive: true });
});

const json = manifestJson({ language: "go", toolchain_version: "go1.26.8" });

function path(...names: readonly string[]): string {
  const found = join(root, ...names);
  mkdirSync(join(found, ".."), { recursive: true });
  return found;
}

function write(name: string, text: string): string {
  const file = path(name);
  writeFileSync(file, text);
  return file;
}

function run(program: string, args: readonly string[], cwd = root): string {
  return execFileSync(program, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

/** Strings of C and Rust. */
const literal = JSON.stringify(json);

type Compiler = "gcc" | "musl-gcc";
type Made = (compiler: Compiler) => Promise<string>;

/** A way to bring the manifest into a plugin: for dlopen in C and Rust, for plugin.Open in Go. */
interface Method {
  readonly name: string;
  readonly c: Made;
  readonly go: () => Promise<string>;
  /** A Rust library that `-C strip=symbols` strips; undefined if the manifest comes after the compiler. */
  readonly rust: (() => string) | undefined;
}

const sectionInC = `__attribute__((section(".otel_manifest"), used)) const char in_section[] = ${literal};`;
const symbolInC = `const char otel_plugin_manifest[] = ${literal};`;

function cPlugin(name: string, more: string): Made {
  return (compiler) => {
    const file = path(`${compiler}-${name}.so`);
    const source = write(`${compiler}-${name}.c`, `int answer(void) { return 42; }\n${more}\n`);
    run(compiler, ["-shared", "-fPIC", "-o", file, source]);
    return Promise.resolve(file);
  };
}

function goPlugin(name: string, more: Readonly<Record<string, string>>): () => Promise<string> {
  return () => {
    write(`go/${name}/main.go`, "package main\n\nvar Answer = 42\n\nfunc main() {}\n");
    for (const [file, text] of Object.entries(more)) write(`go/${name}/${file}`, text);
    const file = path(`go-${name}.so`);
    run("go", ["build", "-buildmode=plugin", "-o", file, `./${name}`], path("go"));
    return Promise.resolve(file);
  };
}

function rustPlugin(name: string, item: string): () => string {
  return () => {
    const source = write(`${name}.rs`, `#[no_mangle] pub extern "C" fn answer() -> i32 { 42 }\n${item}\n`);
    const file = path(`rust-${name}.so`);
    run("rustc", ["--edition=2021", "--crate-type=cdylib", "-O", "-C", "strip=symbols", "-o", file, source]);
    return file;
  };
}

async function embedded(file: string): Promise<string> {
  const { code } = await runCli(["embed", file, "-m", write("m.json", json), "--no-config"]);
  // All get one manifest, which most of them disprove.
  expect([0, 1]).toContain(code);
  return file;
}

function added(file: string): string {
  run("objcopy", ["--add-section", `.otel_manifest=${write("m.json", json)}`, file]);
  return file;
}

const bytes = Buffer.byteLength(json);
const methods: readonly Method[] = [
  {
    name: "`plugins embed`",
    c: async (compiler) => embedded(await cPlugin("embed", "")(compiler)),
    go: async () => embedded(await goPlugin("embed", {})()),
    rust: undefined,
  },
  {
    name: "`objcopy --add-section .otel_manifest=…`",
    c: async (compiler) => added(await cPlugin("added", "")(compiler)),
    go: async () => added(await goPlugin("added", {})()),
    rust: undefined,
  },
  {
    name: "section `.otel_manifest` while compiling",
    c: cPlugin("section", sectionInC),
    go: goPlugin("section", {
      "manifest.go": 'package main\n\nimport "C"\n',
      "manifest.c": `${sectionInC}\n`,
    }),
    rust: rustPlugin(
      "section",
      `#[used] #[link_section = ".otel_manifest"] static M: [u8; ${bytes}] = *b${literal};`,
    ),
  },
  {
    name: "exported symbol while compiling",
    c: cPlugin("symbol", symbolInC),
    go: goPlugin("symbol", {
      "manifest.go":
        'package main\n\nimport _ "embed"\n\n//go:embed manifest.json\nvar PluginManifest string\n',
      "manifest.json": json,
    }),
    rust: rustPlugin(
      "symbol",
      `#[no_mangle] pub static OTEL_PLUGIN_MANIFEST: [u8; ${bytes}] = *b${literal};`,
    ),
  },
];

/** The objcopy that rustc strips with, which rustup installs beside it. */
function findRustObjcopy(): string | undefined {
  const libraries = join(run("rustc", ["--print", "sysroot"], tmpdir()).trim(), "lib/rustlib");
  return readdirSync(libraries)
    .map((target) => join(libraries, target, "bin/rust-objcopy"))
    .find((file) => existsSync(file));
}

const rustObjcopy = has("rustc") ? findRustObjcopy() : undefined;

/** rustc tells it where its LLVM is. */
function strippedByRust(file: string): void {
  const program = rustObjcopy ?? "rust-objcopy";
  const libraries = join(program, "../../../..");
  execFileSync(program, ["--strip-all", file], { env: { ...process.env, LD_LIBRARY_PATH: libraries } });
}

/** What is done to a finished plugin. */
type Tool = (file: string) => void;

const tools: readonly (readonly [string, Tool])[] = [
  ["`strip`", (file) => run("strip", [file])],
  ["`llvm-strip`", (file) => run(llvmStrip ?? "llvm-strip", [file])],
  ["`rust-objcopy --strip-all`", strippedByRust],
  ["`eu-strip`", (file) => run("eu-strip", [file])],
  [
    "`patchelf --set-rpath`",
    (file) => run("patchelf", ["--set-rpath", "/opt/a/longer/path/than/before", file]),
  ],
];

async function hasManifest(file: string): Promise<boolean> {
  const { slices } = await inspect(disk, file);
  const found = slices.flatMap(({ manifests }) => manifests).filter(({ source }) => source !== "derived");
  for (const { value } of found) expect(value).toEqual(JSON.parse(json));
  return found.length > 0;
}

function dlopenHost(compiler: Compiler): string {
  const host = path(`${compiler}-host`);
  if (existsSync(host)) return host;
  const source = write(
    `${compiler}-host.c`,
    `#include <dlfcn.h>\n#include <stdio.h>\nint main(int count, char **words) {\n  void *plugin = dlopen(words[1], RTLD_NOW | RTLD_GLOBAL);\n  if (!plugin) { puts(dlerror()); return 1; }\n  int (*answer)(void) = (int (*)(void))dlsym(plugin, "answer");\n  return answer && answer() == 42 ? 0 : 2;\n}\n`,
  );
  run(compiler, ["-o", host, source, ...(compiler === "gcc" ? ["-ldl"] : [])]);
  return host;
}

function goHost(): string {
  const host = path("go-host");
  if (existsSync(host)) return host;
  write("go/go.mod", "module example.com/methods\n\ngo 1.21\n");
  write(
    "go/host/main.go",
    `package main

import (
	"fmt"
	"os"
	"plugin"
)

func main() {
	opened, err := plugin.Open(os.Args[1])
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	answer, err := opened.Lookup("Answer")
	if err != nil || *answer.(*int) != 42 {
		os.Exit(2)
	}
}
`,
  );
  run("go", ["build", "-o", host, "./host"], path("go"));
  return host;
}

function loads(host: string, file: string): boolean {
  try {
    run(host, [file]);
    return true;
  } catch {
    return false;
  }
}

interface Row {
  readonly name: string;
  readonly cells: readonly string[];
}

const word = (isSo: boolean, yes: string, no: string): string => (isSo ? yes : `**${no}**`);

async function rowOf({ name, c, go, rust }: Method): Promise<Row> {
  const hosts = { go: goHost(), glibc: dlopenHost("gcc"), musl: dlopenHost("musl-gcc") };
  const [ofGo, ofGlibc, ofMusl] = [await go(), await c("gcc"), await c("musl-gcc")];
  for (const file of [ofGo, ofGlibc, ofMusl]) expect(await hasManifest(file), `${name} ${file}`).toBe(true);
  const cells = [
    word(loads(hosts.go, ofGo), "loads", "refused"),
    word(loads(hosts.glibc, ofGlibc), "loads", "refused"),
    word(loads(hosts.musl, ofMusl), "loads", "refused"),
  ];
  for (const [, apply] of tools) {
    const answers: string[] = [];
    for (const [file, host] of [
      [ofGo, hosts.go],
      [ofGlibc, hosts.glibc],
      [ofMusl, hosts.musl],
    ] as const) {
      const copy = path("after", `${answers.length}.so`);
      copyFileSync(file, copy);
      chmodSync(copy, 0o755);
      apply(copy);
      const isKept = await hasManifest(copy);
      answers.push(word(isKept, "kept", "gone") + (loads(host, copy) ? "" : ", **no longer loads**"));
    }
    const [first = ""] = answers;
    cells.push(answers.every((each) => each === first) ? first : answers.join(" / "));
  }
  cells.push(rust === undefined ? "comes before" : word(await hasManifest(rust()), "kept", "gone"));
  return { name, cells };
}

const columns = [
  "plugin.Open",
  "dlopen, glibc",
  "dlopen, musl",
  ...tools.map(([name]) => `after ${name}`),
  "`-C strip=symbols`",
];

const text = (rows: readonly Row[]): string => `# Ways to embed a manifest, measured

Does a plugin load with the manifest in it, and is the manifest still there after the tool? Every cell is run by
\`test/embed/methods.test.ts\` with real toolchains and loaders: a Go plugin that \`plugin.Open\` opens, and a C library that glibc and musl
open. A cell with one answer is the same for all three.

| method | ${columns.join(" | ")} |
| ${"--- | ".repeat(columns.length + 1).trim()}
${rows.map(({ name, cells }) => `| ${name} | ${cells.join(" | ")} |`).join("\n")}

\`-C strip=symbols\` is measured with a Rust library. rustc strips when it links, so what is embedded afterwards comes after it.
`;

const missing =
  lack ??
  (llvmStrip === undefined ? "no llvm-strip" : rustObjcopy === undefined ? "no rust-objcopy" : undefined);

describeWith(
  missing,
  "the table of methods is what the loaders and tools answer",
  () => {
    const rows: Row[] = [];

    it.each(methods.map((method) => [method.name, method] as const))(
      "%s",
      async (_, method) => {
        rows.push(await rowOf(method));
      },
      300_000,
    );

    it("as a page", async () => {
      await expect(text(rows)).toMatchFileSnapshot("../../docs/embed-methods.md");
    });
  },
  // Debian's rustc has no rust-objcopy.
  { optional: lack === undefined && rustObjcopy === undefined },
);
