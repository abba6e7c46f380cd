import { Args, Flags } from "@oclif/core";
import type { Format } from "../report/format.ts";

export const filesArgs = {
  file: Args.string({ description: "Plugins to check.", multiple: true, ignoreStdin: true }),
};

export const fileArgs = {
  file: Args.string({ description: "The plugin, or a host.", required: true, ignoreStdin: true }),
};

/** Of commands that report on plugins; `formats` says which forms make sense of one. */
export function reportFlags(allowed: readonly Format[]) {
  return {
    output: Flags.string({
      char: "o",
      description: `Write the report so, to FILE or stdout; may be given again. ${allowed.join(", ")}.`,
      helpValue: "FORMAT[=FILE]",
      multiple: true,
      multipleNonGreedy: true,
      helpGroup: "output",
    }),
  };
}

/** Of every command. */
export const outputFlags = {
  json: Flags.boolean({ description: "Print the report as one JSON document.", helpGroup: "output" }),
  color: Flags.boolean({
    description: "Use colour, or not, whatever the terminal.",
    allowNo: true,
    helpGroup: "output",
  }),
};

export const quietFlag = {
  quiet: Flags.boolean({ char: "q", description: "Show only findings that fail the check." }),
};

/** Of commands that read many plugins. */
export const filesFromFlags = {
  "files-from": Flags.string({
    description: "Read the plugins' paths from FILE, one a line; - is stdin.",
    helpValue: "FILE",
  }),
  null: Flags.boolean({
    // oclif's types know letters alone.
    char: "0" as "z",
    description: "The paths of --files-from end with a NUL, as find -print0 writes them.",
    dependsOn: ["files-from"],
  }),
};

/** Of commands with one table; `columns` names what it has. */
export function tableFlags(columns: readonly string[]) {
  const names = columns.join(", ");
  return {
    columns: Flags.string({
      description: `Show these columns of the table, in this order: ${names}.`,
      helpValue: "NAMES",
      helpGroup: "output",
    }),
    sort: Flags.string({
      description: "Sort the table by this column.",
      helpValue: "NAME",
      helpGroup: "output",
    }),
  };
}

export const verboseFlag = {
  verbose: Flags.boolean({
    description: "Show all comparisons and findings, passed and suppressed ones and notes, too.",
    exclusive: ["quiet"],
  }),
};

export const shardFlag = {
  shard: Flags.string({
    description: "Check the second of five parts of the plugins; `plugins merge` joins the reports.",
    helpValue: "2/5",
  }),
};
