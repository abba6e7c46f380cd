import type { Listing } from "../../object/listing.ts";
import type { ObjectFormat } from "../../object/object-file.ts";
import type { Check, Finding } from "../../rules/finding.ts";
import type { Shard } from "./shard-record.ts";

/**
 * What `list`, `validate` and `check-all` find out, as plain data: the report of
 * schemas/report.schema.json without the envelope that the command line adds.
 */
export interface CheckResult {
  /** null for `list`; of several hosts the first. */
  readonly host: HostResult | null;
  /** All of them, in the given order; only if there are several. */
  readonly hosts?: readonly HostResult[];
  /**
   * In a stable order: by path for a folder, in the given order for named files. With several hosts each plugin is in it once for each of
   * them, in their order.
   */
  readonly plugins: readonly PluginResult[];
  /** About the host or the set, not one plugin. */
  readonly findings: readonly Finding[];
  readonly summary: Summary;
  /** Only for a shard: what is needed to judge the whole set. */
  readonly shard?: Shard;
}

export interface Summary {
  /** Results: with several hosts one for each plugin and each host, as all numbers here. */
  readonly plugins: number;
  readonly compatible: number;
  readonly incompatible: number;
  readonly unknown: number;
  readonly unreadable: number;
  /** Findings of that severity: about plugins, host and set together. */
  readonly errors: number;
  readonly warnings: number;
}

export type Verdict = "compatible" | "incompatible" | "unknown" | "unreadable";

/** What was read of one file, plugin or host. */
export interface FileResult {
  /** As given, or for a file found in a folder the folder as given and the file's name. */
  readonly path: string;
  /** null if the file is not an object file, or is the manifest file given in place of one. */
  readonly format: ObjectFormat | null;
  /** Of the first slice, or of the slice that was compared. */
  readonly arch: string | null;
  /** Length of the file in bytes; null if it could not be opened. */
  readonly size: number | null;
  /** SHA-256 of the file in lower-case hex; only if digests were asked for. */
  readonly sha256?: string;
  /** One entry for a thin file, one per slice for a universal Mach-O file, none if nothing could be read. */
  readonly slices: readonly SliceResult[];
  /** Why the file could not be read as an object file; null if it could. */
  readonly unreadable: { readonly reason: string; readonly offset: number | null } | null;
}

export interface PluginResult extends FileResult {
  /** The path of the host that it was checked with; only if there are several. */
  readonly hostPath?: string;
  /** The first valid manifest in reading order (of the slice named by `arch`). */
  readonly manifest: ManifestResult | null;
  readonly evidence: EvidenceResult;
  /** Absent in `list`. */
  readonly verdict?: Verdict;
  /** Why the verdict is unknown: one sentence for each unknown. Absent in `list`. */
  readonly unknowns?: readonly string[];
  /** Absent in `list`, and if the host is only a manifest file. */
  readonly loader?: LoaderResult;
  /** Every comparison that was made, including those that passed. Absent in `list`. */
  readonly checks?: readonly Check[];
  /** Worst first; in `list` only those about the manifest itself. */
  readonly findings: readonly Finding[];
}

export interface HostResult extends FileResult {
  /** One per language; those of the first slice in a universal file. */
  readonly manifests: readonly ManifestResult[];
  readonly evidence: EvidenceResult;
}

export interface SliceResult {
  readonly arch: string;
  readonly bits: 32 | 64;
  readonly endian: "little" | "big";
  readonly kind: "executable" | "shared-library" | "bundle" | "relocatable" | "core" | "other";
  /** Offset and length of the slice in the file, in bytes; 0 and the file's size for a thin file. */
  readonly offset: number;
  readonly size: number;
  readonly manifests: readonly ManifestResult[];
  readonly evidence: EvidenceResult;
}

export interface ManifestResult {
  /**
   * What carries it: a section, an exported or static symbol, Go's build info, a JSON file. "derived" if the file has none: the
   * fields are then what its binary proves.
   */
  readonly source: "section" | "dynamic-symbol" | "static-symbol" | "build-info" | "file" | "derived";
  /** `.otel_manifest`, `__DATA,__otel_manifest`, `otel_plugin_manifest`, `main.PluginManifest`, a path. */
  readonly location: string;
  /** Offset of the JSON text in the file; null if the text is not stored as it is. */
  readonly offset: number | null;
  /** Whether it follows the schema. A derived one has only the fields that are proven. */
  readonly valid: boolean;
  /** As embedded, or the proven fields; null if the JSON could not be read. */
  readonly value: unknown;
}

/** A fact that the binary itself proves: known with where it was read, or unknown with why. */
export type FactResult =
  | { readonly known: true; readonly value: string; readonly from: string }
  | { readonly known: false; readonly why: string };

/** Facts by name: the fields of a manifest, `arch`, `os`, `libc`; more come with time. */
export type EvidenceResult = Readonly<Record<string, FactResult>>;

export interface LoaderResult {
  readonly outcome: "loads" | "refused" | "crash" | "unknown";
  /** Who opens the plugin: Go's package plugin, or the system's loader. */
  readonly opener: "plugin.Open" | "dlopen";
  /** The loader's own words when it refuses or crashes; null if it says nothing, or its words are unknown. */
  readonly message: string | null;
  /** Why the outcome is unknown, or what the message means. */
  readonly reason: string | null;
  /** Which of the loader's checks decides; null if none fails. */
  readonly check: string | null;
  /** What else would stop the loader once the first problem is fixed, in the loader's order. */
  readonly further: readonly LoaderObstacle[];
  /** What else the target must have, if its files are not available: "glibc >= 2.34". */
  readonly needs: readonly string[];
  /** What plugin.Open compares, in all slices; absent if a side's package hashes are unknown, and if it is not what opens the plugin. */
  readonly packages?: { readonly shared: number; readonly equal: number };
}

export interface LoaderObstacle {
  readonly outcome: "refused" | "crash";
  readonly check: string;
  readonly message: string | null;
  readonly subject: string | null;
}

/** What `inspect` finds out: one plugin with everything known about it. */
export interface InspectResult extends PluginResult {
  readonly details: readonly SliceDetails[];
}

export interface ExportedSymbol {
  readonly name: string;
  readonly type: string;
  readonly size: number | null;
  readonly address: string;
}

/** One per slice, in file order. */
export interface SliceDetails {
  readonly arch: string;
  /** Why a part below could not be read; that part is then empty. */
  readonly problems: readonly string[];
  readonly neededLibraries: readonly string[];
  /** Symbols that the file exports: an array, or, if there are more than 65,536, what makes each when it is asked for. */
  readonly exportedSymbols: Listing<ExportedSymbol>;
  readonly sections: readonly {
    readonly name: string;
    readonly address: string;
    readonly offset: number;
    readonly size: number;
  }[];
  /** Build id (ELF note) or UUID (LC_UUID), in lower-case hex. */
  readonly buildId: string | null;
  readonly stripped: boolean | null;
  /** Facts that are not manifest fields: `glibc`, `minimum_os`, `plugin_path`, `panic`, … */
  readonly facts: EvidenceResult;
  /** As Go's build info lists them. */
  readonly buildSettings: readonly { readonly key: string; readonly value: string }[];
  /** Every module or package that is linked, as far as the binary proves it. */
  readonly dependencies: readonly {
    readonly name: string;
    readonly version: string | null;
    /** `h1:…` */
    readonly sum: string | null;
    readonly replacedBy: string | null;
  }[];
}
