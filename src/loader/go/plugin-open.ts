import type { Obstacle } from "../obstacle.ts";
import { predictionOf, stepsOf, type Prediction } from "../prediction.ts";
import { obstacle, unknown, type Step } from "../step.ts";
import { abilitySteps } from "./host-steps.ts";
import type { GoHost } from "./host.ts";
import { GO } from "./messages.ts";
import { moduleSteps } from "./module-steps.ts";
import { openTexts, type OpenTexts } from "./open-text.ts";
import type { GoPlugin } from "./plugin.ts";
import { sanitizerSteps } from "./sanitizer.ts";

/** What else plugin.Open depends on. */
export interface OpenRequest {
  /** As given to plugin.Open. */
  readonly name: string;
  /** The result of realpath(3); null if it fails. */
  readonly realPath: string | null;
  /** dlopen's answer for `realPath`, in its own words. */
  readonly dlopen: Prediction;
}

/**
 * The answer of Go's plugin.Open for a file that is the first one the host opens (Go: src/plugin/plugin_dlopen.go, open).
 * @param plugin undefined if the file is not an object file that can be read: then dlopen's answer decides.
 */
export function predictPluginOpen(
  plugin: GoPlugin | undefined,
  host: GoHost,
  request: OpenRequest,
): Prediction {
  return predictionOf(steps(plugin, host, request));
}

function steps(
  plugin: GoPlugin | undefined,
  host: GoHost,
  { name, realPath, dlopen }: OpenRequest,
): readonly Step[] {
  const texts = openTexts(host);
  const ability = abilitySteps(host);
  if (realPath === null) return [...ability, realpathStep(texts, name)];
  const asked = [...ability, ...dlopenSteps(dlopen, texts, name)];
  if (plugin === undefined) return [...asked, ...unreadableSteps(asked)];
  const found = moduleSteps(plugin, host, texts.isOld).map((step) =>
    worded(step, (text) => texts.afterDlopen(name, text)),
  );
  return [...asked, ...sanitizerSteps(plugin, host), ...found];
}

function realpathStep(texts: OpenTexts, name: string): Step {
  // Go 1.8 and 1.9 name the file without quotation marks, and only here.
  const message = texts.isOld
    ? `plugin.Open(${name}): ${GO.realpath.words}`
    : texts.around(name, GO.realpath.words);
  return obstacle({
    outcome: "refused",
    check: "realpath",
    message,
    cause:
      "There is no such file: it is missing, a symbolic link is broken, or a parent folder is not accessible.",
  });
}

/** The loader's answer as plugin.Open passes it on; a crash is the loader's own. */
function dlopenSteps(dlopen: Prediction, texts: OpenTexts, name: string): readonly Step[] {
  // A program cannot be linked with package plugin and without dlopen.
  if ("first" in dlopen && dlopen.first.check === "no-loader" && dlopen.first.message === null) {
    return [
      unknown("The host links package plugin, but dlopen, which that calls, was not found in the host."),
    ];
  }
  return [...stepsOf(dlopen)].map((step) => worded(step, (said) => texts.around(name, said)));
}

/** What package plugin puts around the words of a refusal; a crash has its own. */
function worded(step: Step, around: (text: string) => string): Step {
  return step.kind === "obstacle" ? obstacle(wordedObstacle(step.obstacle, around)) : step;
}

function wordedObstacle(one: Obstacle, around: (text: string) => string): Obstacle {
  return one.outcome === "crash" || one.message === null ? one : { ...one, message: around(one.message) };
}

/** A file that our readers reject may still be one that the loader accepts. */
function unreadableSteps(asked: readonly Step[]): readonly Step[] {
  return asked.some(({ kind }) => kind !== "need")
    ? []
    : [unknown("The loader accepts the file, but its content could not be read.")];
}
