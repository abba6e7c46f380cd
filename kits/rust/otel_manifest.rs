//! The manifest that describes this build, in a section that `plugins` finds. build.rs makes it.
//! Add `mod otel_manifest;` to src/lib.rs. Needs Rust 1.82.

macro_rules! manifest {
    () => {
        include_bytes!(concat!(env!("OUT_DIR"), "/otel_manifest.json"))
    };
}

#[used]
#[cfg_attr(
    target_vendor = "apple",
    unsafe(link_section = "__DATA,__otel_manifest")
)]
#[cfg_attr(not(target_vendor = "apple"), unsafe(link_section = ".otel_manifest"))]
static MANIFEST: [u8; manifest!().len()] = *manifest!();
