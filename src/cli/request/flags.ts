import { Args, Flags } from "@oclif/core";
import type { Format } from "../../report/format.ts";

export const filesArgs = {
  file: Args.string({ description: "Plugins to check.", multiple: true, ignoreStdin: true }),
};

export const fileArgs = {
  file: Args.string({ description: "Plugin or host to inspect.", required: true, ignoreStdin: true }),
};

/** For commands that report on plugins. @param allowed the formats that the command supports. */
export function reportFlags(allowed: readonly Format[]) {
  return {
    output: Flags.string({
      char: "o",
      description: `Report format, written to FILE or stdout; repeatable. Formats: ${allowed.join(", ")}.`,
      helpValue: "FORMAT[=FILE]",
      multiple: true,
      multipleNonGreedy: true,
      helpGroup: "output",
    }),
  };
}

/** For every command. */
export const outputFlags = {
  json: Flags.boolean({ description: "Print the report as one JSON document.", helpGroup: "output" }),
  color: Flags.boolean({
    description: "Force or disable color, whatever the terminal.",
    allowNo: true,
    helpGroup: "output",
  }),
};

export const quietFlag = {
  quiet: Flags.boolean({ char: "q", description: "Show only findings that fail the check." }),
};

/** For commands that read many plugins. */
export const filesFromFlags = {
  "files-from": Flags.string({
    description: "Read plugin paths from FILE, one per line (- for stdin).",
    helpValue: "FILE",
  }),
  null: Flags.boolean({
    // oclif's types allow only letters.
    char: "0" as "z",
    description: "Paths in --files-from are NUL-separated, as find -print0 writes them.",
    dependsOn: ["files-from"],
  }),
};

/** For commands that print one table. @param columns the names of its columns. */
export function tableFlags(columns: readonly string[]) {
  const names = columns.join(", ");
  return {
    columns: Flags.string({
      description: `Show these columns of the table, in this order. Columns: ${names}.`,
      helpValue: "NAMES",
      helpGroup: "output",
    }),
    sort: Flags.string({
      description: "Sort the table by this column.",
      helpValue: "NAME",
      helpGroup: "output",
    }),
    "no-headers": Flags.boolean({
      description: "Print only the rows of the table, with whole paths, for scripts.",
      helpGroup: "output",
    }),
  };
}

export const verboseFlag = {
  verbose: Flags.boolean({
    description:
      "Show more of each cause: both values, where each was read, and why; also notes and what is suppressed.",
    exclusive: ["quiet"],
  }),
};

/** What a check can give besides its reports. */
export const extraFlags = {
  digests: Flags.boolean({
    description: "Add the SHA-256 of every plugin and host to JSON, SARIF, CycloneDX and HTML.",
  }),
  "fix-script": Flags.string({
    description: "Write all commands that fix what is wrong to a shell script.",
    helpValue: "FILE",
  }),
};

export const shardFlag = {
  shard: Flags.string({
    description: "Check only shard 2 of 5; `plugins merge` combines the reports.",
    helpValue: "2/5",
  }),
};
