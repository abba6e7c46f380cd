import { existsSync } from "node:fs";
import { tool, type Tool } from "../../support/oracle/tool.ts";
import {
  arm64 as elfOnArm64,
  arm64Programs,
  arm64Sysroot,
  arm64System,
  x86,
  type Machine,
} from "../dlopen/machine.ts";
import { hosts, others, plugins } from "./pair-kinds.ts";

/** The machine that hosts and plugins are built for: how, which of them, and what runs them here. */
export interface PairMachine {
  /** As Go calls it. */
  readonly name: "amd64" | "arm64";
  readonly elf: Machine;
  /** For the go command. */
  readonly environment: Readonly<Record<string, string>>;
  readonly strip: string;
  /** What stands before a host's path. */
  readonly runner: readonly string[];
  /** Of `hosts`, `plugins` and `others`. */
  readonly kinds: Record<"hosts" | "plugins" | "others", readonly string[]>;
}

export const amd64: PairMachine = {
  name: "amd64",
  elf: x86,
  environment: {},
  strip: "strip",
  runner: [],
  kinds: { hosts: Object.keys(hosts), plugins: Object.keys(plugins), others: Object.keys(others) },
};

/** One host and one plugin, for those of another machine to meet. */
export const amd64Few: PairMachine = {
  ...amd64,
  kinds: { hosts: ["plain"], plugins: ["match"], others: [] },
};

const strip = "aarch64-linux-gnu-strip";

/** What must be installed for arm64 beside Go. */
export const arm64Builders: readonly Tool[] = [
  ...[...arm64Programs, strip].map(tool),
  existsSync(arm64Sysroot) ? { name: arm64Sysroot } : { name: arm64Sysroot, missing: `no ${arm64Sysroot}` },
];

/** Less of everything: what the machine has no part in is tried on amd64. */
export const arm64: PairMachine = {
  name: "arm64",
  elf: elfOnArm64,
  environment: { GOARCH: "arm64", CGO_ENABLED: "1", CC: elfOnArm64.compilers.glibc },
  strip,
  runner: arm64System,
  kinds: {
    hosts: [
      "plain",
      "position-independent",
      "stripped",
      "-trimpath",
      "without cgo",
      "without package plugin",
      "static",
      "other dependency",
      "few packages",
      "-linkmode=external",
    ],
    plugins: [
      "match",
      "-s -w",
      "stripped",
      "-trimpath",
      "-gcflags=all=-l",
      "function added",
      "inlinable body",
      "other body",
      "other folder",
      "package more",
      "dotted path",
      "exporting nothing",
      "-Bsymbolic",
      "missing library",
      "undefined symbol",
      "c-shared",
    ],
    others: [
      "C library",
      "cut off",
      "other machine",
      "text",
      "empty",
      "missing",
      "folder",
      "link",
      "no plugin path",
      "missing export",
    ],
  },
};
