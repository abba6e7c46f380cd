import type { PolicyName } from "../../rules/policy/policy.ts";
import type { FailLevel } from "../../check/model/gate.ts";
import { settingSources, type Layer, type SomeSettings } from "./settings.ts";

/** Flags that say a setting, as they were parsed; what is not given, or what the command does not have, is undefined. */
export interface SettingFlags {
  readonly recursive?: boolean | undefined;
  readonly host?: string | undefined;
  readonly "host-manifest"?: string | undefined;
  readonly arch?: string | undefined;
  readonly sysroot?: string | undefined;
  readonly "target-glibc"?: string | undefined;
  readonly section?: readonly string[] | undefined;
  readonly symbol?: readonly string[] | undefined;
  readonly expect?: readonly string[] | undefined;
  readonly "allow-unknown"?: boolean | undefined;
  readonly "fail-on"?: FailLevel | undefined;
  readonly "max-warnings"?: number | undefined;
  readonly policy?: PolicyName | undefined;
  readonly locked?: boolean | undefined;
  readonly "lock-file"?: string | undefined;
}

/** What the command line says. @param folders its arguments, where they are folders. */
export function flagLayer(flags: SettingFlags, folders: readonly string[] | undefined): Layer {
  const values: { readonly [Name in keyof SomeSettings]: SomeSettings[Name] | undefined } = {
    folders,
    recursive: flags.recursive,
    host: flags.host,
    hostManifest: flags["host-manifest"],
    arch: flags.arch,
    sysroot: flags.sysroot,
    targetGlibc: flags["target-glibc"],
    sections: flags.section,
    symbols: flags.symbol,
    expect: flags.expect,
    allowUnknown: flags["allow-unknown"],
    failOn: flags["fail-on"],
    maxWarnings: flags["max-warnings"],
    policy: flags.policy,
    locked: flags.locked,
    lockFile: flags["lock-file"],
  };
  return {
    values: values as SomeSettings,
    originOf: (name) => ({ kind: "flag", name: settingSources[name].flag ?? name }),
  };
}
