import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { generate, type Generated } from "../../../src/author/generate/generate.ts";
import { manifestText } from "../../../src/author/generate/manifest-text.ts";
import { inspect } from "../../../src/check/inspect.ts";
import { disk } from "../../../src/files/disk.ts";
import type { Manifest } from "../../../src/manifest/generated/manifest.ts";
import { CargoSources, checksumOf, compiledFor } from "../../support/cargo-sources.ts";
import { describeWith, lackOf, need } from "../../support/need.ts";

function generatedOf(path: string, ...buildArguments: readonly string[]): Promise<Generated> {
  const settings = new Map([["build_time", "2026-01-02T03:04:05Z"]]);
  return generate({ files: disk, path, buildArguments, settings, started: () => undefined });
}

async function manifestOf(path: string, ...buildArguments: readonly string[]): Promise<Manifest> {
  return (await generatedOf(path, ...buildArguments)).manifest;
}

const plugin = `[package]
name = "plugin"
version = "0.4.0"
edition = "2021"

[lib]
crate-type = ["cdylib"]
`;
const empty = { "src/lib.rs": "" };

interface Case {
  readonly files: Readonly<Record<string, string>>;
  /** Folder of the package. */
  readonly at?: string;
  readonly flags?: readonly string[];
  /** `NAME@VERSION` of what is linked. */
  readonly linked: readonly string[];
}

const cases: Readonly<Record<string, Case>> = {
  plain: {
    files: { "Cargo.toml": `${plugin}[dependencies]\nbeta = "0.3"\n`, ...empty },
    linked: ["alpha@1.0.0", "beta@0.3.0"],
  },
  "two versions of one crate": {
    files: { "Cargo.toml": `${plugin}[dependencies]\nbeta = "0.3"\nalpha = "2"\n`, ...empty },
    linked: ["alpha@1.0.0", "alpha@2.1.0", "beta@0.3.0"],
  },
  "a dependency in a folder": {
    files: {
      "Cargo.toml": `${plugin}[dependencies]\nnear = { path = "near" }\n`,
      ...empty,
      "near/Cargo.toml":
        '[package]\nname = "near"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\nalpha = "1"\n',
      "near/src/lib.rs": "",
    },
    linked: ["alpha@1.0.0", "near@0.1.0"],
  },
  "a workspace in which another member turns on a feature": {
    files: {
      "Cargo.toml":
        '[workspace]\nmembers = ["plugin", "other"]\nresolver = "2"\n\n[profile.release]\nlto = "thin"\n',
      "plugin/Cargo.toml": `${plugin}[dependencies]\ngamma = "1"\n`,
      "plugin/src/lib.rs": "",
      "other/Cargo.toml":
        '[package]\nname = "other"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\ngamma = { version = "1", features = ["extra"] }\n',
      "other/src/lib.rs": "",
    },
    at: "plugin",
    flags: ["--release"],
    linked: ["gamma@1.2.3"],
  },
  "what only build scripts and macros are made of": {
    files: {
      "Cargo.toml": `${plugin}[dependencies]\nalpha = "1"\nsome-macro = "1"\n\n[build-dependencies]\nonly-build = "1"\n`,
      ...empty,
      "build.rs": "fn main() {}\n",
    },
    linked: ["alpha@1.0.0"],
  },
  "what another target needs": {
    files: {
      "Cargo.toml": `${plugin}[target.'cfg(windows)'.dependencies]\nonly-windows = "1"\n\n[target.'cfg(unix)'.dependencies]\nalpha = "1"\n`,
      ...empty,
    },
    linked: ["alpha@1.0.0"],
  },
  "features of its own": {
    files: {
      "Cargo.toml": `${plugin}[features]\nmore = ["gamma/extra"]\n\n[dependencies]\ngamma = "1"\n`,
      ...empty,
    },
    flags: ["--features", "more"],
    linked: ["delta@1.0.0", "gamma@1.2.3"],
  },
};

describeWith(lackOf("cargo", "rustc", "cc", "git"), "a manifest of a Cargo package", () => {
  let sources: CargoSources;
  let target = "";

  beforeAll(() => {
    sources = new CargoSources();
    target = /^host: (.+)$/m.exec(execFileSync("rustc", ["-vV"], { encoding: "utf8" }))?.[1] ?? "";
  });
  afterAll(() => {
    sources.remove();
  });
  afterEach(() => {
    for (const name of ["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "CARGO_PROFILE_RELEASE_PANIC"])
      vi.stubEnv(name, undefined);
  });

  function prepared(name: string, { files, at = "." }: Pick<Case, "files" | "at">): string {
    const folder = join(sources.write(name.replaceAll(/\W+/g, "-"), files), at);
    sources.cargo(folder, "generate-lockfile");
    return folder;
  }

  test.each(Object.entries(cases))(
    "%s: the packages that cargo compiles for the target",
    async (name, each) => {
      const { flags = [], linked } = each;
      const folder = prepared(name, each);
      const manifest = await manifestOf(folder, ...flags, "--target", target);
      expect(Object.keys(manifest.dependency_hashes).sort()).toEqual(linked);
      const messages = sources.cargo(folder, "build", ...flags, "--target", target, "--message-format=json");
      expect(compiledFor(target, messages, "plugin@0.4.0")).toEqual(linked);
      for (const [key, hash] of Object.entries(manifest.dependency_hashes)) {
        const [crate = "", version = ""] = key.split("@");
        expect(hash).toBe(crate === "near" ? "" : checksumOf(crate, version));
      }
      expect(manifest).toMatchObject({ name: "plugin", version: "0.4.0", target, language: "rust" });
      expect(JSON.stringify(manifest)).not.toContain(sources.root);
      // Without --target the same, for the machine that builds.
      expect(await manifestOf(folder, ...flags)).toEqual(manifest);
    },
  );

  test("the claim in the built file contradicts nothing that it proves", async () => {
    need("objcopy");
    const folder = prepared("claim", cases["plain"] ?? { files: {} });
    writeFileSync(
      join(folder, "src/lib.rs"),
      '#[no_mangle]\npub extern "C" fn answer(n: usize) -> usize { beta::text().as_bytes()[n] as usize }\n',
    );
    const manifest = await manifestOf(folder, "--release");
    sources.cargo(folder, "build", "--release");
    const built = join(folder, "target/release/libplugin.so");
    writeFileSync(join(folder, "claim.json"), manifestText(manifest));
    execFileSync("objcopy", ["--add-section", `.otel_manifest=${join(folder, "claim.json")}`, built]);
    const { findings, manifest: read } = await inspect(disk, built);
    expect(read).toMatchObject({ valid: true, value: manifest });
    expect(findings).toEqual([]);

    // What the file alone proves is less, and says what is missing.
    await expect(manifestOf(built)).rejects.toMatchObject({
      code: "manifest-incomplete",
      message: expect.stringMatching(/build_profile is unknown: rustc leaves no stamp/) as unknown,
      hints: [expect.stringContaining("--set build_profile=release") as unknown],
    });
  });

  test("a dependency from Git has its commit", async () => {
    const far = sources.write("far", {
      "Cargo.toml": '[package]\nname = "far"\nversion = "0.1.0"\nedition = "2021"\n',
      "src/lib.rs": "",
    });
    const commit = sources.commit(far);
    const folder = sources.write("from git", {
      "Cargo.toml": `${plugin}[dependencies]\nfar = { git = "file://${far}", rev = "${commit}" }\n`,
      ...empty,
    });
    vi.stubEnv("CARGO_NET_OFFLINE", undefined);
    sources.cargo(folder, "generate-lockfile");
    expect((await manifestOf(folder)).dependency_hashes).toEqual({ "far@0.1.0": `git:${commit}` });
    vi.stubEnv("CARGO_NET_OFFLINE", "true");
  });

  test("two crates of one name and version have no one's hash, and that is said", async () => {
    const folder = prepared("namesakes", {
      files: {
        "Cargo.toml": `${plugin}[dependencies]\nbeta = "0.3"\nown = { package = "alpha", path = "alpha" }\n`,
        "src/lib.rs": "pub use own as _;\n",
        "alpha/Cargo.toml": '[package]\nname = "alpha"\nversion = "1.0.0"\nedition = "2021"\n',
        "alpha/src/lib.rs": "",
      },
    });
    const { manifest, remarks } = await generatedOf(folder);
    expect(manifest.dependency_hashes).toEqual({
      "alpha@1.0.0": "",
      "beta@0.3.0": checksumOf("beta", "0.3.0"),
    });
    expect(remarks).toEqual([
      "the content of alpha@1.0.0 is unknown: two crates of this name and version are linked, from two sources.",
    ]);
  });

  test("a crate without a checksum in the lock file is said to be unknown", async () => {
    // Cargo's vendor folders have none of a crate that came from Git.
    sources.write("crates/unsummed-1.0.0", {
      "Cargo.toml": '[package]\nname = "unsummed"\nversion = "1.0.0"\nedition = "2021"\n',
      "src/lib.rs": "",
      ".cargo-checksum.json": '{"files":{},"package":null}',
    });
    const folder = prepared("no-checksum", {
      files: { "Cargo.toml": `${plugin}[dependencies]\nunsummed = "1"\n`, ...empty },
    });
    const { manifest, remarks } = await generatedOf(folder);
    expect(manifest.dependency_hashes).toEqual({ "unsummed@1.0.0": "" });
    expect(remarks).toEqual(["the content of unsummed@1.0.0 is unknown: Cargo.lock has no checksum of it."]);
  });

  test("flags are those that Cargo resolves, in one spelling", async () => {
    const folder = prepared("flags", {
      files: {
        "Cargo.toml": `${plugin}[profile.release]\npanic = "abort"\n`,
        ...empty,
        ".cargo/config.toml": `[target.'cfg(unix)']\nrustflags = ["-Ctarget-cpu=x86-64-v2", "--cfg", "quoted=\\"it's a b\\"", "-L", "/home/somebody"]\n\n[build]\nrustflags = ["--cfg=unused"]\n`,
      },
    });
    expect((await manifestOf(folder, "-r")).build_flags).toEqual([
      '--cfg=quoted="it\'s a b"',
      "-C panic=abort",
      "-C target-cpu=x86-64-v2",
    ]);
    vi.stubEnv("RUSTFLAGS", "--cfg other -C panic=unwind");
    expect((await manifestOf(folder, "-r")).build_flags).toEqual(["--cfg=other", "-C panic=unwind"]);
    vi.stubEnv("CARGO_ENCODED_RUSTFLAGS", "--cfg=first\x1f-C\x1ftarget-cpu=native");
    vi.stubEnv("CARGO_PROFILE_RELEASE_PANIC", "unwind");
    expect((await manifestOf(folder, "-r")).build_flags).toEqual(["--cfg=first", "-C target-cpu=native"]);
  });

  test("a profile has its name and its settings", async () => {
    const folder = prepared("profile", {
      files: {
        "Cargo.toml": `${plugin}[profile.small]\ninherits = "release"\nopt-level = "z"\nlto = true\ncodegen-units = 1\noverflow-checks = true\n`,
        ...empty,
      },
    });
    expect(await manifestOf(folder, "--profile", "small")).toMatchObject({
      build_profile: "small",
      build_settings: { "opt-level": "z", lto: "true", "codegen-units": "1", "overflow-checks": "true" },
    });
    expect((await manifestOf(folder)).build_profile).toBe("debug");
    // Nothing is compiled, and nothing is left.
    expect(readdirSync(folder).sort()).toEqual(["Cargo.lock", "Cargo.toml", "src"]);
  });

  test("RUSTFLAGS count more than the profile's settings, as for rustc", async () => {
    const folder = prepared("overridden", { files: { "Cargo.toml": plugin, ...empty } });
    vi.stubEnv(
      "RUSTFLAGS",
      "-Copt_level=1 -C overflow-checks --codegen=lto=off -C panic=abort -g -Cprofile-generate=/home/me/out",
    );
    expect(await manifestOf(folder, "--release")).toMatchObject({
      build_flags: [
        "-C overflow-checks",
        "-C panic=abort",
        // Not where it is on this machine.
        "-C profile-generate=out",
      ],
      build_settings: {
        debug: "2",
        lto: "false",
        "opt-level": "1",
        "overflow-checks": "true",
        panic: "abort",
      },
    });
  });

  test("several targets are refused, wherever they are named", async () => {
    const folder = prepared("targets", {
      files: {
        "Cargo.toml": plugin,
        ...empty,
        "configured/.cargo/config.toml":
          '[build]\ntarget = ["x86_64-unknown-linux-gnu", "aarch64-unknown-linux-gnu"]\n',
      },
    });
    const several = /cargo would build for several targets: /;
    const flags = ["x86_64-unknown-linux-gnu", "aarch64-unknown-linux-gnu"].flatMap((triple) => [
      "--target",
      triple,
    ]);
    await expect(manifestOf(folder, ...flags)).rejects.toThrow(several);
    await expect(manifestOf(join(folder, "configured"))).rejects.toThrow(several);
  });

  test("a cargo that answers something else than its plan is an error, not a bug", async () => {
    const folder = prepared("help", { files: { "Cargo.toml": plugin, ...empty } });
    await expect(manifestOf(folder, "--help")).rejects.toMatchObject({
      code: "program-failed",
      message: expect.stringMatching(/^cargo build --unit-graph did not answer in JSON: Compile /) as unknown,
    });
  });

  test("the time of the commit is that of the sources' own folder", async () => {
    vi.stubEnv("SOURCE_DATE_EPOCH", undefined);
    const folder = prepared("dated", { files: { "Cargo.toml": plugin, ...empty, "src/notes.txt": "" } });
    const git = (...args: readonly string[]): string =>
      execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], {
        cwd: folder,
        encoding: "utf8",
        env: { ...process.env, GIT_COMMITTER_DATE: "2026-03-04T05:06:07Z" },
      });
    git("init", "--quiet");
    git("add", ".");
    git("commit", "--quiet", "-m", "first");
    const dated = (path: string) =>
      generate({ files: disk, path, buildArguments: [], settings: new Map(), started: () => undefined });
    // As in a hook of some other repository.
    vi.stubEnv("GIT_DIR", join(sources.root, "nothing.git"));
    for (const path of [folder, join(folder, "src")])
      expect((await dated(path)).manifest.build_time).toBe("2026-03-04T05:06:07Z");
    vi.stubEnv("GIT_DIR", undefined);
  });

  test("the compiler is the one that Cargo uses", async () => {
    const folder = prepared("compiler", { files: { "Cargo.toml": plugin, ...empty } });
    const version = execFileSync("rustc", ["--version"], { encoding: "utf8" }).trim();
    expect(`rustc ${(await manifestOf(folder)).toolchain_version}`).toBe(version);
  });

  test("a lock file that is not up to date, several packages, and a wrong flag are errors with what was run", async () => {
    const stale = sources.write("stale", { "Cargo.toml": plugin, ...empty });
    await expect(manifestOf(stale)).rejects.toMatchObject({
      code: "program-failed",
      message: expect.stringMatching(
        /cargo build --locked --unit-graph .*\nfailed with exit code 101/s,
      ) as unknown,
      hints: [expect.stringContaining("cargo generate-lockfile") as unknown],
    });
    expect(existsSync(join(stale, "Cargo.lock"))).toBe(false);
    const workspace = prepared("several", {
      files: cases["a workspace in which another member turns on a feature"]?.files ?? {},
    });
    await expect(manifestOf(workspace)).rejects.toThrow("cargo would build several packages: ");
    expect((await manifestOf(workspace, "-p", "plugin")).name).toBe("plugin");
    // The lock file has nothing to do with it.
    await expect(manifestOf(workspace, "--nope")).rejects.toMatchObject({
      message: expect.stringMatching(/unexpected argument '--nope'/) as unknown,
      hints: [],
    });
  });
});
