/** What an author copies to have a manifest built in. The folder kits holds the files. */
export const kitNames = ["go", "go-cgo", "rust", "c"] as const;

export type KitName = (typeof kitNames)[number];

/** A kit's files: where each goes in the author's package, and its path in the folder kits. */
const files = {
  go: { "otel_manifest.go": "go/otel_manifest.go" },
  "go-cgo": { "otel_manifest.go": "go-cgo/otel_manifest.go", "otel_manifest.h": "c/otel_manifest.h" },
  rust: { "build.rs": "rust/build.rs", "src/otel_manifest.rs": "rust/otel_manifest.rs" },
  c: { "otel_manifest.h": "c/otel_manifest.h" },
} satisfies Record<KitName, Readonly<Record<string, string>>>;

/** What to do after the files are there. */
export const kitSteps: Readonly<Record<KitName, readonly string[]>> = {
  go: ["go generate", "go build -buildmode=plugin -trimpath"],
  "go-cgo": ["go generate", "go build -buildmode=plugin -trimpath"],
  rust: ["Add `mod otel_manifest;` to src/lib.rs, or src/main.rs of a host.", "cargo build --release"],
  c: ['Include otel_manifest.h in one C file, followed by OTEL_MANIFEST_FILE("otel_manifest.json").'],
};

export interface KitFile {
  /** In the author's package. */
  readonly path: string;
  readonly text: string;
}

/**
 * A kit's files.
 * @param texts of the files in the folder kits, by their path there.
 */
export function kitFiles(name: KitName, texts: Readonly<Record<string, string>>): readonly KitFile[] {
  return Object.entries(files[name]).map(([path, source]) => {
    const text = texts[source];
    if (text === undefined) throw new Error(`kits/${source} is missing from this build`);
    return { path, text };
  });
}
