import type { Configuration } from "../../src/check/model/configuration.ts";

/** One that lowers nothing. */
export const named: Configuration = { file: "../plugins.config.yaml", foundBy: "search", lowered: [] };

/** The same file, with which a gate lets more pass. */
export const lax: Configuration = {
  ...named,
  lowered: [
    {
      setting: "severities",
      rule: "toolchain-mismatch",
      value: "off",
      instead: "error",
      origin: { kind: "file", path: "../plugins.config.yaml", line: 4 },
    },
    {
      setting: "suppressions",
      value: [{ rule: "dependency-mismatch", plugin: "kafka*.so", reason: "OPS-1187" }],
      instead: [],
      origin: { kind: "file", path: "../plugins.config.yaml", line: 6 },
    },
    {
      setting: "allowUnknown",
      value: true,
      instead: false,
      origin: { kind: "environment", name: "PLUGINS_ALLOW_UNKNOWN" },
    },
  ],
};
