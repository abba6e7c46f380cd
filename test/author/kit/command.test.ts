import { execFileSync, spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { lackOf, testWith } from "../../support/need.ts";
import { manifestsIn } from "./embedded.ts";
import { kitTexts } from "./kit-files.ts";

vi.setConfig({ testTimeout: 300_000 });

const page = readFileSync(new URL("../../../docs/kits.md", import.meta.url), "utf8");
const program = fileURLToPath(new URL("../../../bin/run.js", import.meta.url));

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "kit-command-")));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function put(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function plugins(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

/** What finds `plugins` on the PATH, as an author's build does, and the time of the build. */
function environment(): NodeJS.ProcessEnv {
  const bin = join(folder, "bin");
  put({ "bin/plugins": `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n` });
  execFileSync("chmod", ["+x", join(bin, "plugins")]);
  return {
    ...process.env,
    PATH: `${bin}${delimiter}${process.env["PATH"] ?? ""}`,
    SOURCE_DATE_EPOCH: "1700000000",
  };
}

describe("plugins manifest --kit", () => {
  it("writes the files of the kit, and says what to do next", () => {
    put({ "Cargo.toml": '[package]\nname = "plugin"\n' });
    expect(plugins("manifest", "--kit", "rust")).toEqual({
      status: 0,
      stderr: "",
      stdout:
        "wrote  build.rs\nwrote  src/otel_manifest.rs\nnext   Add `mod otel_manifest;` to src/lib.rs, or src/main.rs of a host.\nnext   cargo build --release\n",
    });
    expect(readFileSync(join(folder, "build.rs"), "utf8")).toBe(kitTexts()["rust/build.rs"]);
    expect(plugins("manifest", "--kit", "rust").stdout).toMatch(
      /^All files of the kit are there already\.\n/,
    );
  });

  it("writes nothing if one of the files is there and is not the kit's", () => {
    put({ "package/Cargo.toml": "[package]\n", "package/src/otel_manifest.rs": "// mine\n" });
    const { status, stderr } = plugins("manifest", "--kit", "rust", "package");
    expect(status).toBe(2);
    expect(stderr).toContain("package/src/otel_manifest.rs is there already, and is not the kit's");
    expect(readdirSync(join(folder, "package"))).toEqual(["Cargo.toml", "src"]);
  });

  it.each([
    ["rust", "no package", {}, ". has no Cargo.toml"],
    ["rust", "a workspace", { "Cargo.toml": "[workspace]\n" }, ". is a workspace, not a package"],
    [
      "go",
      "a library",
      { "a.go": "// Package lib is not a plugin.\npackage lib\n" },
      ". has the package lib",
    ],
    ["go-cgo", "a library", { "a.go": "package lib\n" }, ". has the package lib"],
  ])("%s: refuses the folder of %s", (kit, _what, files, message) => {
    put(files);
    const { status, stderr } = plugins("manifest", "--kit", kit);
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining(message) as unknown });
    expect(readdirSync(folder)).toEqual(Object.keys(files));
  });

  it("takes a folder whose other files are of package main, of a test, or not built", () => {
    put({
      "main.go": "package main\n",
      "x_test.go": "package main_test\n",
      "gen.go": "//go:build ignore\n\npackage gen\n",
      "_old.go": "package old\n",
    });
    expect(plugins("manifest", "--kit", "go")).toMatchObject({ status: 0 });
  });

  it("leaves no part of a kit if it cannot be written", () => {
    put({ "Cargo.toml": "[package]\n", src: "not a folder" });
    const { status, stderr } = plugins("manifest", "--kit", "rust");
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: expect.stringMatching(/src\/otel_manifest\.rs: cannot be written: E\w+/) as unknown,
    });
    expect(readdirSync(folder).sort()).toEqual(["Cargo.toml", "src"]);
  });

  it.each([
    ["a folder that is not there", ["--kit", "go", "nothing"]],
    ["a kit that is not there", ["--kit", "java"]],
    ["a manifest besides", ["--kit", "go", "--output", "m.json"]],
    ["a language besides", ["--kit", "go", "--language", "go"]],
    ["a document of what was written", ["--kit", "go", "--json"]],
    ["flags of a build", ["--kit", "go", "--", "-trimpath"]],
  ])("exits with 2 for %s", (_what, args) => {
    expect(plugins("manifest", ...args).status).toBe(2);
    expect(readdirSync(folder)).toEqual([]);
  });
});

testWith(
  lackOf("go", "cc"),
  "Go: kit, go generate, go build; the manifest in the file is what the sources say",
  () => {
    put({
      "go.mod": "module example.com/kit\n\ngo 1.21\n",
      "main.go": 'package main\n\nfunc NewFactory() string { return "x" }\n\nfunc main() {}\n',
    });
    expect(plugins("manifest", "--kit", "go")).toMatchObject({ status: 0 });
    const env = environment();
    execFileSync("go", ["generate"], { cwd: folder, env, stdio: "pipe" });
    const flags = ["-buildmode=plugin", "-trimpath"];
    execFileSync("go", ["build", ...flags, "-o", "plugin.so", "."], { cwd: folder, env, stdio: "pipe" });
    expect(manifestsIn(join(folder, "plugin.so"))).toMatchObject([
      { language: "go", build_flags: flags, build_time: "2023-11-14T22:13:20Z" },
    ]);
    expect(plugins("manifest", "--verify", "plugin.so", "--", ...flags)).toMatchObject({ status: 0 });
    expect(plugins("manifest", "--verify", "plugin.so", "--", "-buildmode=plugin")).toMatchObject({
      status: 1,
    });
  },
);

testWith(
  lackOf("go", "cc", "make"),
  "Go: the Makefile in docs/kits.md makes the manifest, the plugin, and the check",
  () => {
    put({
      "go.mod": "module example.com/kit\n\ngo 1.21\n",
      "main.go": "package main\n\nfunc main() {}\n",
      Makefile: /```make\n(FLAGS[^]*?)```/.exec(page)?.[1] ?? "",
    });
    expect(plugins("manifest", "--kit", "go")).toMatchObject({ status: 0 });
    const { status, stderr } = spawnSync("make", { cwd: folder, env: environment(), encoding: "utf8" });
    expect({ status, stderr }).toMatchObject({ status: 0 });
    expect(manifestsIn(join(folder, "my.so"))).toMatchObject([
      { build_flags: ["-buildmode=plugin", "-trimpath"] },
    ]);
  },
);

testWith(
  lackOf("cargo", "cc"),
  "Rust: kit, cargo build; the manifest in the file is what the sources say",
  () => {
    put({
      "Cargo.toml":
        '[package]\nname = "kit-test"\nversion = "0.1.0"\nedition = "2021"\n\n[lib]\ncrate-type = ["cdylib"]\n',
      "src/lib.rs": 'mod otel_manifest;\n\n#[no_mangle]\npub extern "C" fn create() -> u32 {\n    1\n}\n',
    });
    expect(plugins("manifest", "--kit", "rust")).toMatchObject({ status: 0 });
    const env = { ...environment(), CARGO_TARGET_DIR: join(folder, "target") };
    const build = (...args: readonly string[]) =>
      spawnSync("cargo", ["build", ...args], { cwd: folder, env, encoding: "utf8" });
    expect(build("--release")).toMatchObject({ status: 0 });
    const built = join(folder, "target/release/libkit_test.so");
    expect(manifestsIn(built)).toMatchObject([
      { language: "rust", name: "kit-test", build_profile: "release" },
    ]);
    expect(plugins("manifest", "--verify", built, "--", "--release")).toMatchObject({ status: 0 });
    expect(build("--release").stderr).not.toContain("Compiling");
  },
);
