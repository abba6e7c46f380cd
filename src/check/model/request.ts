import type { Files } from "../../files/files.ts";
import type { TargetRequest } from "../../loader/loading-host.ts";
import type { CarrierNames } from "../../manifest/carrier/carrier-names.ts";
import type { PolicyInForce } from "../../rules/policy/policy.ts";
import type { ShardRequest } from "./shard-record.ts";

/** Where plugins are looked for. */
export interface FolderRequest {
  /** Everything is read through it: plugins, host, lock and the system's libraries. */
  readonly fileSystem: Files;
  /** Folders; each must exist. */
  readonly folders: readonly string[];
  readonly recursive: boolean;
  readonly names: CarrierNames;
  /** Plugins that are named: then no folder is looked into. */
  readonly files?: readonly string[] | undefined;
}

/** What stands for the host: its binary, or a JSON file with its manifest or manifests. */
export type HostRequest =
  | {
      readonly kind: "binary";
      readonly path: string;
      /** The system that it runs on; the running one, where that could start it, unless given. */
      readonly target?: TargetRequest | undefined;
    }
  | { readonly kind: "manifest"; readonly path: string };

export interface ValidateRequest {
  /** Everything is read through it. */
  readonly fileSystem: Files;
  readonly files: readonly string[];
  readonly host: HostRequest;
  readonly names: CarrierNames;
  /** Compare only this architecture's slices of universal files. */
  readonly arch?: string | undefined;
  /** The rules' own severities where absent. */
  readonly policy?: PolicyInForce | undefined;
}

export interface CheckAllRequest extends FolderRequest {
  readonly host: HostRequest;
  readonly arch?: string | undefined;
  /** Plugins that must be there: file names, or names from their manifests. */
  readonly expect: readonly string[];
  /** The rules' own severities where absent. */
  readonly policy?: PolicyInForce | undefined;
  /** The lock that the set must be equal to. */
  readonly lock?: LockRequest | undefined;
  /** Check only this part of the set; all of it where absent. */
  readonly shard?: ShardRequest | undefined;
}

/** A lock to be written, or to be held against. */
export interface LockRequest {
  /** Path of the lock file. */
  readonly file: string;
  /** SHA-256 of all that decides over passing beside the files themselves. */
  readonly policySha256: string;
}

/** Called before each file is read. */
export type Progress = (done: number, total: number, path: string) => void;
