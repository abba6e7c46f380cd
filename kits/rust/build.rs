//! Makes the manifest of this package for src/otel_manifest.rs. Writes to OUT_DIR alone.
//!
//! `plugins manifest` makes it. OTELCOL_PLUGINS says where `plugins` is, if it is not in PATH. OTELCOL_MANIFEST names a file to take
//! instead. Where there is neither, as on the machine of somebody who uses this crate, room is left in the library:
//! `plugins embed` fills it after the build.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Bytes of the room that is left.
const ROOM: usize = 65536;

fn main() {
    println!("cargo:rerun-if-env-changed=OTELCOL_PLUGINS");
    println!("cargo:rerun-if-env-changed=OTELCOL_MANIFEST");
    println!("cargo:rerun-if-env-changed=SOURCE_DATE_EPOCH");
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=Cargo.toml");
    let package = PathBuf::from(required("CARGO_MANIFEST_DIR"));
    let out = PathBuf::from(required("OUT_DIR")).join("otel_manifest.json");
    watch_build(&package, &profile(&out));
    if let Some(given) = env::var_os("OTELCOL_MANIFEST") {
        println!("cargo:rerun-if-changed={}", Path::new(&given).display());
        let text = fs::read(&given).unwrap_or_else(|error| {
            panic!("OTELCOL_MANIFEST: {}: {error}", Path::new(&given).display())
        });
        fs::write(&out, text).expect("OUT_DIR");
        return;
    }
    let program = env::var_os("OTELCOL_PLUGINS").unwrap_or_else(|| OsString::from("plugins"));
    let mut command = Command::new(&program);
    command
        .arg("manifest")
        .arg("--output")
        .arg(&out)
        .arg(&package)
        .arg("--")
        .args(build_flags(&out));
    match command.status() {
        Ok(status) if status.success() => {}
        Ok(status) => panic!("{command:?} failed: {status}"),
        Err(error)
            if error.kind() == ErrorKind::NotFound && env::var_os("OTELCOL_PLUGINS").is_none() =>
        {
            println!("cargo:warning=`plugins` was not found: the library has room for a manifest and none in it. `plugins embed` puts one in. If you have installed it since, touch build.rs.");
            fs::write(&out, vec![0; ROOM]).expect("OUT_DIR");
        }
        Err(error) => panic!("{}: {error}", Path::new(&program).display()),
    }
}

/// Cargo runs this again by itself for most settings of a profile, but not for all: it must be told where they may be written.
fn watch_build(package: &Path, profile: &str) {
    let profile = profile.to_uppercase().replace('-', "_");
    for setting in ["PANIC", "CODEGEN_UNITS"] {
        println!("cargo:rerun-if-env-changed=CARGO_PROFILE_{profile}_{setting}");
    }
    let workspace = package
        .ancestors()
        .find(|each| each.join("Cargo.lock").exists());
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let files = workspace
        .into_iter()
        .flat_map(|each| [each.join("Cargo.lock"), each.join("Cargo.toml")])
        .chain(
            package
                .ancestors()
                .map(|each| each.join(".cargo"))
                .chain(home)
                .flat_map(|each| [each.join("config.toml"), each.join("config")]),
        );
    // Of a file that is not there Cargo thinks that it always changes.
    for file in files.filter(|each| each.exists()) {
        println!("cargo:rerun-if-changed={}", file.display());
    }
}

/// What `cargo build` was given, as far as it tells a build script.
fn build_flags(out: &Path) -> Vec<String> {
    let package = [required("CARGO_PKG_NAME"), required("CARGO_PKG_VERSION")].join("@");
    let mut flags = vec!["--package".to_owned(), package];
    flags.extend(["--target".to_owned(), required("TARGET")]);
    flags.extend(["--profile".to_owned(), profile(out)]);
    flags.push("--no-default-features".to_owned());
    let features = env::var("CARGO_CFG_FEATURE").unwrap_or_default();
    if !features.is_empty() {
        flags.extend(["--features".to_owned(), features]);
    }
    flags
}

/// PROFILE is only `debug` or `release`. The name stands in the path: TARGET_DIR/PROFILE/build/PACKAGE-HASH/out.
fn profile(out: &Path) -> String {
    let folder = out
        .ancestors()
        .nth(4)
        .and_then(Path::file_name)
        .map(|name| name.to_string_lossy().into_owned());
    match folder.as_deref() {
        None | Some("debug") => "dev".to_owned(),
        Some(name) => name.to_owned(),
    }
}

fn required(name: &str) -> String {
    env::var(name).unwrap_or_else(|_| panic!("Cargo did not set {name}"))
}
