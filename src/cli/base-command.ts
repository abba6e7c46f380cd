import { Command } from "@oclif/core";
import type { Tool } from "../report/model/tool.ts";
import type { ProgramConfig } from "./program.ts";
import { outputFlags } from "./request/flags.ts";

/** What all commands share. An error is thrown on, and only command-line.ts decides on the exit code. */
export abstract class BaseCommand extends Command {
  static override baseFlags = outputFlags;

  declare config: ProgramConfig;

  protected get tool(): Tool {
    return { name: this.config.name, version: this.config.version };
  }
}
