import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { vi } from "vitest";

/** Crates that packages can depend on: a folder stands for crates.io, so that no network is needed. */
const crates: readonly { readonly name: string; readonly version: string; readonly rest?: string }[] = [
  { name: "alpha", version: "1.0.0" },
  { name: "alpha", version: "2.1.0" },
  { name: "beta", version: "0.3.0", rest: '[dependencies]\nalpha = "1"\n' },
  {
    name: "gamma",
    version: "1.2.3",
    rest: '[features]\nextra = ["dep:delta"]\n\n[dependencies]\ndelta = { version = "1", optional = true }\n',
  },
  { name: "delta", version: "1.0.0" },
  { name: "only-build", version: "1.0.0", rest: '[dependencies]\ndelta = "1"\n' },
  { name: "only-windows", version: "1.0.0" },
  {
    name: "some-macro",
    version: "1.0.0",
    rest: '[lib]\nproc-macro = true\n\n[dependencies]\nonly-build = "1"\n',
  },
];

/** What stands for the checksum of a crate's archive. */
export function checksumOf(name: string, version: string): string {
  return createHash("sha256").update(`${name} ${version}`).digest("hex");
}

/** Folders with Cargo packages. */
export class CargoSources {
  readonly root = mkdtempSync(join(tmpdir(), "cargo-sources-"));

  constructor() {
    for (const { name, version, rest = "" } of crates) {
      this.write(`crates/${name}-${version}`, {
        "Cargo.toml": `[package]\nname = "${name}"\nversion = "${version}"\nedition = "2021"\n\n${rest}`,
        "src/lib.rs": rest.includes("proc-macro")
          ? ""
          : `pub fn text() -> &'static str { "${name} ${version}" }\n`,
        ".cargo-checksum.json": JSON.stringify({ files: {}, package: checksumOf(name, version) }),
      });
    }
    this.write(".cargo", {
      "config.toml": `[source.crates-io]\nreplace-with = "crates"\n\n[source.crates]\ndirectory = ${JSON.stringify(join(this.root, "crates"))}\n`,
    });
    vi.stubEnv("RUSTFLAGS", undefined);
    vi.stubEnv("CARGO_ENCODED_RUSTFLAGS", undefined);
    vi.stubEnv("CARGO_NET_OFFLINE", "true");
  }

  /** Writes files. @returns the folder. */
  write(name: string, files: Readonly<Record<string, string>>): string {
    const folder = join(this.root, name);
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return folder;
  }

  cargo(folder: string, ...args: readonly string[]): string {
    return execFileSync("cargo", args, {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      maxBuffer: 2 ** 28,
    });
  }

  /** Makes a folder a Git repository with one commit. @returns the commit. */
  commit(folder: string): string {
    const git = (...args: readonly string[]): string =>
      execFileSync("git", ["-c", "user.name=A", "-c", "user.email=a@example.com", ...args], {
        cwd: folder,
        encoding: "utf8",
      });
    git("init", "-q");
    git("add", "-A");
    git("commit", "-q", "-m", "all");
    return git("rev-parse", "HEAD").trim();
  }

  remove(): void {
    vi.unstubAllEnvs();
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** The packages that `cargo build` compiled for the target and not for the machine that builds, but not the package itself. */
export function compiledFor(target: string, messages: string, itself: string): readonly string[] {
  const names = messages
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as CargoMessage)
    .filter(({ reason, target: { kind } = { kind: [] }, filenames = [] }) => {
      const isCode = !kind.includes("custom-build") && !kind.includes("proc-macro");
      return (
        reason === "compiler-artifact" && isCode && filenames.some((file) => file.includes(`/${target}/`))
      );
    })
    .map(({ package_id = "", manifest_path = "" }) => {
      const fragment = package_id.slice(package_id.lastIndexOf("#") + 1);
      return fragment.includes("@")
        ? fragment
        : `${dirname(manifest_path).split("/").at(-1) ?? ""}@${fragment}`;
    });
  return [...new Set(names)].filter((name) => name !== itself).sort();
}

interface CargoMessage {
  readonly reason: string;
  readonly package_id?: string;
  readonly manifest_path?: string;
  readonly target?: { readonly kind: readonly string[] };
  readonly filenames?: readonly string[];
}
