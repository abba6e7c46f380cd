import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { readWith } from "../../src/artifact/artifact.ts";
import { disk } from "../../src/files/disk.ts";
import { defaultCarrierNames } from "../../src/manifest/carrier/carrier-names.ts";
import { exampleManifest } from "../support/example-manifest.ts";
import { lackOf, testWith } from "../support/need.ts";

const page = readFileSync(new URL("../../docs/manifest.md", import.meta.url), "utf8");
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "plugins-manifest-"));
  writeFileSync(join(folder, "manifest.json"), JSON.stringify(exampleManifest()));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The code block that follows `<!-- snippet: name -->`. */
function snippet(name: string): string {
  const text = new RegExp(`<!-- snippet: ${name} -->\\s+\`\`\`\\w+\\n(.*?)\`\`\``, "s").exec(page)?.[1];
  if (text === undefined) throw new Error(`docs/manifest.md has no snippet ${name}`);
  return text;
}

function put(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

function run(command: string, ...args: readonly string[]): void {
  execFileSync(command, args, {
    cwd: folder,
    env: { ...process.env, GOFLAGS: "-mod=mod" },
    stdio: ["ignore", "ignore", "inherit"],
  });
}

function manifestIn(file: string, role: "plugin" | "host" = "plugin"): unknown {
  const artifact = readWith(disk, join(folder, file), defaultCarrierNames, role, () => undefined).file;
  return artifact.kind === "artifact" ? artifact.slices[0]?.claim.manifests[0] : artifact.reason;
}

describe("the way to embed a manifest that docs/manifest.md shows", () => {
  testWith(lackOf("go", "cc", "strip"), "in a Go plugin works, stripped too", () => {
    put("go.mod", "module example.com/otel/kafka\n\ngo 1.21\n");
    put("main.go", snippet("go"));
    run("go", "build", "-buildmode=plugin", "-o", "go.so", ".");
    expect(manifestIn("go.so")).toEqual(exampleManifest());
    run("strip", "go.so");
    expect(manifestIn("go.so")).toEqual(exampleManifest());
  });

  testWith(lackOf("rustc", "cc", "strip"), "in a Rust plugin works, stripped too", () => {
    put("lib.rs", snippet("rust"));
    run("rustc", "--edition=2021", "--crate-type=cdylib", "-O", "lib.rs", "-o", "rust.so");
    run("strip", "rust.so");
    expect(manifestIn("rust.so")).toEqual(exampleManifest());
  });

  testWith(lackOf("cc"), "in C works, also where the linker drops what nothing uses", () => {
    put("manifest.c", snippet("c"));
    run(
      "cc",
      "-shared",
      "-fPIC",
      "-ffunction-sections",
      "-Wl,--gc-sections",
      "-s",
      "manifest.c",
      "-o",
      "c.so",
    );
    expect(manifestIn("c.so")).toMatchObject({ language: "go", toolchain_version: "go1.26.8" });
  });

  testWith(lackOf("go", "cc"), "in a Go host works, stripped too", () => {
    rmSync(join(folder, "main.go"), { force: true });
    put("go.mod", "module example.com/otel/host\n\ngo 1.21\n");
    put("manifest.c", snippet("c"));
    put("host.go", 'package main\n\nimport "C"\n\nfunc main() {}\n');
    run("go", "build", "-ldflags=-s -w", "-o", "host", ".");
    expect(manifestIn("host", "host")).toMatchObject({ language: "go" });
  });
});
