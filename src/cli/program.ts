import type { Command, Config } from "@oclif/core";
import type { SchemaName } from "../check/model/shipped-schema.ts";

/** A command that can be run. What is thrown is an error of the user, or a bug. */
type RunnableCommand = new (argv: string[], config: Config) => { run(): Promise<void> };

/** What the build collects about the program, so that nothing has to be looked for when it starts. */
export interface Program {
  /** From package.json. */
  readonly name: string;
  readonly version: string;
  readonly description: string;
  /** The names that it can be called by. */
  readonly names: readonly [string, ...string[]];
  /** The commands, as oclif describes them in its manifest. */
  readonly commands: () => Readonly<Record<string, Command.Cached>>;
  /** Loads the class of one command. */
  readonly load: Readonly<Record<string, () => Promise<{ readonly default: RunnableCommand }>>>;
  /** Long texts that it ships. */
  readonly texts: () => Promise<ProgramTexts>;
}

/** oclif's description of a program, with what only the build knows. */
export interface ProgramConfig extends Config {
  readonly program: Program;
}

export interface ProgramTexts {
  /** The text of each file in the folder schemas. */
  readonly schemas: Readonly<Record<SchemaName, string>>;
  /** The man page, as roff. */
  readonly manPage: string;
  /** The text of each file in the folder kits, by its path there. */
  readonly kits: Readonly<Record<string, string>>;
}

/**
 * What oclif's `Config.load` would find out by reading package.json, the manifest, the home folder and the packages around it. Only
 * what commands, the parser and the help ask for is here.
 */
export function configOf(program: Program): ProgramConfig {
  const { name, version, description } = program;
  let read: Readonly<Record<string, Command.Cached>> | undefined;
  const commands = (): Readonly<Record<string, Command.Cached>> => (read ??= program.commands());
  const config = {
    program,
    name,
    version,
    bin: "plugins",
    userAgent: `${name}/${version} ${process.platform}-${process.arch} node-${process.version}`,
    pjson: { name, version, description, oclif: {} },
    platform: process.platform,
    shell: process.env["SHELL"] ?? "sh",
    topicSeparator: " ",
    topics: [],
    plugins: new Map(),
    get commands() {
      return Object.values(commands());
    },
    get commandIDs() {
      return Object.keys(program.load);
    },
    findCommand: (id: string) => (Object.hasOwn(program.load, id) ? commands()[id] : undefined),
    findTopic: () => undefined,
    // There are no hooks.
    runHook: () => Promise.resolve({ failures: [], successes: [] }),
    scopedEnvVarKeys: () => [],
  };
  return config as unknown as ProgramConfig;
}
