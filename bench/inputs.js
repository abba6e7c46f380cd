// What the benchmark reads: built once with the toolchains that are installed, and kept.
import { execFileSync, spawnSync } from "node:child_process";
import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const mebibyte = 1024 * 1024;

/** Where they are kept. */
export function cacheFolder() {
  const folder = join(root, "node_modules/.cache/otelcol-plugins-bench");
  mkdirSync(folder, { recursive: true });
  return folder;
}

export function runs(command, ...args) {
  return spawnSync(command, args, { stdio: "ignore" }).status === 0;
}

/** Makes a folder under its name, whole or not at all. */
function once(name, make) {
  const folder = join(cacheFolder(), name);
  if (existsSync(folder)) return folder;
  process.stderr.write(`building ${name} …\n`);
  const aside = `${folder}.${process.pid}`;
  rmSync(aside, { recursive: true, force: true });
  mkdirSync(aside, { recursive: true });
  make(aside);
  renameSync(aside, folder);
  return folder;
}

function run(cwd, command, ...args) {
  execFileSync(command, args, { cwd, stdio: ["ignore", "ignore", "inherit"] });
}

/** Hard links: a thousand names for a few files, so that they fit on any disk. */
function linked(files, count, to) {
  mkdirSync(to);
  for (let index = 0; index < count; index += 1)
    linkSync(files[index % files.length], join(to, `plugin-${String(index).padStart(5, "0")}.so`));
}

export function emptyFolder() {
  return once("empty", () => undefined);
}

/** Different programs, so that not all plugins have the same path. */
const programs = ["one", "two", "three", "four"];

const goHost = `package main

// int first(void) { return 1; }
import "C"

import (
	"encoding/json"
	"net/http"
	"os"
	"plugin"
	"text/template"
)

func main() {
	_, err := plugin.Open(os.Args[1])
	json.NewEncoder(os.Stdout).Encode(C.first())
	template.New("host")
	println(http.StatusOK, err)
}
`;

const goPlugin = (name) => `package main

import "C"

import (
	"encoding/json"
	"os"
	"text/template"
)

func Name() string {
	json.NewEncoder(os.Stdout).Encode("${name}")
	return template.HTMLEscapeString("${name}")
}

func main() {}
`;

/** A Go program that loads plugins, and plugins that it can load: not stripped and without a manifest, as most are. */
export function goFiles() {
  const folder = once("go", (folder) => {
    writeFileSync(join(folder, "go.mod"), "module example.com/bench\n\ngo 1.21\n");
    for (const name of ["host", ...programs]) {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, "main.go"), name === "host" ? goHost : goPlugin(name));
    }
    run(folder, "go", "build", "-o", "go-host", "./host");
    for (const name of programs)
      run(folder, "go", "build", "-buildmode=plugin", "-o", `${name}.so`, `./${name}`);
  });
  return { host: join(folder, "go-host"), plugins: programs.map((name) => join(folder, `${name}.so`)) };
}

/** A folder of so many Go plugins. */
export function goFolder(count) {
  const { plugins } = goFiles();
  return join(
    once(`go-${count}`, (folder) => linked(plugins, count, join(folder, "plugins"))),
    "plugins",
  );
}

/** The same plugins stripped and with a manifest in a section. */
export function strippedFolder(count) {
  const { plugins } = goFiles();
  const folder = once(`go-stripped-${count}`, (folder) => {
    const files = plugins.map((plugin, index) => {
      const file = join(folder, `${index}.so`);
      const manifest = join(folder, `${index}.json`);
      writeFileSync(manifest, JSON.stringify(derivedManifest(plugin)));
      run(folder, "objcopy", "--strip-all", "--add-section", `.otel_manifest=${manifest}`, plugin, file);
      return file;
    });
    linked(files, count, join(folder, "plugins"));
  });
  return join(folder, "plugins");
}

/** What the file proves, in the form of a manifest. */
function derivedManifest(plugin) {
  const command = [join(root, "bin/run.js"), "inspect", "--json", plugin];
  const text = execFileSync(process.execPath, command, { encoding: "utf8", maxBuffer: 64 * mebibyte });
  return JSON.parse(text).manifest.value;
}

const rustPlugin = (name) => `use std::collections::HashMap;
use std::net::TcpStream;

#[no_mangle]
pub extern "C" fn plugin_${name}(key: u32) -> usize {
    let mut found: HashMap<String, Vec<u8>> = HashMap::new();
    found.insert(format!("${name} {key}"), Vec::new());
    match TcpStream::connect("127.0.0.1:1") {
        Ok(_) => 0,
        Err(error) => found.len() + error.to_string().len(),
    }
}
`;

const cHost = `#include <dlfcn.h>
int main(int count, char **names) { return count < 2 || dlopen(names[1], RTLD_NOW) == 0; }
`;

/** A program that loads libraries with dlopen, and Rust libraries that it can load, not stripped. */
export function rustFiles() {
  const folder = once("rust", (folder) => {
    writeFileSync(join(folder, "host.c"), cHost);
    run(folder, "cc", "-rdynamic", "-o", "c-host", "host.c", "-ldl");
    for (const name of programs) {
      writeFileSync(join(folder, `${name}.rs`), rustPlugin(name));
      run(folder, "rustc", "--edition=2021", "--crate-type=cdylib", "-g", "-o", `${name}.so`, `${name}.rs`);
    }
  });
  return { host: join(folder, "c-host"), plugins: programs.map((name) => join(folder, `${name}.so`)) };
}

export function rustFolder(count) {
  const { plugins } = rustFiles();
  return join(
    once(`rust-${count}`, (folder) => linked(plugins, count, join(folder, "plugins"))),
    "plugins",
  );
}

/**
 * A Go program that loads plugins, and a plugin that it can load, each with so many symbols more and of about so many bytes. What makes
 * them large is linked like the rest, so that their dynamic symbols, their names and their hash tables are those of files of that size. A
 * Collector of 55 MB that loads plugins exports 103,021 symbols, whose names have about 38 characters.
 * @param host @param plugin symbols, and bytes of each.
 */
export function largeFiles(name, host, plugin) {
  const folder = once(name, (folder) => {
    writeFileSync(join(folder, "go.mod"), "module example.com/bench\n\ngo 1.21\n");
    for (const [part, program, names] of [
      ["host", goHost, host],
      ["plugin", goPlugin("large"), plugin],
    ]) {
      mkdirSync(join(folder, part));
      writeFileSync(join(folder, part, "main.go"), program);
      writeFileSync(join(folder, part, "names.S"), assembly(part, names));
    }
    run(folder, "go", "build", "-o", "large-host", "./host");
    run(folder, "go", "build", "-buildmode=plugin", "-o", "large.so", "./plugin");
  });
  return { host: join(folder, "large-host"), plugin: join(folder, "large.so") };
}

function assembly(part, { symbols, each }) {
  const lines = ['.section .note.GNU-stack, "", @progbits', ".section .rodata"];
  for (let index = 0; index < symbols; index += 1) {
    const name = `"example.com/${part}/p${index % 997}.(*T${Math.floor(index / 997)}).Start"`;
    lines.push(
      `.globl ${name}`,
      `.type ${name}, @object`,
      `${name}: .skip ${each}`,
      `.size ${name}, ${each}`,
    );
  }
  return `${lines.join("\n")}\n`;
}

/** A library with so many symbols and nothing else. */
export function symbolFile(symbols) {
  const folder = once(`symbols-${symbols}`, (folder) => {
    writeFileSync(join(folder, "names.S"), assembly("symbols", { symbols, each: 1 }));
    run(folder, "cc", "-shared", "-nostdlib", "-o", "names.so", "names.S");
    rmSync(join(folder, "names.S"));
  });
  return join(folder, "names.so");
}

/** A stripped Go plugin, which has not quite 4 MiB, enlarged to a size in MiB by a section that is not loaded. */
export function grown(size) {
  const [plugin] = goFiles().plugins;
  const folder = once(`grown-stripped-${size}`, (folder) => {
    const filler = join(folder, "filler");
    run(folder, "strip", "-o", "grown.so", plugin);
    writeFileSync(filler, "");
    truncateSync(filler, Math.max(0, size * mebibyte - statSync(join(folder, "grown.so")).size));
    run(folder, "objcopy", "--add-section", `.filler=${filler}`, "grown.so");
    rmSync(filler);
  });
  return join(folder, "grown.so");
}

/** The files of a folder, for programs that take no folder. */
export function filesOf(folder) {
  return readdirSync(folder).map((name) => join(folder, name));
}
