import { Command } from "@oclif/core";
import type { Tool } from "../report/model/document.ts";
import { outputFlags } from "./flags.ts";

/**
 * What all commands share. oclif turns errors into exit codes of its own, which would make a crash look like a finding
 * (exit code 1): here an error is passed on, and command-line.ts alone decides.
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
