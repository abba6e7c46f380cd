import type { Obstacle, Prediction } from "../prediction.ts";
import { abilitySteps } from "./host-steps.ts";
import type { GoHost } from "./host.ts";
import {
  afterOpening,
  freshProcess,
  type HostProcess,
  type LoadedModule,
  type OpenedFile,
} from "./host-process.ts";
import { moduleSteps, type ModuleSteps } from "./module-steps.ts";
import { openTexts, type OpenTexts } from "./open-text.ts";
import type { GoPlugin } from "./plugin.ts";
import { sanitizerSteps } from "./sanitizer.ts";
import { obstacle, predictionOf, undecided, type Step } from "./step.ts";

/** What else plugin.Open goes by. */
export interface OpenRequest {
  /** As given to plugin.Open. */
  readonly name: string;
  /** What realpath(3) makes of it; null where it fails. */
  readonly realPath: string | null;
  /** dlopen's answer for `realPath`, in its own words. */
  readonly dlopen: Prediction;
}

/**
 * The answer of Go's plugin.Open for a file that is the first one the host opens (Go: src/plugin/plugin_dlopen.go, open).
 * @param plugin undefined where the file is no object file that can be read: then dlopen's answer decides.
 */
export function predictPluginOpen(
  plugin: GoPlugin | undefined,
  host: GoHost,
  request: OpenRequest,
): Prediction {
  return openNext(freshProcess, plugin, host, request).prediction;
}

/**
 * The answers for several files in the order in which one host opens them. A file that would crash the host counts as not opened for
 * those after it: they are judged as if it were taken away.
 */
export function predictPluginSet(
  plugins: readonly { readonly plugin: GoPlugin | undefined; readonly request: OpenRequest }[],
  host: GoHost,
): readonly Prediction[] {
  let process = freshProcess;
  return plugins.map(({ plugin, request }) => {
    const next = openNext(process, plugin, host, request);
    process = next.process;
    return next.prediction;
  });
}

interface Opening {
  readonly prediction: Prediction;
  readonly process: HostProcess;
}

function openNext(
  process: HostProcess,
  plugin: GoPlugin | undefined,
  host: GoHost,
  request: OpenRequest,
): Opening {
  const { name, realPath, dlopen } = request;
  const texts = openTexts(host);
  const ability = abilitySteps(host);
  if (realPath === null) {
    const steps = [...ability, realpathStep(texts, name)];
    return { prediction: predictionOf(steps, dlopen.needs), process };
  }
  const earlier = process.opened.get(realPath);
  if (earlier !== undefined) {
    return { prediction: openedBefore(earlier, texts, name), process };
  }
  const sanitizer = plugin === undefined ? [] : sanitizerSteps(plugin, host);
  const asked = [...ability, ...dlopenSteps(dlopen, texts, name), ...sanitizer];
  const found: ModuleSteps =
    plugin === undefined
      ? { steps: unreadableSteps(asked), mapped: {} }
      : moduleSteps(process, plugin, host, texts.isOld);
  const refused = found.steps.map((step) => worded(step, (text) => texts.refused(name, text)));
  const prediction = predictionOf([...asked, ...refused], dlopen.needs);
  const isReached = !asked.some((step) => step.kind === "obstacle");
  if (!isReached || prediction.outcome === "crash") return { prediction, process };
  return { prediction, process: processAfter(process, name, realPath, found, prediction, asked.length > 0) };
}

function realpathStep(texts: OpenTexts, name: string): Step {
  return obstacle({
    outcome: "refused",
    check: "realpath",
    message: texts.realpathFailed(name),
    cause:
      "No file is found by that name: it is missing, a link leads nowhere, or a folder on the way cannot be entered.",
  });
}

/** The loader's answer as plugin.Open hands it on; a crash is the loader's own. */
function dlopenSteps(dlopen: Prediction, texts: OpenTexts, name: string): readonly Step[] {
  switch (dlopen.outcome) {
    case "loads":
      return [];
    case "unknown":
      return [undecided(dlopen.reason)];
    case "refused":
    case "crash":
      // A program cannot be linked with package plugin and without dlopen.
      if (dlopen.first.check === "no-loader" && dlopen.first.message === null) {
        return [
          undecided("The host links package plugin, and dlopen, which that calls, was not found in it."),
        ];
      }
      return [dlopen.first, ...dlopen.further].map((one) =>
        worded(obstacle(one), (said) => texts.loaderSaid(name, said)),
      );
  }
}

/** What package plugin puts around the words of a refusal; a crash has its own. */
function worded(step: Step, around: (text: string) => string): Step {
  if (step.kind === "unknown" || step.obstacle.outcome === "crash" || step.obstacle.message === null)
    return step;
  return obstacle({ ...step.obstacle, message: around(step.obstacle.message) });
}

/** A file that our readers do not take may still be one that the loader takes. */
function unreadableSteps(asked: readonly Step[]): readonly Step[] {
  return asked.length > 0
    ? []
    : [undecided("The loader takes the file, but what it holds could not be read.")];
}

/** The second time nothing is looked at but what package plugin remembers. Go 1.8 and 1.9 come to the same failure again. */
function openedBefore(earlier: OpenedFile, texts: OpenTexts, name: string): Prediction {
  switch (earlier.outcome) {
    case "loaded":
      return { outcome: "loads", needs: [] };
    case "failed": {
      const first: Obstacle = {
        outcome: "refused",
        check: earlier.check,
        message: texts.previousFailure(name, earlier.text),
        cause: `The same file was refused before, and plugin.Open remembers it. ${earlier.cause}`,
      };
      return { outcome: "refused", first, further: [], needs: [] };
    }
    case "stuck":
      return {
        outcome: "unknown",
        reason: "The same file was left half open before: plugin.Open waits for it and never returns.",
        needs: [],
      };
    case "uncertain":
      return {
        outcome: "unknown",
        reason: "The same file comes before, and what became of it is not known.",
        needs: [],
      };
  }
}

/** @param isAskedInVain something before the module's own checks is not known. */
function processAfter(
  process: HostProcess,
  name: string,
  realPath: string,
  { steps, mapped }: ModuleSteps,
  prediction: Prediction,
  isAskedInVain: boolean,
): HostProcess {
  const { symbolPath, hashes, cutsList = false } = mapped;
  const refusal = steps.find((step) => step.kind === "obstacle")?.obstacle;
  const isLoaded = refusal === undefined || refusal.check === "missing-export";
  const isCertain = !isAskedInVain && prediction.outcome !== "unknown";
  const state = !isCertain ? "uncertain" : isLoaded ? "loaded" : "refused";
  return afterOpening(process, realPath, openedAs(state, refusal), {
    ...(hashes !== undefined && { scope: { name, hashes, isCertain: !isAskedInVain } }),
    ...(symbolPath !== undefined && { module: { name, symbolPath, state } }),
    cutsList,
  });
}

function openedAs(state: LoadedModule["state"], refusal: Obstacle | undefined): OpenedFile {
  if (state === "uncertain") return { outcome: "uncertain" };
  if (refusal === undefined) return { outcome: "loaded" };
  if (state === "loaded") return { outcome: "stuck" };
  const { check, cause, message } = refusal;
  return { outcome: "failed", text: message ?? "", check, cause };
}
