import type { Obstacle } from "../obstacle.ts";
import { obstacle, unknownFromHere, type Step } from "../step.ts";
import type { System } from "./system.ts";

/**
 * What it means for plugins that the host itself does not start. On a system that was named as the target, no plugin is ever opened.
 * The running system need not be the one where the host will run: there it only leaves open what the process would contain.
 */
export function wouldNotStart(
  { check, message, cause, subject }: Pick<Obstacle, "check" | "message" | "cause" | "subject">,
  { root }: System,
): Exclude<Step, { kind: "need" }> {
  const why = message === null ? cause : `${message}.`;
  if (root.isRunningSystem) return unknownFromHere(`The host itself would not start on this system: ${why}`);
  const of = subject === undefined ? {} : { subject };
  return obstacle(ofUnstartedHost({ outcome: "refused", check, message: null, cause: why, ...of }));
}

/** What keeps a host from starting on its target, as what keeps every plugin from being opened. */
export function ofUnstartedHost(obstacle: Obstacle): Obstacle {
  const cause = `The host itself would not start on the target: ${obstacle.cause}`;
  return { ...obstacle, message: null, cause, ofHost: true };
}
