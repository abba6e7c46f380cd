import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { escapePath, unescapePath } from "../../../src/evidence/go/plugin-path.ts";
import { predictPluginOpen } from "../../../src/loader/go/plugin-open.ts";
import { describeWith, lackOf } from "../../support/need.ts";
import { candidateOf, hostAt, openReally } from "./real-open.ts";

const host = `package main

import (
	"fmt"
	"os"
	"plugin"
)

func main() {
	for _, name := range os.Args[1:] {
		if _, err := plugin.Open(name); err != nil {
			fmt.Print(err)
		}
		fmt.Print("\\x00")
	}
}
`;
const exporting = `package main

var Name = "n"

func Run() { println(Name) }
`;
const silent = `package main

func init() { println("run") }
`;

/** File: folder, flags, and what is built. */
const builds = [
  ["plain.so", "p", "", "."],
  ["flag.so", "p", "-pluginpath=1622487673-oauth2", "."],
  ["stripped.so", "p", "-s -w -pluginpath=my.path/v1.2", "."],
  ["same.so", "p", "-pluginpath=example.com/p", "."],
  ["list.so", "p", "-pluginpath=files", "main.go"],
  ["plain-list.so", "p", "", "main.go"],
  ["dotted.so", "d", "-pluginpath=other", "."],
  ["nothing.so", "n", "-pluginpath=other", "."],
  ["package.so", "p", "-pluginpath=fmt", "."],
] as const;

const folder = mkdtempSync(join(tmpdir(), "plugin-path-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describeWith(lackOf("go", "gcc"), "a plugin that was linked with -pluginpath", () => {
  beforeAll(() => {
    const modules = {
      h: ["h", host],
      p: ["p", exporting],
      n: ["n", silent],
      d: ["d.v2", exporting],
    } as const;
    for (const [name, [path, source]] of Object.entries(modules)) {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, "go.mod"), `module example.com/${path}\n\ngo 1.21\n`);
      writeFileSync(join(folder, name, "main.go"), source);
    }
    const go = (module: string, ...flags: readonly string[]): void => {
      const env = { ...process.env, GOTOOLCHAIN: "local", GOFLAGS: "-trimpath" };
      execFileSync("go", ["build", ...flags], { cwd: join(folder, module), env, stdio: "pipe" });
    };
    go("h", "-o", "../host", ".");
    for (const [name, module, flags, what] of builds)
      go(module, "-buildmode=plugin", `-ldflags=${flags}`, "-o", `../${name}`, what);
  });

  it.each(builds.map(([name]) => name))("%s is answered as the host answers", (name) => {
    const { go, elf } = hostAt(join(folder, "host"));
    const [real] = openReally(join(folder, "host"), folder, [name]);
    const { plugin, request } = candidateOf(elf, folder, name);
    const prediction = predictPluginOpen(plugin, go, request);
    expect(prediction.outcome).toBe(real?.outcome);
    const said = "first" in prediction ? prediction.first.message : null;
    if (said !== null) expect(said).toBe(real?.message);
  });

  it.each([
    ["flag.so", "1622487673-oauth2", "example.com/p"],
    ["stripped.so", "my.path/v1%2e2", "example.com/p"],
    ["list.so", "files", "plugin/unnamed-"],
    ["dotted.so", "other", "example.com/d%2ev2"],
  ])("%s: the cause names both paths", (name, path, main) => {
    const first = firstOf(name);
    expect(first).toMatchObject({ check: "missing-export" });
    expect(first.cause).toContain(
      `The plugin path is ${path}, but the exported names are those of package ${main}`,
    );
    expect(first.cause).toContain(`plugin.Open looks for "${path}.Name"`);
    expect(first.fix).toContain("without -ldflags=-pluginpath");
  });

  it("the path of a package of the host is named as the cause, and nothing else", () => {
    const { cause } = firstOf("package.so");
    expect(cause).toBe(
      "The plugin path is fmt, and the host has a package of that path: the plugin's main package is compared with it. The main package is example.com/p: the linker was given -pluginpath.",
    );
  });

  function firstOf(name: string) {
    const { go, elf } = hostAt(join(folder, "host"));
    const { plugin, request } = candidateOf(elf, folder, name);
    const prediction = predictPluginOpen(plugin, go, request);
    if (!("first" in prediction)) throw new Error(prediction.outcome);
    return prediction.first;
  }
});

it.each([
  ["example.com/my.plug-in.v2", "example.com/my%2eplug-in%2ev2"],
  ["a.b/c", "a.b/c"],
  ["p", "p"],
  ['x/é%"', "x/%c3%a9%25%22"],
])("%s is written %s in symbols", (path, escaped) => {
  expect(escapePath(path)).toBe(escaped);
  expect(unescapePath(escaped)).toBe(path);
});
