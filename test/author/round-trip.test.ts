import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { KitName } from "../../src/author/kit/kit.ts";
import { CargoSources } from "../support/cargo-sources.ts";
import { GoSources } from "../support/go-sources.ts";
import { describeWith, lackOf } from "../support/need.ts";
import { runCli, type CliRun } from "../support/run-cli.ts";
import { manifestsIn } from "./kit/embedded.ts";
import { withPlugins } from "./real/author.ts";

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

/** How the manifest gets into the file. */
type Way = KitName | "embed";

/** Runs `plugins` as an author's shell would, and the tools that do. */
class Author {
  readonly #env: Readonly<Record<string, string>>;

  constructor(root: string) {
    const programs = join(root, "bin");
    mkdirSync(programs);
    const own = Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    );
    this.#env = {
      ...(Object.fromEntries(own) as Record<string, string>),
      SOURCE_DATE_EPOCH: "1700000000",
      ...withPlugins(programs),
    };
  }

  run(folder: string, program: string, ...args: readonly string[]): string {
    const stdio: ["ignore", "pipe", "pipe"] = ["ignore", "pipe", "pipe"];
    return execFileSync(program, args, { cwd: folder, env: this.#env, encoding: "utf8", stdio });
  }

  plugins(folder: string, ...args: readonly string[]): Promise<CliRun> {
    return runCli(args, { cwd: folder, env: this.#env });
  }
}

/** What the round trip must end with: the manifest in the file, true of the sources, and a set that passes. */
async function expectRound(
  author: Author,
  folder: string,
  {
    file,
    sources,
    flags,
    host,
  }: {
    readonly file: string;
    readonly sources: string;
    readonly flags: readonly string[];
    readonly host: string;
  },
): Promise<void> {
  const made = await author.plugins(folder, "manifest", sources, "--", ...flags);
  expect(made).toMatchObject({ code: 0, stderr: "" });
  expect(manifestsIn(file)).toEqual([JSON.parse(made.stdout)]);
  const verified = await author.plugins(folder, "manifest", "--verify", file, sources, "--", ...flags);
  expect(verified).toMatchObject({ code: 0, stderr: "" });
  const plugins = join(folder, "plugins");
  mkdirSync(plugins, { recursive: true });
  copyFileSync(file, join(plugins, "plugin.so"));
  const checked = await author.plugins(folder, "check-all", plugins, "--host", host, "--json");
  const { summary } = JSON.parse(checked.stdout) as { readonly summary: object };
  expect(summary).toMatchObject({ plugins: 1, compatible: 1, warnings: 0 });
  expect(checked.code).toBe(0);
}

describeWith(lackOf("go", "gcc", "strip"), "a Go plugin and its host", () => {
  let sources: GoSources;
  let author: Author;
  beforeAll(() => {
    sources = new GoSources();
    author = new Author(sources.root);
  });
  afterAll(() => {
    sources.remove();
  });

  const files = {
    "go.mod": "module example.com/set\n\ngo 1.21\n\nrequire example.com/far v1.2.3\n",
    "plugin/main.go":
      'package main\n\nimport "example.com/far"\n\nfunc Text() string { return far.Text() }\n\nfunc main() {}\n',
    "host/main.go": `package main

import (
	"fmt"
	"os"
	"plugin"

	"example.com/far"
)

func main() {
	opened, err := plugin.Open(os.Args[1])
	if err != nil {
		panic(err)
	}
	text, err := opened.Lookup("Text")
	if err != nil {
		panic(err)
	}
	fmt.Print(far.Text(), " ", text.(func() string)())
}
`,
  };

  describe.each([
    { variant: "plain", flags: [], isVendored: false, isStripped: false },
    { variant: "-trimpath", flags: ["-trimpath"], isVendored: false, isStripped: false },
    {
      variant: "-s -w and strip",
      flags: ["-trimpath", "-ldflags=-s -w"],
      isVendored: false,
      isStripped: true,
    },
    { variant: "vendored", flags: ["-trimpath", "-mod=vendor"], isVendored: true, isStripped: false },
  ])("$variant", ({ variant, flags, isVendored, isStripped }) => {
    test.each(["go", "go-cgo", "embed"] as const satisfies readonly Way[])("%s", async (way) => {
      const folder = sources.write(`${variant.replaceAll(" ", "")}-${way}`, files);
      author.run(folder, "go", "mod", "tidy");
      if (isVendored) author.run(folder, "go", "mod", "vendor");
      for (const part of ["plugin", "host"]) {
        const all = [...(part === "plugin" ? ["-buildmode=plugin"] : []), ...flags];
        const file = join(folder, part === "plugin" ? "plugin.so" : "otelcol");
        if (way !== "embed") await addKit(join(folder, part), way, all);
        author.run(folder, "go", "build", ...all, "-o", file, `./${part}`);
        if (isStripped) author.run(folder, "strip", file);
        if (way !== "embed") continue;
        const { code, stdout } = await author.plugins(folder, "manifest", part, "--", ...all);
        expect(code).toBe(0);
        writeFileSync(join(folder, "manifest.json"), stdout);
        const embedded = await author.plugins(folder, "embed", file, "--manifest", "manifest.json");
        expect(embedded).toMatchObject({ code: 0, stderr: "" });
      }
      const [file, host] = [join(folder, "plugin.so"), join(folder, "otelcol")];
      expect(author.run(folder, host, file)).toBe("far far");
      await expectRound(author, folder, {
        file,
        sources: "plugin",
        flags: ["-buildmode=plugin", ...flags],
        host,
      });
      const ofHost = await author.plugins(folder, "manifest", "--verify", host, "host", "--", ...flags);
      expect(ofHost).toMatchObject({ code: 0, stderr: "" });
    });
  });

  /** As docs/kits.md says: the kit, its flags set to those of the build, and `go generate`. */
  async function addKit(folder: string, kit: KitName, flags: readonly string[]): Promise<void> {
    expect(await author.plugins(folder, "manifest", "--kit", kit)).toMatchObject({ code: 0, stderr: "" });
    const path = join(folder, "otel_manifest.go");
    const text = readFileSync(path, "utf8").replace(/^(\/\/go:generate .* --) .*$/m, (_line, start: string) =>
      [start, ...flags.map((flag) => (flag.includes(" ") ? JSON.stringify(flag) : flag))].join(" "),
    );
    writeFileSync(path, text);
    author.run(folder, "go", "generate");
  }
});

describeWith(lackOf("cargo", "gcc", "strip"), "a Rust plugin and its host", () => {
  let sources: CargoSources;
  let author: Author;
  beforeAll(() => {
    sources = new CargoSources();
    author = new Author(sources.root);
  });
  afterAll(() => {
    sources.remove();
  });

  // The crates are vendored: a folder stands for crates.io.
  const files = (profile: string): Readonly<Record<string, string>> => ({
    "Cargo.toml": `[workspace]\nmembers = ["plugin", "host"]\nresolver = "2"\n\n${profile}`,
    "plugin/Cargo.toml":
      '[package]\nname = "plugin"\nversion = "0.4.0"\nedition = "2021"\n\n[lib]\ncrate-type = ["cdylib"]\n\n[dependencies]\nbeta = "0.3"\n',
    "plugin/src/lib.rs": '#[no_mangle]\npub extern "C" fn length() -> usize {\n    beta::text().len()\n}\n',
    "host/Cargo.toml":
      '[package]\nname = "host"\nversion = "0.4.0"\nedition = "2021"\n\n[dependencies]\nbeta = "0.3"\n',
    "host/src/main.rs": `use std::ffi::{c_char, c_int, c_void, CString};

extern "C" {
    fn dlopen(path: *const c_char, mode: c_int) -> *mut c_void;
    fn dlsym(library: *mut c_void, name: *const c_char) -> *mut c_void;
}

fn main() {
    let path = CString::new(std::env::args().nth(1).unwrap()).unwrap();
    let library = unsafe { dlopen(path.as_ptr(), 2) };
    assert!(!library.is_null());
    let length = unsafe { dlsym(library, c"length".as_ptr()) };
    let length: extern "C" fn() -> usize = unsafe { std::mem::transmute(length) };
    print!("{} {}", beta::text().len(), length());
}
`,
  });

  describe.each([
    { variant: "debug", profile: "", flags: [], isStripped: false },
    { variant: "release", profile: "", flags: ["--release"], isStripped: true },
    {
      variant: "LTO, no symbols",
      profile: '[profile.release]\nlto = "fat"\nstrip = "symbols"\npanic = "abort"\n',
      flags: ["--release"],
      isStripped: false,
    },
  ])("$variant", ({ variant, profile, flags, isStripped }) => {
    test.each(["rust", "embed"] as const satisfies readonly Way[])("%s", async (way) => {
      const folder = sources.write(`${variant.replaceAll(/\W/g, "")}-${way}`, files(profile));
      author.run(folder, "cargo", "generate-lockfile");
      if (way === "rust") {
        for (const [part, main] of [
          ["plugin", "src/lib.rs"],
          ["host", "src/main.rs"],
        ] as const) {
          const at = join(folder, part);
          expect(await author.plugins(at, "manifest", "--kit", "rust")).toMatchObject({
            code: 0,
            stderr: "",
          });
          writeFileSync(join(at, main), `mod otel_manifest;\n\n${readFileSync(join(at, main), "utf8")}`);
        }
      }
      const built = join(folder, "target", flags.length === 0 ? "debug" : "release");
      const [file, host] = [join(built, "libplugin.so"), join(built, "host")];
      for (const [part, path] of [
        ["plugin", file],
        ["host", host],
      ] as const) {
        author.run(join(folder, part), "cargo", "build", ...flags);
        if (isStripped) author.run(folder, "strip", path);
        if (way !== "embed") continue;
        const { code, stdout } = await author.plugins(folder, "manifest", part, "--", ...flags);
        expect(code).toBe(0);
        writeFileSync(join(folder, "manifest.json"), stdout);
        const embedded = await author.plugins(folder, "embed", path, "--manifest", "manifest.json");
        expect(embedded).toMatchObject({ code: 0, stderr: "" });
      }
      expect(author.run(folder, host, file)).toBe("10 10");
      await expectRound(author, folder, { file, sources: "plugin", flags, host });
      const ofHost = await author.plugins(folder, "manifest", "--verify", host, "host", "--", ...flags);
      expect(ofHost).toMatchObject({ code: 0, stderr: "" });
    });
  });
});
