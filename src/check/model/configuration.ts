/** The configuration that a command ran with, as its report names it: a gate that something turned down must say so. */
export interface Configuration {
  /** Path of the configuration file, relative to the working folder; null if only environment variables lower something. */
  readonly file: string | null;
  /** How the file was found; null without one. */
  readonly foundBy: ConfigurationSource | null;
  /** What is off or laxer than it would be otherwise, in the order of the documentation; what the command line itself asks for is left out. */
  readonly lowered: readonly Lowered[];
}

/** `--config`, `PLUGINS_CONFIG`, or the search from the working folder upward. */
export type ConfigurationSource = "flag" | "environment" | "search";

/** A setting that lets pass what would fail without it, or leaves out what would be checked. */
export interface Lowered {
  /** Its key in a configuration file. */
  readonly setting: string;
  /** Of `severities`: the rule. */
  readonly rule?: string;
  readonly value: unknown;
  /** What would hold otherwise: the default, or what the configuration file says if a variable overrides it; null if nothing. */
  readonly instead: unknown;
  readonly origin: LoweredOrigin;
}

/** Where it is given. */
export type LoweredOrigin =
  | { readonly kind: "environment"; readonly name: string }
  | { readonly kind: "file"; readonly path: string; readonly line: number };
