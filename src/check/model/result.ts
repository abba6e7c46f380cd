import type { ObjectFormat } from "../../object/object-file.ts";
import type { Check, Finding } from "../../rules/finding.ts";
import type { Shard } from "./shard-record.ts";

/**
 * What `list`, `validate` and `check-all` find out, as plain data: the report of
 * schemas/report.schema.json without the envelope that the command line adds.
 */
export interface CheckResult {
  /** null for `list`. */
  readonly host: HostResult | null;
  /** In a stable order: by path for a folder, as given for named files. */
  readonly plugins: readonly PluginResult[];
  /** About the host or the set, not one plugin. */
  readonly findings: readonly Finding[];
  readonly summary: Summary;
  /** Of a part of a set: what it takes to judge the whole. */
  readonly shard?: Shard;
}

export interface Summary {
  readonly plugins: number;
  readonly compatible: number;
  readonly incompatible: number;
  readonly unknown: number;
  readonly unreadable: number;
  /** Findings of that severity, those of plugins, host and set together. */
  readonly errors: number;
  readonly warnings: number;
}

export type Verdict = "compatible" | "incompatible" | "unknown" | "unreadable";

/** What was read of one file, plugin or host. */
export interface FileResult {
  /** As given, or the folder as given joined with the name in it. */
  readonly path: string;
  /** null where the file is no object file, or only a manifest file stands for it. */
  readonly format: ObjectFormat | null;
  /** Of the first slice, or of the slice that was compared. */
  readonly arch: string | null;
  /** Length of the file in bytes; null where it could not be opened. */
  readonly size: number | null;
  /** One entry for a thin file, one a slice for a universal Mach-O file, none where nothing could be read. */
  readonly slices: readonly SliceResult[];
  /** Why the file could not be read as an object file; null where it could. */
  readonly unreadable: { readonly reason: string; readonly offset: number | null } | null;
}

export interface PluginResult extends FileResult {
  /** The first valid manifest in reading order (of the slice named by `arch`). */
  readonly manifest: ManifestResult | null;
  readonly evidence: EvidenceResult;
  /** Absent in `list`. */
  readonly verdict?: Verdict;
  /** What decided an unknown verdict: one sentence for each thing that could not be known. Absent in `list`. */
  readonly unknowns?: readonly string[];
  /** Absent in `list` and where only a manifest file stands for the host. */
  readonly loader?: LoaderResult;
  /** Every comparison made, passed ones too. Absent in `list`. */
  readonly checks?: readonly Check[];
  /** Worst first; in `list` only those about the manifest itself. */
  readonly findings: readonly Finding[];
}

export interface HostResult extends FileResult {
  /** One a language; of the first slice in a universal file. */
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
   * What carries it: a section, an exported or static symbol, Go's build info, a JSON file. "derived" where the file carries none, and
   * what its binary proves stands in for it.
   */
  readonly source: "section" | "dynamic-symbol" | "static-symbol" | "build-info" | "file" | "derived";
  /** `.otel_manifest`, `__DATA,__otel_manifest`, `otel_plugin_manifest`, `main.PluginManifest`, a path. */
  readonly location: string;
  /** Offset of the JSON text in the file, where it is stored plainly. */
  readonly offset: number | null;
  /** Whether it follows the schema; a derived one has no more fields than are proven. */
  readonly valid: boolean;
  /** As embedded, or the proven fields; null where the JSON could not be read. */
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
  /** The loader's own words when refused or crashing; null where it says nothing, or they cannot be known. */
  readonly message: string | null;
  /** Why the outcome is unknown, or what the message means. */
  readonly reason: string | null;
  /** Which of the loader's checks decides; null where none fails. */
  readonly check: string | null;
  /** What else the loader would stumble over, in its order, once the first is fixed. */
  readonly further: readonly LoaderObstacle[];
  /** What the target must offer besides, where its files are not at hand: "glibc >= 2.34". */
  readonly needs: readonly string[];
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

/** One a slice, in file order. */
export interface SliceDetails {
  readonly arch: string;
  /** Where a part could not be read, it is empty and the reason stands here. */
  readonly problems: readonly string[];
  readonly neededLibraries: readonly string[];
  /** Symbols that the file defines for others. */
  readonly exportedSymbols: readonly {
    readonly name: string;
    readonly type: string;
    readonly size: number | null;
    readonly address: string;
  }[];
  readonly sections: readonly {
    readonly name: string;
    readonly address: string;
    readonly offset: number;
    readonly size: number;
  }[];
  /** Build id (ELF note) or UUID (LC_UUID), in lower-case hex. */
  readonly buildId: string | null;
  readonly stripped: boolean | null;
  /** Facts that no manifest claims: `glibc`, `minimum_os`, `plugin_path`, `panic`, … */
  readonly facts: EvidenceResult;
  /** As Go's build info lists them. */
  readonly buildSettings: readonly { readonly key: string; readonly value: string }[];
  /** Every module or package that was linked, as far as the binary proves it. */
  readonly dependencies: readonly {
    readonly name: string;
    readonly version: string | null;
    /** `h1:…` */
    readonly sum: string | null;
    readonly replacedBy: string | null;
  }[];
}
