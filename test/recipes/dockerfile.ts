import { recipe } from "./recipe.ts";

interface Instruction {
  readonly word: string;
  readonly rest: string;
}

export interface Stage {
  readonly from: string;
  readonly name: string | undefined;
  readonly instructions: readonly Instruction[];
}

/** The stages as docs.docker.com, "Dockerfile reference", has them. */
function stagesOf(text: string): readonly Stage[] {
  const lines = text
    .replace(/^#.*\n/gm, "")
    .replace(/\\\n\s*/g, "")
    .split("\n");
  const stages: { from: string; name: string | undefined; instructions: Instruction[] }[] = [];
  for (const line of lines) {
    const [, word, rest = ""] = /^([A-Z]+) (.*)$/.exec(line) ?? [];
    if (word === undefined) continue;
    const [, from = "", name] = /^(\S+)(?: AS (\S+))?$/.exec(rest) ?? [];
    if (word === "FROM") stages.push({ from, name, instructions: [] });
    else stages.at(-1)?.instructions.push({ word, rest });
  }
  return stages;
}

export const stages = stagesOf(recipe("recipes/Dockerfile"));

export function restsOf(stage: Stage | undefined, word: string): readonly string[] {
  return stage?.instructions.filter((each) => each.word === word).map(({ rest }) => rest) ?? [];
}

/**
 * The stage that checks.
 * @param moved puts a path of the image elsewhere.
 */
export function gateOf(moved: (text: string) => string): {
  readonly stage: Stage | undefined;
  readonly env: Readonly<Record<string, string>>;
  readonly commands: readonly string[];
} {
  const stage = stages.find(({ name }) => name === "gate");
  const pairs = restsOf(stage, "ENV").flatMap((rest) =>
    rest.split(" ").map((pair) => moved(pair).split("=")),
  );
  return {
    stage,
    env: Object.fromEntries(pairs) as Record<string, string>,
    commands: restsOf(stage, "RUN").map(moved),
  };
}
