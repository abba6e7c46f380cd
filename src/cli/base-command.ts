import { Command } from "@oclif/core";
import type { Tool } from "../report/model/tool.ts";
import { outputFlags } from "./request/flags.ts";

/**
 * What all commands share. oclif turns errors into its own exit codes, and a crash would look like a finding (exit code 1).
 * Here an error is passed on, and only command-line.ts decides.
 */
export abstract class BaseCommand extends Command {
  static override baseFlags = outputFlags;

  protected get tool(): Tool {
    return { name: this.config.name, version: this.config.version };
  }

  protected override catch(error: Error): Promise<never> {
    return Promise.reject(error);
  }
}
