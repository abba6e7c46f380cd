import { execFileSync } from "node:child_process";
import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { describeWith, lackOf } from "../../support/need.ts";
import { exampleManifest } from "../../support/example-manifest.ts";
import { llvmTool } from "../../support/oracle/tool.ts";
import { manifestsIn } from "./embedded.ts";
import { packageWith, removeFolders } from "./kit-files.ts";

vi.setConfig({ testTimeout: 300_000 });

const manifest = exampleManifest();
const goMod = "module example.com/kit\n\ngo 1.21\n";
const plugin = 'package main\n\nfunc NewFactory() string { return "x" }\n\nfunc main() {}\n';
const host =
  'package main\n\nimport (\n\t"os"\n\t"plugin"\n)\n\nfunc main() {\n\tif _, err := plugin.Open(os.Args[1]); err != nil {\n\t\tpanic(err)\n\t}\n}\n';
const quietHost = "package main\n\nfunc main() {}\n";

describeWith(lackOf("go", "cc", "strip"), "the kits for Go", () => {
  const made: string[] = [];
  afterAll(() => {
    removeFolders(made);
  });

  const packageOf = (kit: "go" | "go-cgo", main: string, text = JSON.stringify(manifest)): string => {
    const own = { "go.mod": goMod, "main.go": main, "otel_manifest.json": text };
    const folder = packageWith(kit, own);
    made.push(folder);
    return folder;
  };
  const go = (folder: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): string =>
    execFileSync("go", args, {
      cwd: folder,
      env: { ...process.env, ...env },
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  const strips = [["strip"], [llvmTool("llvm-strip").name]];
  const stripped = (file: string, [program = "", ...args]: readonly string[]): string => {
    copyFileSync(file, `${file}.stripped`);
    execFileSync(program, [...args, `${file}.stripped`]);
    return `${file}.stripped`;
  };

  const pluginFlags = ["build", "-buildmode=plugin"];
  test.each([
    ["go", "plugin", plugin, pluginFlags],
    ["go", "plugin, -trimpath and without symbols", plugin, [...pluginFlags, "-trimpath", "-ldflags=-s -w"]],
    ["go", "host that loads plugins", host, ["build"]],
    ["go", "host that loads plugins, without symbols", host, ["build", "-ldflags=-s -w"]],
    ["go-cgo", "plugin", plugin, pluginFlags],
    [
      "go-cgo",
      "plugin, -trimpath and without symbols",
      plugin,
      [...pluginFlags, "-trimpath", "-ldflags=-s -w"],
    ],
    ["go-cgo", "host that loads plugins", host, ["build"]],
    ["go-cgo", "host without symbols", quietHost, ["build", "-ldflags=-s -w"]],
  ] as const)("%s, in a %s: read back equal, after strip and llvm-strip too", (kit, _what, main, args) => {
    const folder = packageOf(kit, main);
    go(folder, ["vet", "."]);
    go(folder, [...args, "-o", "built", "."]);
    const file = join(folder, "built");
    for (const each of [file, ...strips.map((strip) => stripped(file, strip))]) {
      expect(manifestsIn(each)).toEqual([manifest]);
    }
  });

  test("the kit with cgo survives in files that the one without does not: a host that loads none, stripped", () => {
    const folder = packageOf("go", quietHost);
    go(folder, ["build", "-o", "built", "."], { CGO_ENABLED: "0" });
    const file = join(folder, "built");
    expect(manifestsIn(file)).toEqual([manifest]);
    expect(manifestsIn(stripped(file, ["strip"]))).toEqual([]);
  });

  test("without the kit's use of the variable, the linker drops it from a host", () => {
    const unused =
      'package main\n\nimport _ "embed"\n\n//go:embed otel_manifest.json\nvar PluginManifest string\n\nvar _ = PluginManifest\n';
    const folder = packageOf("go", quietHost);
    writeFileSync(join(folder, "otel_manifest.go"), unused);
    go(folder, ["build", "-o", "built", "."]);
    expect(manifestsIn(join(folder, "built"))).toEqual([]);
  });

  test.each(["go", "go-cgo"] as const)(
    "%s: a second build compiles nothing, and one with a new manifest has it",
    (kit) => {
      const folder = packageOf(kit, plugin);
      const compiled = (): string =>
        execFileSync("sh", ["-c", "go build -v -buildmode=plugin -o built . 2>&1"], {
          cwd: folder,
          encoding: "utf8",
        });
      expect(compiled()).toContain("example.com/kit");
      expect(compiled()).toBe("");
      const other = exampleManifest({ name: "other" });
      writeFileSync(join(folder, "otel_manifest.json"), JSON.stringify(other));
      expect(compiled()).toContain("example.com/kit");
      expect(manifestsIn(join(folder, "built"))).toEqual([other]);
    },
  );
});
