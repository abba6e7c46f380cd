import { Flags } from "@oclif/core";
import { policyNames } from "../../rules/policy/policy.ts";
import { failLevels } from "../../check/model/gate.ts";

/** Of every command that settings are for. */
export const configFlags = {
  config: Flags.string({
    description: "Take settings from this file, wherever others are.",
    helpValue: "FILE",
    exclusive: ["no-config"],
    helpGroup: "configuration",
  }),
  "no-config": Flags.boolean({
    description: "Take settings from no file.",
    helpGroup: "configuration",
  }),
};

/** What a finding counts for, and what passes. */
export const gateFlags = {
  "allow-unknown": Flags.boolean({
    description: "Do not fail on plugins about which too little is known.",
    allowNo: true,
    helpGroup: "gate",
  }),
  "fail-on": Flags.option({
    description: "The least severity that fails the check; error unless said otherwise.",
    helpValue: "LEVEL",
    options: failLevels,
    helpGroup: "gate",
  })(),
  "max-warnings": Flags.integer({
    description: "Fail on more warnings than these.",
    helpValue: "N",
    min: 0,
    helpGroup: "gate",
  }),
  policy: Flags.option({
    description: "strict: all must match. loader: only what the loader minds is an error.",
    helpValue: "POLICY",
    options: policyNames,
    helpGroup: "gate",
  })(),
};

/** What the host runs on. */
export const targetFlags = {
  sysroot: Flags.string({
    description: "A folder with the files of the system that the host runs on: an unpacked image.",
    helpValue: "DIR",
  }),
  "target-glibc": Flags.string({
    description: "The release of glibc that the host runs on: 2.31.",
    helpValue: "RELEASE",
  }),
};

const lockFile = {
  "lock-file": Flags.string({
    description: "The lock; plugins.lock.json beside the configuration, or here, unless said otherwise.",
    helpValue: "FILE",
    helpGroup: "lock",
  }),
};

/** Of `check-all`. */
export const lockedFlags = {
  locked: Flags.boolean({
    description: "Fail where plugins, host or policy are not those of the lock.",
    allowNo: true,
    helpGroup: "lock",
  }),
  ...lockFile,
};

/** Of `lock`. */
export const lockFlags = lockFile;
