import type { Obstacle } from "./obstacle.ts";
import { assumption, targetOptions, type Step, type TargetFact } from "./step.ts";

/**
 * What a loader will answer, as far as the files tell.
 *
 * The same for plugin.Open, dlopen and dyld: a loader goes through its checks in a fixed order, and some of them need facts that
 * the files do not contain. Something unknown never passes: without an obstacle the prediction is `unknown`. So it is if the
 * target must have something and is not known to. An obstacle that comes
 * after something unknown is still certain, so the file fails. But the loader may stop earlier and print something else: the message
 * of such an obstacle is null, and what is unknown is kept beside it. Where even the obstacle depends on what is unknown, the walk
 * ends at the unknown.
 */
export type Prediction = Loads | Fails | Unknown;

export interface Loads {
  readonly outcome: "loads";
  /** What is taken for granted, since no file can tell it. A file with other open needs does not surely load. */
  readonly needs: readonly string[];
}

export interface Fails {
  /** Of `first`. If something before it is unknown, the loader may fail there instead, and then possibly with the other outcome. */
  readonly outcome: "refused" | "crash";
  /** The first certain obstacle. */
  readonly first: Obstacle;
  /** The obstacles after it, in the loader's order. */
  readonly further: readonly Obstacle[];
  /** What is unknown before `first`, in whole sentences. */
  readonly unknown?: string;
  /** What must hold on the target besides, and is not known to: "glibc >= 2.34", "libssl.so.3". */
  readonly needs: readonly string[];
}

export interface Unknown {
  readonly outcome: "unknown";
  /** What is missing, and what would make it known, in whole sentences. */
  readonly why: string;
  /** What must hold on the target, and is not known to. If nothing else is unknown, the file loads exactly if all of it does. */
  readonly needs: readonly string[];
}

/** No more obstacles are listed. */
const mostObstacles = 4096;

/** The loader's answer from its checks. Reads no step behind the one at which the walk ends. */
export function predictionOf(steps: Iterable<Step>): Prediction {
  const obstacles: Obstacle[] = [];
  const needs = new Set<string>();
  const open = new Map<string, TargetFact | undefined>();
  const whys = new Set<string>();
  let before: string | undefined;
  for (const step of steps) {
    if (step.kind === "need") {
      needs.add(step.need);
      if (step.assumed !== true) open.set(step.need, step.toldBy);
    } else if (step.kind === "unknown") {
      whys.add(step.why);
      if (step.ends) break;
    } else {
      if (obstacles.length === 0 && whys.size > 0) before = summed(whys);
      obstacles.push(whys.size === 0 ? step.obstacle : { ...step.obstacle, message: null });
      if (obstacles.length >= mostObstacles) break;
    }
  }
  const [first, ...further] = obstacles;
  if (first !== undefined) {
    const unknown = before === undefined ? {} : { unknown: before };
    return { outcome: first.outcome, first, further, ...unknown, needs: [...needs] };
  }
  if (whys.size > 0) return { outcome: "unknown", why: summed(whys), needs: [...needs] };
  if (open.size > 0) return { outcome: "unknown", why: openNeeds(open), needs: [...needs] };
  return { outcome: "loads", needs: [...needs] };
}

/** The steps of a prediction that another loader's answer is made of. */
export function* stepsOf(prediction: Prediction): Generator<Step, void, undefined> {
  // What is open among them makes it unknown below.
  for (const need of prediction.needs) yield assumption(need);
  if (prediction.outcome === "loads") return;
  const why = prediction.outcome === "unknown" ? prediction.why : prediction.unknown;
  if (why !== undefined) yield { kind: "unknown", why, ends: false };
  if (prediction.outcome === "unknown") return;
  for (const one of [prediction.first, ...prediction.further]) yield { kind: "obstacle", obstacle: one };
}

/** Why a file fails, with what is unknown before that. */
export function causeOf({ first, unknown }: Pick<Fails, "first" | "unknown">): string {
  return unknown === undefined
    ? first.cause
    : `${first.cause} The loader may stop earlier with another message: ${unknown}`;
}

/** Named in a sentence; more are counted. */
const NAMED_NEEDS = 5;

function openNeeds(open: ReadonlyMap<string, TargetFact | undefined>): string {
  const names = [...open.keys()];
  const more = names.length - NAMED_NEEDS;
  const listed = names.slice(0, NAMED_NEEDS).join(", ") + (more > 0 ? ` and ${more} more` : "");
  const facts = [...new Set(open.values())].filter((fact) => fact !== undefined);
  const told =
    facts.length === 0 ? "" : ` Pass ${facts.map((fact) => targetOptions[fact]).join(" or ")} to find out.`;
  return `It loads only if the target has ${listed}, which is not known.${told}`;
}

function summed(whys: ReadonlySet<string>): string {
  const [first = "", ...others] = whys;
  if (others.length === 0) return first;
  return `${first} ${others.length === 1 ? "One more thing is" : `${others.length} more things are`} unknown.`;
}
