import type { Manifest } from "../../src/manifest/generated/manifest.ts";

/** A valid manifest, with the given fields in place of the usual ones. */
export function exampleManifest(fields: Partial<Manifest> = {}): Manifest {
  return {
    language: "go",
    toolchain_version: "go1.26.8",
    build_profile: "release",
    dependency_hashes: {
      "go.opentelemetry.io/collector/component": "h1:q1NnLvrsH3Qy4pVJ8bYwV1dV0Fo3c1nMjlO8n6yI1hE=",
    },
    build_flags: ["-buildmode=plugin", "-trimpath"],
    target: "x86_64-unknown-linux-gnu",
    build_time: "2026-10-02T11:20:31Z",
    ...fields,
  };
}
