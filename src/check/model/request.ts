import type { Files } from "../../files/files.ts";
import type { TargetRequest } from "../../loader/loading-host.ts";
import type { CarrierNames } from "../../manifest/carrier/carrier-names.ts";
import type { PolicyInForce } from "../../rules/policy/policy.ts";
import type { ShardRequest } from "./shard-record.ts";

/** Where to look for plugins. */
export interface FolderRequest {
  /** Everything is read through it: plugins, host, lock and the system's libraries. */
  readonly fileSystem: Files;
  /** Folders; each must exist. None if absent. */
  readonly folders?: readonly string[] | undefined;
  /** Whether to search the folders below, too; false if absent. */
  readonly recursive?: boolean | undefined;
  /** What embedded manifests are called; `defaultCarrierNames` if absent. */
  readonly names?: CarrierNames | undefined;
  /** The plugins themselves, instead of all files in the folders. */
  readonly files?: readonly string[] | undefined;
}

/** The host: its binary, or a JSON file with its manifest or manifests. */
export type HostRequest =
  | {
      readonly kind: "binary";
      readonly path: string;
      /** The system it runs on; if absent the running system, provided that it could start the host. */
      readonly target?: TargetRequest | undefined;
    }
  | { readonly kind: "manifest"; readonly path: string };

export interface ValidateRequest {
  /** Everything is read through it. */
  readonly fileSystem: Files;
  readonly files: readonly string[];
  /** Each plugin is checked with each host. */
  readonly host: HostRequest | readonly HostRequest[];
  /** What embedded manifests are called; `defaultCarrierNames` if absent. */
  readonly names?: CarrierNames | undefined;
  /** Compare only this architecture's slices of universal files. */
  readonly arch?: string | undefined;
  /** The rules' own severities if absent. */
  readonly policy?: PolicyInForce | undefined;
  /** Whether results carry the SHA-256 of each file, as it was checked; false if absent. */
  readonly digests?: boolean | undefined;
}

export interface CheckAllRequest extends FolderRequest {
  /** Each plugin is checked with each host. A lock and a shard are for one host. */
  readonly host: HostRequest | readonly HostRequest[];
  /** Compare only this architecture's slices of universal files. */
  readonly arch?: string | undefined;
  /** Plugins that must be present, by file name or manifest name; none if absent. */
  readonly expect?: readonly string[] | undefined;
  /** The rules' own severities if absent. */
  readonly policy?: PolicyInForce | undefined;
  /** The lock that the set must match. */
  readonly lock?: LockRequest | undefined;
  /** Whether results carry the SHA-256 of each file, as it was checked; false if absent. */
  readonly digests?: boolean | undefined;
  /** Check only this part of the set; all of it if absent. */
  readonly shard?: ShardRequest | undefined;
}

/** A lock to write, or to compare with. */
export interface LockRequest {
  /** Path of the lock file. */
  readonly file: string;
  /** SHA-256 of everything but the files that decides whether the set passes. */
  readonly policySha256: string;
  /** The settings that `policySha256` covers, as people give them, for the finding that it differs; not named if absent. */
  readonly settings?: readonly string[] | undefined;
}

/** Called before each file is read. */
export type Progress = (done: number, total: number, path: string) => void;
