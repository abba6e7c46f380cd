import type { Config } from "@oclif/core";

/** The long flags of a command, with both forms of those that can be turned off. */
export function longFlags(command: string, config: Config): readonly string[] {
  return Object.entries(config.findCommand(command)?.flags ?? {}).flatMap(([name, flag]) =>
    flag.type === "boolean" && flag.allowNo ? [`--${name}`, `--no-${name}`] : [`--${name}`],
  );
}

/** Whether a command has a flag: long, or short. */
export function hasFlag(command: string, flag: string, config: Config): boolean {
  const short = Object.values(config.findCommand(command)?.flags ?? {}).flatMap(({ char }) =>
    char === undefined ? [] : [`-${char}`],
  );
  return [...longFlags(command, config), ...short].includes(flag);
}

/** The commands that have a flag. `config` has almost all and uses none, so it counts only if no other has it. */
export function commandsWith(flag: string, config: Config): readonly string[] {
  const all = config.commandIDs.filter((each) => hasFlag(each, flag, config));
  const others = all.filter((each) => each !== "config");
  return others.length === 0 ? all : others;
}
