import { yamlRecipe } from "./recipe.ts";

export interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface Action {
  readonly name: string;
  readonly description: string;
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string; readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

export const action = yamlRecipe("action.yml") as Action;

/** The step whose commands contain this word. */
export function stepWith(word: string): Step {
  const found = action.runs.steps.find(({ run }) => run?.includes(word));
  if (found === undefined) throw new Error(`no step has ${word}`);
  return found;
}

/**
 * A step's variables as the runner fills them in.
 * @param checkout where the action itself is.
 */
export function filledEnv(
  { env = {} }: Step,
  inputs: Readonly<Record<string, string>>,
  checkout: string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) => [
      name,
      value.replace(/\$\{\{ ([\w.-]+) \}\}/g, (_, expression: string) => {
        if (expression === "github.action_path") return checkout;
        const input = expression.replace(/^inputs\./, "");
        return inputs[input] ?? action.inputs[input]?.default ?? "";
      }),
    ]),
  );
}
