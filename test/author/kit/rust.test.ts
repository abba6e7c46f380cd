import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { describeWith, lackOf } from "../../support/need.ts";
import { exampleManifest } from "../../support/example-manifest.ts";
import { llvmTool } from "../../support/oracle/tool.ts";
import { manifestsIn } from "./embedded.ts";
import { packageWith, removeFolders } from "./kit-files.ts";

vi.setConfig({ testTimeout: 300_000 });

const manifest = exampleManifest({ language: "rust", toolchain_version: "1.95.0", build_flags: [] });
const cargoToml = (more = ""): string =>
  `[package]\nname = "kit-test"\nversion = "0.1.0"\nedition = "2021"\ndescription = "a test"\nlicense = "MIT"\n\n[lib]\ncrate-type = ["cdylib"]\n${more}`;
const lib = 'mod otel_manifest;\n\n#[no_mangle]\npub extern "C" fn create() -> u32 {\n    1\n}\n';

/** What a stand-in for `plugins` does: it keeps its arguments, and makes the manifest where it is told to. */
const standIn = (text: string): string =>
  `#!/bin/sh\nprintf '%s\\n' "$@" > "$(dirname "$0")/arguments"\ncat > "$3" <<'END'\n${text}\nEND\n`;

describeWith(lackOf("cargo", "cc", "strip"), "the kit for Rust", () => {
  const made: string[] = [];
  afterAll(() => {
    removeFolders(made);
  });

  const packageOf = (toml = cargoToml()): string => {
    const own = { "Cargo.toml": toml, "src/lib.rs": lib, "given.json": JSON.stringify(manifest) };
    const folder = packageWith("rust", own);
    made.push(folder);
    writeFileSync(join(folder, "plugins"), standIn(JSON.stringify(manifest)), { mode: 0o755 });
    return folder;
  };
  /** What Cargo says. `plugins` is not in PATH unless OTELCOL_PLUGINS says where it is. */
  const cargo = (folder: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
    const { status, stderr } = spawnSync("cargo", args, {
      cwd: folder,
      env: { ...process.env, OTELCOL_MANIFEST: undefined, CARGO_TARGET_DIR: join(folder, "target"), ...env },
      encoding: "utf8",
    });
    return { status, stderr };
  };
  const built = (folder: string, profile = "release"): string =>
    join(folder, "target", profile, "libkit_test.so");
  const given = (folder: string) => ({ OTELCOL_MANIFEST: join(folder, "given.json") });

  test.each([
    ["release", ""],
    [
      "fat LTO, stripped, small",
      '\n[profile.release]\nlto = "fat"\nstrip = "symbols"\nopt-level = "z"\npanic = "abort"\n',
    ],
  ])("%s: read back equal, after strip and llvm-strip too", (_what, profile) => {
    const folder = packageOf(cargoToml(profile));
    expect(cargo(folder, ["build", "--release"], given(folder))).toMatchObject({ status: 0 });
    expect(manifestsIn(built(folder))).toEqual([manifest]);
    for (const strip of ["strip", llvmTool("llvm-strip").name]) {
      execFileSync(strip, [built(folder)]);
      expect(manifestsIn(built(folder))).toEqual([manifest]);
    }
  });

  test("`plugins` is asked for what Cargo builds: package, target, profile, features", () => {
    const toml = cargoToml(
      '\n[features]\ndefault = ["some-thing"]\nsome-thing = []\nleft-out = []\n\n[profile.small]\ninherits = "release"\n',
    );
    const folder = packageOf(toml);
    const env = { OTELCOL_PLUGINS: join(folder, "plugins") };
    expect(cargo(folder, ["build", "--profile", "small"], env)).toMatchObject({ status: 0 });
    expect(manifestsIn(built(folder, "small"))).toEqual([manifest]);
    const target = /host: (.*)/.exec(execFileSync("rustc", ["-vV"], { encoding: "utf8" }))?.[1];
    const [command, option, out = "", ...rest] = readFileSync(join(folder, "arguments"), "utf8")
      .trimEnd()
      .split("\n");
    expect([command, option]).toEqual(["manifest", "--output"]);
    expect(out.startsWith(join(folder, "target/small/build/"))).toBe(true);
    expect(rest).toEqual([
      folder,
      "--",
      ...["--package", "kit-test@0.1.0", "--target", target, "--profile", "small", "--no-default-features"],
      ...["--features", "default,some-thing"],
    ]);
  });

  test("a second build compiles nothing; one with a new manifest, or another that is to be taken, does", () => {
    const folder = packageOf();
    const env = given(folder);
    expect(cargo(folder, ["build"], env).stderr).toContain("Compiling kit-test");
    expect(cargo(folder, ["build"], env).stderr).not.toContain("Compiling");
    const other = { ...manifest, name: "other" };
    // Cargo compares times, some file systems have whole seconds.
    execFileSync("touch", ["-d", "now + 2 seconds", env.OTELCOL_MANIFEST]);
    writeFileSync(env.OTELCOL_MANIFEST, JSON.stringify(other));
    execFileSync("touch", ["-d", "now + 2 seconds", env.OTELCOL_MANIFEST]);
    expect(cargo(folder, ["build"], env).stderr).toContain("Compiling kit-test");
    expect(manifestsIn(built(folder, "debug"))).toEqual([other]);
    expect(cargo(folder, ["build"], { OTELCOL_PLUGINS: join(folder, "plugins") }).stderr).toContain(
      "Compiling",
    );
    expect(manifestsIn(built(folder, "debug"))).toEqual([manifest]);
  });

  test("without `plugins`, room is left and said so; a `plugins` that fails ends the build", () => {
    const folder = packageOf();
    const { status, stderr } = cargo(folder, ["build"]);
    expect({ status, isSaid: stderr.includes("`plugins embed` puts one in") }).toEqual({
      status: 0,
      isSaid: true,
    });
    expect(manifestsIn(built(folder, "debug"))).toEqual([]);
    writeFileSync(join(folder, "plugins"), "#!/bin/sh\necho no go.sum >&2\nexit 2\n", { mode: 0o755 });
    const failed = cargo(folder, ["build"], { OTELCOL_PLUGINS: join(folder, "plugins") });
    expect(failed.status).not.toBe(0);
    expect(failed.stderr).toContain("no go.sum");
    expect(cargo(folder, ["build"], { OTELCOL_PLUGINS: "/nonexistent/plugins" }).status).not.toBe(0);
  });

  test("in a member of a workspace, whose lock file is above it", () => {
    const member = packageOf();
    const folder = join(dirname(member), `${member.split("/").at(-1) ?? ""}-workspace`);
    mkdirSync(folder);
    made.push(folder);
    renameSync(member, join(folder, "member"));
    writeFileSync(join(folder, "Cargo.toml"), '[workspace]\nmembers = ["member"]\nresolver = "2"\n');
    const env = { OTELCOL_PLUGINS: join(folder, "member/plugins") };
    expect(cargo(folder, ["build"], env)).toMatchObject({ status: 0 });
    expect(cargo(folder, ["build"], env).stderr).not.toContain("Compiling");
    expect(manifestsIn(built(folder, "debug"))).toEqual([manifest]);
    // A dependency that moves is in the lock file, profiles and features of dependencies are in the workspace's own Cargo.toml.
    for (const name of ["Cargo.lock", "Cargo.toml"]) {
      rmSync(join(folder, "member/arguments"));
      execFileSync("touch", ["-d", "now + 2 seconds", join(folder, name)]);
      expect(cargo(folder, ["build"], env).stderr).toContain("Compiling");
      expect(existsSync(join(folder, "member/arguments"))).toBe(true);
    }
  });

  test("`plugins` is asked again when the panic strategy changes, wherever it is written", () => {
    const folder = packageOf();
    const settings = '[profile.release]\npanic = "abort"\n';
    mkdirSync(join(folder, ".cargo"));
    writeFileSync(join(folder, ".cargo/config.toml"), "");
    const env = { OTELCOL_PLUGINS: join(folder, "plugins") };
    const isAsked = (more: Readonly<Record<string, string>> = {}): boolean => {
      rmSync(join(folder, "arguments"), { force: true });
      expect(cargo(folder, ["build", "--release"], { ...env, ...more })).toMatchObject({ status: 0 });
      return existsSync(join(folder, "arguments"));
    };
    expect([isAsked(), isAsked()]).toEqual([true, false]);
    expect(isAsked({ CARGO_PROFILE_RELEASE_PANIC: "abort" })).toBe(true);
    expect([isAsked(), isAsked()]).toEqual([true, false]);
    writeFileSync(join(folder, ".cargo/config.toml"), settings);
    execFileSync("touch", ["-d", "now + 2 seconds", join(folder, ".cargo/config.toml")]);
    expect(isAsked()).toBe(true);
  });

  test("a dependency may have the package's own name", () => {
    const folder = packageOf(
      cargoToml('\n[dependencies]\nother = { package = "kit-test", path = "other" }\n'),
    );
    mkdirSync(join(folder, "other/src"), { recursive: true });
    writeFileSync(join(folder, "other/Cargo.toml"), '[package]\nname = "kit-test"\nversion = "0.2.0"\n');
    writeFileSync(join(folder, "other/src/lib.rs"), "");
    expect(cargo(folder, ["build"], { OTELCOL_PLUGINS: join(folder, "plugins") })).toMatchObject({
      status: 0,
    });
    const asked = readFileSync(join(folder, "arguments"), "utf8").split("\n");
    const at = asked.indexOf("--package");
    expect(asked[at + 1]).toBe("kit-test@0.1.0");
    // Cargo takes it for this package.
    expect(cargo(folder, ["build", "--package", asked[at + 1] ?? ""], given(folder))).toMatchObject({
      status: 0,
    });
  });

  test("as part of a package that is published: the source folder stays as it is", () => {
    const folder = packageOf();
    const before = execFileSync(
      "find",
      [folder, "-path", "*/target", "-prune", "-o", "-type", "f", "-print"],
      { encoding: "utf8" },
    );
    const args = ["package", "--allow-dirty", "--offline"];
    expect(cargo(folder, args, given(folder))).toMatchObject({ status: 0 });
    const after = execFileSync(
      "find",
      [folder, "-path", "*/target", "-prune", "-o", "-type", "f", "-print"],
      { encoding: "utf8" },
    );
    expect(after.split("\n").filter((name) => !name.endsWith("Cargo.lock"))).toEqual(before.split("\n"));
  });
});
