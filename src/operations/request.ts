import type { CarrierNames } from "../manifest/carrier-names.ts";

/** Where plugins are looked for. */
export interface FolderRequest {
  /** Folders; each must exist. */
  readonly folders: readonly string[];
  readonly recursive: boolean;
  readonly names: CarrierNames;
}

/** What stands for the host: its binary, or a JSON file with its manifest or manifests. */
export type HostRequest =
  { readonly kind: "binary"; readonly path: string } | { readonly kind: "manifest"; readonly path: string };

export interface ValidateRequest {
  readonly files: readonly string[];
  readonly host: HostRequest;
  readonly names: CarrierNames;
  /** Compare only this architecture's slices of universal files. */
  readonly arch: string | undefined;
}

export interface CheckAllRequest extends FolderRequest {
  readonly host: HostRequest;
  readonly arch: string | undefined;
  /** Plugins that must be there: file names, or names from their manifests. */
  readonly expect: readonly string[];
}

/** Called before each file is read. */
export type Progress = (done: number, total: number, path: string) => void;
