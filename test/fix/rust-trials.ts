import type { Project, Trial } from "./trial.ts";

/** Writes the manifest of the build that runs it, as docs/manifest.md says. */
const buildScript = `use std::{env, fs, path::Path, process::Command};

fn main() {
    let version = Command::new(env::var("RUSTC").unwrap()).arg("--version").output().unwrap();
    let version = String::from_utf8(version.stdout).unwrap();
    let out = env::var("OUT_DIR").unwrap();
    // target[/TRIPLE]/PROFILE/build/NAME-HASH/out
    let profile = Path::new(&out).ancestors().nth(3).unwrap().file_name().unwrap().to_str().unwrap().to_owned();
    let flags: Vec<String> = env::var("CARGO_ENCODED_RUSTFLAGS")
        .unwrap_or_default()
        .split('\\x1f')
        .filter(|flag| !flag.is_empty())
        .map(|flag| format!("{flag:?}"))
        .collect();
    let lock = fs::read_to_string("Cargo.lock").unwrap();
    let mut hashes = Vec::new();
    for package in lock.split("[[package]]") {
        let field = |name: &str| {
            let start = format!("{name} = \\"");
            let line = package.lines().find(|line| line.starts_with(&start))?;
            Some(line[start.len()..].trim_end_matches('"').to_owned())
        };
        if let (Some(name), Some(version), Some(sum)) = (field("name"), field("version"), field("checksum")) {
            hashes.push(format!("\\"{name}@{version}\\": \\"{sum}\\""));
        }
    }
    let manifest = format!(
        "{{\\"language\\": \\"rust\\", \\"toolchain_version\\": {:?}, \\"build_profile\\": {:?}, \\"dependency_hashes\\": {{{}}}, \\"build_flags\\": [{}], \\"target\\": {:?}, \\"build_time\\": \\"2026-01-01T00:00:00Z\\"}}",
        version.trim(), profile, hashes.join(","), flags.join(","), env::var("TARGET").unwrap()
    );
    fs::write(Path::new(&out).join("manifest.json"), manifest).unwrap();
    println!("cargo:rerun-if-changed=Cargo.lock");
    println!("cargo:rerun-if-env-changed=RUSTFLAGS");
}
`;

const embedded = `const TEXT: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/manifest.json"));
#[used]
#[link_section = ".otel_manifest"]
static MANIFEST: [u8; TEXT.len()] = *include_bytes!(concat!(env!("OUT_DIR"), "/manifest.json"));
`;

const library = `${embedded}
#[no_mangle]
pub extern "C" fn otel_start() -> u32 { 7 }
`;

const program = `use std::ffi::{c_char, c_int, c_void, CStr, CString};

${embedded}
extern "C" {
    fn dlopen(file: *const c_char, mode: c_int) -> *mut c_void;
    fn dlerror() -> *const c_char;
}

fn main() {
    for name in std::env::args().skip(1) {
        let name = CString::new(name).unwrap();
        if unsafe { dlopen(name.as_ptr(), 2) }.is_null() {
            println!("{}", unsafe { CStr::from_ptr(dlerror()) }.to_str().unwrap());
        }
    }
}
`;

/** How a Rust project is built. */
interface Build {
  readonly needs?: Readonly<Record<string, string>>;
  /** Variables and what follows `cargo`: `+nightly build`. */
  readonly command?: string;
  readonly folder?: string;
  /** What is run before, such as `cargo update`. */
  readonly first?: string;
  readonly config?: string;
}

function project(kind: "host" | "plugin", registry: string, build: Build): Project {
  const { needs = {}, command = "cargo build --release", folder = "release", first, config = "" } = build;
  const lines = Object.entries(needs).map(([name, wanted]) => `${name} = "${wanted}"\n`);
  const lib = kind === "host" ? "" : '[lib]\ncrate-type = ["cdylib"]\n\n';
  return {
    files: {
      "Cargo.toml": `[package]\nname = "${kind}"\nversion = "0.1.0"\nedition = "2021"\n\n${lib}[dependencies]\n${lines.join("")}\n[profile.dist]\ninherits = "release"\n`,
      "build.rs": buildScript,
      [kind === "host" ? "src/main.rs" : "src/lib.rs"]: kind === "host" ? program : library,
      ".cargo/config.toml": `[source.crates-io]\nreplace-with = "local"\n\n[source.local]\nlocal-registry = "${registry}"\n\n${config}`,
    },
    build: [...(first === undefined ? [] : [first]), command].join("\n"),
    output: `target/${folder}/${kind === "host" ? "host" : "libplugin.so"}`,
  };
}

/** What needs a cross compiler, and the standard library for the other machine. */
export function rustCrossTrials(registry: string): readonly Trial[] {
  const triple = "aarch64-unknown-linux-gnu";
  const linker = `[target.${triple}]\nlinker = "aarch64-linux-gnu-gcc"\n`;
  return [
    {
      title: "the host is for another machine",
      rule: "target-mismatch",
      host: project("host", registry, {
        command: `cargo +$(rustc --version | cut -d' ' -f2) build --release --target ${triple}`,
        folder: `${triple}/release`,
        config: linker,
      }),
      plugin: project("plugin", registry, {}),
      isForeign: true,
    },
  ];
}

/** What can be wrong with a Rust plugin, and what is printed for it. @param registry where the crates are. */
export function rustTrials(registry: string): readonly Trial[] {
  const host = (build: Build): Project => project("host", registry, build);
  const plugin = (build: Build): Project => project("plugin", registry, build);
  return [
    {
      title: "the host has a different rustc",
      rule: "toolchain-mismatch",
      host: host({}),
      plugin: plugin({ command: "cargo +nightly build --release" }),
    },
    {
      title: "the host has a profile of its own",
      rule: "build-profile-mismatch",
      host: host({ command: "cargo build --profile dist", folder: "dist" }),
      plugin: plugin({ command: "cargo build", folder: "debug" }),
    },
    {
      title: "the host is a debug build",
      rule: "build-profile-mismatch",
      host: host({ command: "cargo build", folder: "debug" }),
      plugin: plugin({}),
    },
    {
      title: "the host was built with `RUSTFLAGS`",
      rule: "build-flags-mismatch",
      host: host({ command: "RUSTFLAGS='-C panic=abort -C target-feature=+sse4.2' cargo build --release" }),
      plugin: plugin({}),
    },
    {
      title: "the plugin has flags in its configuration",
      rule: "build-flags-mismatch",
      host: host({}),
      plugin: plugin({ config: '[build]\nrustflags = ["-C", "target-feature=+sse4.2"]\n' }),
    },
    {
      title: "the host links a newer crate",
      rule: "dependency-mismatch",
      host: host({ needs: { alpha: "=1.2.0" } }),
      plugin: plugin({ needs: { alpha: "1" }, first: "cargo update alpha --precise 1.0.0" }),
    },
    {
      title: "the host links an older crate",
      rule: "dependency-mismatch",
      host: host({ needs: { gamma: "=0.3.0" } }),
      plugin: plugin({ needs: { gamma: "0.3" } }),
    },
    {
      title: "crates that need exact versions of each other",
      rule: "dependency-mismatch",
      host: host({ needs: { alpha: "=1.1.0", beta: "1", gamma: "=0.3.0" } }),
      plugin: plugin({ needs: { alpha: "1", beta: "1", gamma: "0.3" } }),
    },
    {
      title: "the host links an incompatible version of a crate",
      rule: "dependency-mismatch",
      host: host({ needs: { gamma: "=0.4.0" } }),
      plugin: plugin({ needs: { gamma: "0.3" } }),
    },
  ];
}
