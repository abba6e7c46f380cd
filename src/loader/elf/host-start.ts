import type { Obstacle } from "../prediction.ts";
import type { Step } from "./step.ts";
import type { System } from "./system.ts";

/**
 * What it means for plugins that the host's own loading stumbles over something. On a system that was named for the target, no plugin
 * is ever opened. The running system need not be where the host will run, so there it is but a doubt.
 */
export function wouldNotStart(
  { check, message, cause, subject }: Pick<Obstacle, "check" | "message" | "cause" | "subject">,
  { root }: System,
): Step {
  const words = message ?? cause;
  if (root.isRunningSystem) return { doubt: `the host itself would not start there: ${words}` };
  return {
    outcome: "refused",
    check,
    message: null,
    cause: `the host itself would not start on the target: ${words}`,
    ofHost: true,
    ...(subject === undefined ? {} : { subject }),
  };
}
