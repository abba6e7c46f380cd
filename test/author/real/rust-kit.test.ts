import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { CargoSources } from "../../support/cargo-sources.ts";
import { writeRegistry } from "../../support/local-registry.ts";
import { describeWith, lackOf, testWith } from "../../support/need.ts";
import { manifestsIn } from "../kit/embedded.ts";
import { Author, parsed, withPlugins } from "./author.ts";
import { describeReal } from "./real-group.ts";

vi.setConfig({ testTimeout: 300_000 });

const library = "libkit_test.so";
const author = new Author({});

/** A plugin with the kit, and with crates of a registry in a folder. */
class Kit {
  readonly sources = new CargoSources();
  readonly folder: string;
  readonly bin = this.sources.write("bin", {});

  constructor() {
    mkdirSync(this.bin);
    const text = (name: string): string => `pub fn text() -> &'static str { "${name}" }\n`;
    const registry = join(this.sources.root, "registry");
    writeRegistry(registry, [
      { name: "epsilon", version: "1.0.0", text: text("older epsilon") },
      { name: "epsilon", version: "1.1.0", text: text("epsilon") },
    ]);
    this.folder = this.sources.write("package", {
      ".cargo/config.toml": `[source.crates-io]\nreplace-with = "registry"\n\n[source.registry]\nlocal-registry = ${JSON.stringify(registry)}\n`,
      "Cargo.toml":
        '[package]\nname = "kit-test"\nversion = "0.1.0"\nedition = "2021"\ndescription = "a test"\nlicense = "MIT"\n\n[lib]\ncrate-type = ["cdylib", "rlib"]\n\n[dependencies]\nepsilon = "1"\n',
      "src/lib.rs":
        'mod otel_manifest;\n\n#[no_mangle]\npub extern "C" fn create() -> usize {\n    epsilon::text().len()\n}\n',
    });
  }

  async addKit(): Promise<void> {
    await author.plugins(["manifest", "--kit", "rust", this.folder]);
    this.sources.cargo(this.folder, "generate-lockfile");
  }

  /** Builds it as an author does. @returns the library. */
  build(flags: readonly string[], environment: Readonly<Record<string, string>> = {}): string {
    const target = join(this.sources.root, "target");
    const env = { ...process.env, ...withPlugins(this.bin), SOURCE_DATE_EPOCH: "1790000000", ...environment };
    execFileSync("cargo", ["build", "--release", ...flags], {
      cwd: this.folder,
      env: { ...env, CARGO_TARGET_DIR: target },
      stdio: "pipe",
    });
    const at = flags.indexOf("--target");
    return join(target, at < 0 ? "." : (flags[at + 1] ?? ""), "release", library);
  }

  clean(): void {
    rmSync(join(this.sources.root, "target"), { recursive: true, force: true });
  }
}

describeWith(lackOf("cargo", "rustc", "cc", "tar"), "the kit for Rust, in builds of all kinds", () => {
  let kit: Kit;
  beforeAll(async () => {
    kit = new Kit();
    await kit.addKit();
  });
  afterAll(() => {
    kit.sources.remove();
  });

  test("a wrapper of rustc changes nothing in the manifest", async () => {
    const wrapper = join(kit.bin, "wrapper");
    writeFileSync(wrapper, `#!/bin/sh\necho "$@" >> '${kit.bin}/called'\nexec "$@"\n`);
    chmodSync(wrapper, 0o755);
    const text = await author.manifest(kit.folder, ["--release"]);
    expect(manifestsIn(kit.build([], { RUSTC_WRAPPER: wrapper }))).toEqual(parsed(text));
    expect(readFileSync(join(kit.bin, "called"), "utf8")).toContain("--crate-name kit_test");
    expect(await author.manifest(kit.folder, ["--release"], { RUSTC_WRAPPER: wrapper })).toBe(text);
  });

  test("a package from the registry, in a folder that cannot be written: only OUT_DIR is", () => {
    const env = { ...process.env, ...withPlugins(kit.bin), SOURCE_DATE_EPOCH: "1790000000" };
    const packed = join(kit.sources.root, "packed");
    execFileSync("cargo", ["package", "--allow-dirty", "--no-verify"], {
      cwd: kit.folder,
      env: { ...env, CARGO_TARGET_DIR: packed },
      stdio: "pipe",
    });
    const folder = join(kit.sources.root, "unpacked");
    mkdirSync(folder);
    execFileSync("tar", ["-xzf", join(packed, "package/kit-test-0.1.0.crate"), "-C", folder]);
    const own = join(folder, "kit-test-0.1.0");
    // Above it, where Cargo finds it as it would find the registry.
    cpSync(join(kit.folder, ".cargo"), join(folder, ".cargo"), { recursive: true });
    const listed = (): string => execFileSync("find", [own, "-printf", "%P %s %T@\n"], { encoding: "utf8" });
    execFileSync("chmod", ["-R", "a-w", own]);
    const before = listed();
    try {
      const target = join(kit.sources.root, "target-unpacked");
      const { status, stderr } = spawnSync("cargo", ["build", "--release", "--locked"], {
        cwd: own,
        env: { ...env, CARGO_TARGET_DIR: target },
        encoding: "utf8",
      });
      expect({ status, stderr: status === 0 ? "" : stderr }).toEqual({ status: 0, stderr: "" });
      const [manifest] = manifestsIn(join(target, "release", library));
      expect(manifest).toMatchObject({ name: "kit-test", language: "rust" });
      expect(Object.keys(manifest?.dependency_hashes ?? {})).toEqual(["epsilon@1.1.0"]);
      expect(listed()).toBe(before);
    } finally {
      execFileSync("chmod", ["-R", "u+w", own]);
    }
  });
});

/** Debian's sccache, unpacked beside what is installed; or why there is none. */
function sccache(): { readonly path: string } | { readonly missing: string } {
  const place = fileURLToPath(new URL("../../.cache/author/sccache", import.meta.url));
  const path = join(place, "usr/bin/sccache");
  if (existsSync(path)) return { path };
  const lack = lackOf("apt-get", "dpkg-deb");
  if (lack !== undefined) return { missing: lack };
  mkdirSync(dirname(place), { recursive: true });
  const folder = mkdtempSync(`${place}-`);
  try {
    execFileSync("apt-get", ["download", "-q", "sccache"], { cwd: folder, stdio: "pipe" });
    const [archive = ""] = readdirSync(folder).filter((name) => name.endsWith(".deb"));
    execFileSync("dpkg-deb", ["-x", join(folder, archive), join(folder, "root")]);
    renameSync(join(folder, "root"), place);
    return { path };
  } catch {
    return { missing: "no package sccache in apt-get" };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const programs = ["cargo", "rustc", "cc", "tar"];
describeReal("the kit for Rust under sccache, and for another processor", programs, () => {
  let kit: Kit;
  beforeAll(async () => {
    kit = new Kit();
    await kit.addKit();
  });
  afterAll(() => {
    kit.sources.remove();
  });

  const cached = sccache();
  testWith(
    "missing" in cached ? cached.missing : undefined,
    "sccache: what it keeps is never an old manifest",
    async () => {
      const path = "path" in cached ? cached.path : "";
      const settings = {
        SCCACHE_DIR: join(kit.sources.root, "sccache"),
        SCCACHE_SERVER_PORT: "14226",
        SCCACHE_IDLE_TIMEOUT: "60",
        CARGO_INCREMENTAL: "0",
      };
      const environment = { ...settings, RUSTC_WRAPPER: path };
      const statistics = (): string =>
        execFileSync(path, ["--show-stats"], { env: { ...process.env, ...settings }, encoding: "utf8" });
      try {
        const first = await author.manifest(kit.folder, ["--release"]);
        expect(manifestsIn(kit.build([], environment))).toEqual(parsed(first));
        kit.clean();
        expect(manifestsIn(kit.build([], environment))).toEqual(parsed(first));
        expect(statistics()).toMatch(/^Cache hits +[1-9]/m);
        kit.sources.cargo(kit.folder, "update", "-p", "epsilon", "--precise", "1.0.0");
        kit.clean();
        const second = await author.manifest(kit.folder, ["--release"]);
        expect(second).toContain("epsilon@1.0.0");
        expect(manifestsIn(kit.build([], environment))).toEqual(parsed(second));
      } finally {
        execFileSync(path, ["--stop-server"], { env: { ...process.env, ...settings }, stdio: "pipe" });
      }
    },
    { optional: true },
  );

  const target = "aarch64-unknown-linux-gnu";
  const linker = "aarch64-linux-gnu-gcc";
  const environment = { CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER: linker };
  const folder = execFileSync("rustc", ["--print", "target-libdir", "--target", target], {
    encoding: "utf8",
  }).trim();
  testWith(
    lackOf(linker) ?? (existsSync(folder) ? undefined : `no Rust for ${target}`),
    `the manifest is of ${target}`,
    async () => {
      const flags = ["--target", target];
      const built = kit.build(flags, environment);
      const text = await author.manifest(kit.folder, ["--release", ...flags], environment);
      expect(manifestsIn(built)).toEqual(parsed(text));
      expect(parsed(text)).toMatchObject([{ target }]);
      await author.plugins(["inspect", built]);
      const verify = ["manifest", "--verify", built, kit.folder, "--", "--release", ...flags];
      await author.plugins(verify, environment);
    },
    { optional: true },
  );
});
