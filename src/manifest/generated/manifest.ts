// Made from schemas/manifest.schema.json by `npm run generate`; edit that file instead of this one.

/**
 * The build manifest that an OpenTelemetry Collector plugin or host carries in its binary.
 */
export interface Manifest {
  /**
   * Version of this schema that the manifest is written for; 1 where absent.
   */
  schema_version?: number;
  /**
   * The language whose toolchain made the binary.
   */
  language: "go" | "rust";
  /**
   * Go: 1.22.3, go1.22.3 or the whole of `go version`. Rust: 1.79.0 or the whole of `rustc --version`.
   */
  toolchain_version: string;
  /**
   * release, debug, or the name of a Cargo profile.
   */
  build_profile: string;
  /**
   * Go: module path to its h1: sum. Rust: crate name to its Cargo.lock checksum. A key may carry a version (syn@1.0.109).
   */
  dependency_hashes: {
    [k: string]: string;
  };
  /**
   * Flags given to the compiler, one argument each.
   */
  build_flags: string[];
  /**
   * A Rust target triple, or Go's GOOS/GOARCH.
   */
  target: string;
  /**
   * When the binary was built, RFC 3339. Informative, never compared.
   */
  build_time: string;
  /**
   * The plugin's own name.
   */
  name?: string;
  /**
   * The plugin's own version.
   */
  version?: string;
  /**
   * The Collector components it offers.
   */
  components?: Component[];
  /**
   * What else decided the build, such as Go's CGO_ENABLED or opt-level of a Cargo profile. Never compared.
   */
  build_settings?: {
    [k: string]: string;
  };
  /**
   * Hash of the hermetic build environment it was built in.
   */
  build_environment?: string;
  [k: string]: unknown;
}
export interface Component {
  /**
   * receiver, processor, exporter, connector, extension, …
   */
  kind: string;
  /**
   * The component type as in a Collector configuration: kafka, batch.
   */
  type: string;
  /**
   * The exported symbol of the factory that creates it.
   */
  symbol: string;
  [k: string]: unknown;
}
