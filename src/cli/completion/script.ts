import { bashCompletion } from "./bash.ts";
import { fishCompletion } from "./fish.ts";
import type { CompletionGrammar } from "./grammar.ts";
import { powershellCompletion } from "./powershell.ts";
import { zshCompletion } from "./zsh.ts";

/** Shells that there is a script for. */
export const shells = ["bash", "zsh", "fish", "powershell"] as const;

export type Shell = (typeof shells)[number];

const writers = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
  powershell: powershellCompletion,
} satisfies Record<Shell, (grammar: CompletionGrammar) => string>;

/** The completion script for a shell. It names no path, calls no program and writes nothing. */
export function completionScript(shell: Shell, grammar: CompletionGrammar): string {
  return writers[shell](grammar);
}
