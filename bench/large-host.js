import { execFileSync } from "node:child_process";
import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "./plugin-folder.js";

/**
 * How many symbols a Collector of 300 MB with contrib exports if it loads plugins; one of 55 MB exports 103,021. Their names have
 * about 38 characters.
 */
const symbols = 550_000;
/** The size of each in bytes. */
const each = 400;

const host = `package main

// int first(void);
import "C"

import (
	"net/http"
	"os"
	"plugin"
)

func main() {
	_, err := plugin.Open(os.Args[1])
	println(C.first(), http.StatusOK, err)
}
`;
const plugin = `package main

import "net/http"

func Name() string { return http.StatusText(http.StatusOK) }

func main() {}
`;

/**
 * A Go program of about 300 MB that loads plugins, and a plugin that it can load. What makes it large is linked like the rest of
 * it, so that its dynamic symbols, their names and their hash table are those of a program of that size.
 */
export function largeHost() {
  const folder = temporaryFolder();
  const file = (name, text) => writeFileSync(join(folder, name), text);
  for (const name of ["host", "plugin"]) mkdirSync(join(folder, name));
  file("go.mod", "module example.com/bench\n\ngo 1.21\n");
  file("host/main.go", host);
  file("host/first.c", "int first(void) { return 1; }\n");
  file("host/names.S", assembly());
  file("plugin/main.go", plugin);
  const build = (...args) => execFileSync("go", ["build", ...args], { cwd: folder, stdio: "inherit" });
  build("-o", "large-host", "./host");
  build("-buildmode=plugin", "-o", "plugin.so", "./plugin");
  const path = join(folder, "large-host");
  return { host: path, plugin: join(folder, "plugin.so"), size: statSync(path).size, symbols };
}

function assembly() {
  const lines = ['.section .note.GNU-stack, "", @progbits', ".section .rodata"];
  for (let index = 0; index < symbols; index += 1) {
    const name = `"example.com/contrib/p${index % 997}.(*T${Math.floor(index / 997)}).Start"`;
    lines.push(
      `.globl ${name}`,
      `.type ${name}, @object`,
      `${name}: .skip ${each}`,
      `.size ${name}, ${each}`,
    );
  }
  return `${lines.join("\n")}\n`;
}
