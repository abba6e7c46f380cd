import { describe, expect, it } from "vitest";
import { known, unknown } from "../../../src/evidence/fact.ts";
import type { RealTarget } from "../../../src/evidence/system/real-target.ts";
import type { Manifest } from "../../../src/manifest/generated/manifest.ts";
import { targetOf } from "../../../src/rules/host/known-target.ts";
import { targetMismatch } from "../../../src/rules/host/target-mismatch/rule.ts";
import type { Comparison, Pair } from "../../../src/rules/rule.ts";
import { examplePair, silentTarget } from "../../support/example-artifact.ts";
import { exampleManifest } from "../../support/example-manifest.ts";

const nothing: RealTarget = { arch: unknown("x"), os: unknown("x"), libc: unknown("x") };
const rust: Partial<Manifest> = { language: "rust", toolchain_version: "1.95.0", build_flags: [] };
const place = ".otel_manifest#/target";

/** A pair of which only the manifests say what they are built for. */
function pairOf(plugin: Partial<Manifest>, host: Partial<Manifest> = {}): Pair {
  return examplePair(exampleManifest(plugin), exampleManifest(host), {
    plugin: { target: nothing },
    host: { target: nothing },
  });
}

function evaluate(plugin: Partial<Manifest>, host: Partial<Manifest> = {}): Comparison {
  return targetMismatch.evaluate(pairOf(plugin, host));
}

describe("target-mismatch", () => {
  it.each([
    ["aarch64-unknown-linux-gnu", "architecture", "aarch64", "x86_64"],
    ["x86_64-unknown-freebsd-gnu", "OS", "freebsd", "linux"],
    ["x86_64-unknown-linux-musl", "C library", "musl", "gnu"],
    ["aarch64-unknown-linux-musl", "architecture and C library", "aarch64 musl", "x86_64 gnu"],
  ])("names only the parts that differ: %s", (target, parts, ours, theirs) => {
    expect(evaluate({ target }).findings).toMatchObject([
      { message: `is built for a different ${parts}: ${ours}; the host is ${theirs}` },
    ]);
  });

  it("shows both targets, and where the first part that differs was read", () => {
    const { findings, check } = targetMismatch.evaluate(
      examplePair(exampleManifest({ target: "x86_64-unknown-linux-musl" }), exampleManifest(), {
        plugin: { target: silentTarget },
      }),
    );
    const ours = { value: "linux/x86_64 (musl)", from: place };
    const theirs = { value: "linux/x86_64 (gnu)", from: "DT_NEEDED libc.so.6" };
    expect(findings).toMatchObject([{ plugin: ours, host: theirs }]);
    expect(check).toEqual({
      status: "mismatch",
      decisive: true,
      plugin: { ...ours, from: `e_machine, ${place}` },
      host: { ...theirs, from: "e_machine, DT_NEEDED libc.so.6" },
    });
  });

  it.each([
    ["aarch64-apple-darwin", "darwin/aarch64"],
    ["linux/arm64", "linux/aarch64"],
    ["aarch64-unknown-linux-musl", "linux/aarch64 (musl)"],
  ])("shows %s as %s", (target, value) => {
    expect(evaluate({ target }).check?.plugin).toEqual({ value, from: place });
  });

  it("shows what is unknown as unknown", () => {
    const { check } = evaluate({ target: "somewhere" });
    expect(check?.plugin).toEqual({ value: "unknown/unknown", from: "" });
  });

  it("matches if all parts are equal", () => {
    const side = { value: "linux/x86_64 (gnu)", from: place };
    expect(evaluate({})).toEqual({
      findings: [],
      check: { plugin: side, host: side, status: "match", decisive: true },
    });
  });

  it.each([
    ["somewhere", "x86_64-unknown-linux-gnu", "the plugin's architecture"],
    ["x86_64-unknown-linux-gnu", "somewhere", "the host's architecture"],
    ["linux/amd64", "x86_64-unknown-linux-gnu", "the plugin's C library"],
    ["x86_64-unknown-linux-gnu", "linux/amd64", "the host's C library"],
  ])("is unknown for %s and %s, and says whose part is", (plugin, host, whose) => {
    expect(evaluate({ target: plugin }, { target: host })).toMatchObject({
      findings: [],
      check: {
        status: "unknown",
        decisive: true,
        reason: expect.stringMatching(new RegExp(`^${whose} is unknown`)) as string,
      },
    });
  });

  it("is a mismatch if one part differs, though another is unknown", () => {
    expect(evaluate({ target: "linux/arm64" }).check?.status).toBe("mismatch");
  });

  it("takes the target of any of the host's manifests if none is in the plugin's language", () => {
    const { plugin, host } = pairOf(rust, { target: "aarch64-unknown-linux-gnu" });
    const { findings } = targetMismatch.evaluate({ plugin, host, loader: undefined });
    expect(host.build).toBeUndefined();
    expect(findings).toMatchObject([{ host: { value: "linux/aarch64 (gnu)" } }]);
  });

  it("takes the target of the host's manifest in the plugin's language", () => {
    const pair = examplePair(
      exampleManifest(rust),
      [exampleManifest({ target: "aarch64-unknown-linux-gnu" }), exampleManifest(rust)],
      { plugin: { target: nothing }, host: { target: nothing } },
    );
    expect(targetMismatch.evaluate(pair).findings).toEqual([]);
  });

  it("needs no manifest if the files tell", () => {
    const { plugin, host } = examplePair(exampleManifest(), exampleManifest(), {
      plugin: { arch: "aarch64" },
    });
    const bare = {
      plugin: { ...plugin, build: undefined },
      host: { ...host, builds: [], build: undefined },
      loader: undefined,
    };
    expect(targetMismatch.evaluate(bare).findings).toMatchObject([
      {
        plugin: { value: "linux/aarch64 (gnu)", from: "e_machine" },
        fix: [{ kind: "advice", text: "Build the plugin for linux/x86_64 (gnu)." }],
      },
    ]);
  });

  it("takes the language of a plugin that says none for one without a C library of its own", () => {
    const { plugin, host } = examplePair(exampleManifest(), exampleManifest(), {
      host: { target: { ...silentTarget, os: known("linux", "x"), libc: known("musl", "x") } },
    });
    const { findings } = targetMismatch.evaluate({
      plugin: { ...plugin, build: undefined },
      host,
      loader: undefined,
    });
    expect(findings).toMatchObject([{ fix: [{ text: expect.stringContaining("in an image") as string }] }]);
  });

  it("compares manifests if the host is only a manifest file", () => {
    const pair = pairOf({ target: "aarch64-unknown-linux-gnu" });
    const { findings } = targetMismatch.evaluate({ ...pair, host: { ...pair.host, slice: undefined } });
    expect(findings).toHaveLength(1);
  });
});

describe("what fixes a different target", () => {
  it.each([
    [
      "Go for a different machine",
      { target: "aarch64-unknown-linux-gnu" },
      {},
      "Build the plugin for linux/x86_64 (gnu).",
      /GOOS=linux GOARCH=amd64 .*go build/,
    ],
    [
      "Rust for a different C library",
      { ...rust, target: "x86_64-unknown-linux-musl" },
      rust,
      "Build the plugin for linux/x86_64 (gnu).",
      /rustup target add .*x86_64-unknown-linux-gnu/,
    ],
  ])("is a command for %s", (_, plugin, host, text, command) => {
    const [finding] = evaluate(plugin, host).findings;
    expect(finding?.fix).toContainEqual({ kind: "advice", text });
    expect(finding?.fix).toContainEqual(
      expect.objectContaining({ run: expect.stringMatching(command) as string }),
    );
  });

  it.each([
    [
      "glibc",
      "x86_64-unknown-linux-musl",
      "x86_64-unknown-linux-gnu",
      /^Build .*\(gnu\), in an image .*C library\.$/,
    ],
    [
      "musl",
      "x86_64-unknown-linux-gnu",
      "x86_64-unknown-linux-musl",
      /^Build .*\(musl\), .* such as golang:alpine\.$/,
    ],
  ])("is an image with %s for Go, which has no C library of its own", (_, plugin, host, text) => {
    expect(evaluate({ target: plugin }, { target: host }).findings).toMatchObject([
      { fix: [{ kind: "advice", text: expect.stringMatching(text) as string }] },
    ]);
    expect(evaluate({ target: plugin }, { target: host }).findings[0]?.fix).toHaveLength(1);
  });
});

describe("files for different systems", () => {
  it.each([
    ["elf", "macho", "an ELF", "a Mach-O", "ELF", "Mach-O"],
    ["macho", "elf", "a Mach-O", "an ELF", "Mach-O", "ELF"],
  ] as const)("are told by their formats: %s, %s", (plugin, host, ours, theirs, one, other) => {
    const { findings, check } = targetMismatch.evaluate(
      examplePair(exampleManifest(), exampleManifest(), {
        plugin: { format: plugin },
        host: { format: host },
      }),
    );
    expect(findings).toEqual([
      {
        message: `is ${ours} file, the host ${theirs} file: they are for different systems`,
        plugin: { value: one, from: "magic number" },
        host: { value: other, from: "magic number" },
        fix: [{ kind: "advice", text: expect.stringContaining("the host's operating system") as string }],
      },
    ]);
    expect(check).toMatchObject({
      status: "mismatch",
      decisive: true,
      plugin: { value: "linux/x86_64 (gnu)" },
      host: { value: "linux/x86_64 (gnu)" },
    });
  });
});

describe("what is known of a target", () => {
  const { slice } = pairOf({}).plugin;
  const claim = { manifest: exampleManifest({ target: "linux/arm64" }), at: ".otel_manifest#" };

  it("is what the linker wrote, and what the manifest adds", () => {
    const target = { ...nothing, arch: known("x86_64", "e_machine") };
    expect(targetOf({ ...slice, target }, claim)).toEqual({
      target: { arch: "x86_64", os: "linux" },
      from: { arch: "e_machine", os: place },
    });
  });

  it("is nothing of what neither says", () => {
    expect(targetOf(slice, undefined)).toEqual({ target: {}, from: {} });
    expect(targetOf(undefined, undefined)).toEqual({ target: {}, from: {} });
    const unclear = { ...claim, manifest: exampleManifest({ target: "somewhere" }) };
    expect(targetOf(slice, unclear)).toEqual({ target: {}, from: {} });
    expect(Object.keys(targetOf(undefined, claim).target)).toEqual(["arch", "os"]);
  });
});
