import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { validate } from "../../../src/check/validate.ts";
import { disk } from "../../../src/files/disk.ts";
import { describeWith, lackOf } from "../../support/need.ts";
import { writeProxy } from "../../support/module-proxy.ts";
import { openReally } from "./real-open.ts";

/*
 * A host whose own module has the interface that plugins import: example.com/host/api. v1.1.0 has one more method, v1.2.0 another
 * version of what it depends on besides.
 */
const hostMain = `package main

import (
	"fmt"
	"os"
	"plugin"

	"example.com/host/api"
)

func main() {
	_ = api.Name()
	for _, name := range os.Args[1:] {
		if _, err := plugin.Open(name); err != nil {
			fmt.Print(err)
		}
		fmt.Print("\\x00")
	}
}
`;

function hostFiles(dep: string, method: string): Readonly<Record<string, string>> {
  return {
    "go.mod": `module example.com/host\n\ngo 1.21\n\nrequire example.com/dep ${dep}\n`,
    "api/api.go": `package api\n\nimport "example.com/dep"\n\ntype Plugin interface{ Run() dep.T${method} }\n\nfunc Name() dep.T { return dep.New() }\n`,
    "main.go": hostMain,
  };
}

function depFiles(field: string): Readonly<Record<string, string>> {
  return {
    "go.mod": "module example.com/dep\n\ngo 1.21\n",
    "dep.go": `package dep\n\ntype T struct{ A int${field} }\n\nfunc New() T { return T{} }\n`,
  };
}

const hosts = {
  "v1.0.0": hostFiles("v1.0.0", ""),
  "v1.1.0": hostFiles("v1.0.0", "; Stop()"),
  "v1.2.0": hostFiles("v1.1.0", "; Stop()"),
} as const;

const plugins = {
  "old.so": ["v1.0.0", "v1.0.0"],
  "new.so": ["v1.1.0", "v1.0.0"],
  "newest.so": ["v1.2.0", "v1.1.0"],
  "new-dep.so": ["v1.0.0", "v1.1.0"],
} as const;

const folder = mkdtempSync(join(tmpdir(), "own-module-"));
afterAll(() => {
  execFileSync("chmod", ["-R", "u+w", folder]);
  rmSync(folder, { recursive: true, force: true });
});

function write(place: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const file = join(folder, place, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

function go(place: string, ...flags: readonly string[]): void {
  const env = {
    ...process.env,
    GOTOOLCHAIN: "local",
    GOPROXY: `file://${join(folder, "proxy")}`,
    GOSUMDB: "off",
    GOMODCACHE: join(folder, "cache"),
    GOFLAGS: place.startsWith("workspace") ? "-trimpath" : "-trimpath -mod=mod",
  };
  execFileSync("go", [...flags], { cwd: join(folder, place), env, stdio: "pipe" });
}

function git(place: string, ...flags: readonly string[]): void {
  const who = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
  execFileSync("git", [...who, ...flags], { cwd: join(folder, place), stdio: "pipe" });
}

const plain = ["build", "-buildvcs=false"];

describeWith(lackOf("go", "gcc", "git"), "a plugin that imports a package of its host's own module", () => {
  beforeAll(() => {
    writeProxy(join(folder, "proxy"), [
      { path: "example.com/dep", version: "v1.0.0", files: depFiles("") },
      { path: "example.com/dep", version: "v1.1.0", files: depFiles("; B int") },
      ...Object.entries(hosts).map(([version, files]) => ({ path: "example.com/host", version, files })),
    ]);
    write("source", hosts["v1.0.0"]);
    go("source", ...plain, "-o", "../devel", ".");
    git("source", "init", "-q", ".");
    writeFileSync(join(folder, "source/.gitignore"), "go.sum\n");
    git("source", "add", "-A");
    git("source", "commit", "-qm", "v1.0.0");
    go("source", "build", "-buildvcs=true", "-o", "../revision", ".");
    git("source", "tag", "v1.0.0");
    go("source", "build", "-buildvcs=true", "-o", "../tagged", ".");
    write("wrapper", {
      "go.mod": "module example.com/wrapper\n\ngo 1.21\n\nrequire example.com/host v1.0.0\n",
      "tools.go": '//go:build tools\n\npackage wrapper\n\nimport _ "example.com/host"\n',
    });
    go("wrapper", ...plain, "-o", "../module", "example.com/host");
    for (const [name, [host, dep]] of Object.entries(plugins)) {
      write(name.replace(".so", ""), {
        "go.mod": `module example.com/plug\n\ngo 1.21\n\nrequire (\n\texample.com/dep ${dep}\n\texample.com/host ${host}\n)\n`,
        "main.go":
          'package main\n\nimport (\n\t"example.com/dep"\n\t"example.com/host/api"\n)\n\ntype plug struct{}\n\nfunc (plug) Run() dep.T { return dep.New() }\nfunc (plug) Stop()      {}\n\nvar Plugin api.Plugin = plug{}\n',
      });
      go(name.replace(".so", ""), ...plain, "-buildmode=plugin", "-o", `../${name}`, ".");
    }
    mkdirSync(join(folder, "workspace"));
    for (const name of ["source", "old"])
      cpSync(join(folder, name), join(folder, "workspace", name), { recursive: true });
    rmSync(join(folder, "workspace/source/.git"), { recursive: true });
    go("workspace", "work", "init", "./source", "./old");
    go("workspace/source", ...plain, "-o", "../../workspace-host", ".");
    go("workspace/old", ...plain, "-buildmode=plugin", "-o", "../../workspace.so", ".");
  }, 600_000);

  const all = [...Object.keys(plugins), "workspace.so"];

  it.each(
    ["devel", "revision", "tagged", "module", "workspace-host"].flatMap((host) =>
      all.map((plugin) => [plugin, host] as const),
    ),
  )("%s in host %s is answered as the host answers", async (plugin, host) => {
    const [real] = openReally(join(folder, host), folder, [plugin]);
    const result = await resultOf(plugin, host);
    expect(result.loader?.outcome).toBe(real?.outcome);
    const said = `plugin.Open("${join(folder, plugin).replace(/\.so$/, "")}")`;
    expect(result.loader?.message ?? null).toBe(
      real?.message?.replace(/plugin\.Open\("[^"]*"\)/, said) ?? null,
    );
    expect(result.verdict).toBe(real?.outcome === "loads" ? "compatible" : "incompatible");
  });

  it.each([
    ["new.so", "tagged", ["example.com/host"]],
    ["new.so", "devel", []],
    ["new.so", "module", ["example.com/host"]],
    ["new-dep.so", "tagged", ["example.com/dep"]],
    ["newest.so", "module", ["example.com/dep", "example.com/host"]],
    ["old.so", "module", []],
  ])("%s in host %s is sent to the right modules", async (plugin, host, modules) => {
    const { findings } = await resultOf(plugin, host);
    const sent = findings.filter(({ rule }) => rule === "dependency-mismatch").map(({ subject }) => subject);
    expect(sent).toEqual(modules);
  });

  it("one command is enough where the host was built as a module", async () => {
    const { findings } = await resultOf("new.so", "module");
    const [found] = findings.filter(({ rule }) => rule === "dependency-mismatch");
    expect(found?.fix[0]).toMatchObject({
      run: expect.stringMatching(
        /^while go mod edit -require=example.com\/host@v1.0.0 && go mod tidy/,
      ) as string,
    });
    expect((await resultOf("old.so", "module")).verdict).toBe("compatible");
  });

  it.each(["devel", "tagged"])(
    "the paths are the cause where the host was built in its folder: %s",
    async (host) => {
      const { findings } = await resultOf("old.so", host);
      const [found] = findings.filter(({ rule }) => rule === "loader-refuses");
      expect(found?.cause).toContain("The host was built in the folder of module example.com/host");
      expect(found?.fix[0]).toMatchObject({ text: expect.stringContaining("go work init") as string });
    },
  );

  it("counts agree", async () => {
    const { checks } = await resultOf("newest.so", "module");
    expect(checks?.find(({ rule }) => rule === "dependency-mismatch")).toMatchObject({
      plugin: { value: "2 dependencies" },
      host: { value: "1 dependency and its own module" },
      reason: "2 of 2 shared dependencies differ",
    });
  });

  async function resultOf(plugin: string, host: string) {
    const {
      plugins: [found],
    } = await validate({
      fileSystem: disk,
      files: [join(folder, plugin)],
      host: { kind: "binary", path: join(folder, host) },
    });
    if (found === undefined) throw new Error("there is one plugin");
    return found;
  }
});
