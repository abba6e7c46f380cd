import type { Content } from "../artifact/artifact.ts";
import { unreadable, unreadableText } from "../artifact/unreadable.ts";
import { once } from "../object/once.ts";
import { fileErrorCode, realPathOf } from "../files/files.ts";
import type { Language } from "../language/language-facts.ts";
import { languages } from "../language/languages.ts";
import { FormatError } from "../object/format-error.ts";
import { ChangedFileError, NotAFileError } from "../object/image.ts";
import type { OpenedSlice } from "../object/open.ts";
import type { PluginFile } from "./elf/plugin-file.ts";
import { predictDlopen } from "./dlopen/predict.ts";
import { predictDyld } from "./dyld/predict.ts";
import { classifyMismatch, type MismatchCause } from "./go/mismatch-cause.ts";
import { foreignOpener, type ForeignOpener } from "./go/foreign-opener.ts";
import { linkedOpener } from "./go/linked-opener.ts";
import type { GoHost } from "./go/host.ts";
import { predictPluginOpen } from "./go/plugin-open.ts";
import { readGoPlugin, type GoPlugin } from "./go/plugin.ts";
import type { LoadingHost } from "./loading-host.ts";
import type { Prediction } from "./prediction.ts";

/** The predicted result of loading one plugin into one host. */
export interface PredictedLoad {
  readonly prediction: Prediction;
  /** What opens it: Go's package plugin, or the system's loader without it. */
  readonly opener: "plugin.Open" | "dlopen";
  /** The plugin as plugin.Open sees it; undefined if the host would not call plugin.Open, or the file is not an object file. */
  readonly plugin: GoPlugin | undefined;
  /** Why package hashes differ, in the order in which to fix it. */
  readonly causes: readonly MismatchCause[];
}

/**
 * What a plugin is written in, as far as known. A Go host opens Go plugins with plugin.Open, and everything else with dlopen; a file
 * that cannot be read counts as what the host loads.
 */
export type WrittenIn = Language | "unknown" | "unreadable";

/** A plugin that was opened once: what is predicted is of the bytes that its evidence was read from. */
export interface PluginAtHand {
  readonly path: string;
  readonly content: Content;
}

/**
 * The loader's answer for a file that is the first one the host opens. None of its code is run.
 * @param declared languages that the host's manifests say it loads: then it has a way to open them.
 * @throws what neither file is to blame for: a bug.
 */
export function predictLoad(
  plugin: PluginAtHand,
  language: WrittenIn,
  host: LoadingHost,
  declared: readonly Language[] = [],
): PredictedLoad {
  const { path, content } = plugin;
  const realPath = realPathOf(host.files, path);
  const slices = content.kind === "open" ? content.slices : [];
  const go = once(() => goPluginOf(slices, host.arch));
  const opener = openerOf(language, go, host, declared);
  const given = givenTo(path, realPath, opener.opener === "plugin.Open");
  if (content.kind === "not-opened") {
    const { error } = content;
    const failure = failureOf(error);
    return failure === undefined
      ? notRead(path, error)
      : answer({ path, realPath, file: { error: failure, path: given }, go }, host, opener);
  }
  const { image } = content;
  try {
    const file = { source: image, path: given, realPath: realPath ?? path };
    return answer({ path, realPath, file, go }, host, opener);
  } catch (error) {
    if (!isOfFile(error)) throw error;
    return notRead(path, error);
  }
}

/** plugin.Open passes on the real path; the loader would search the system's folders for a name without a slash. */
function givenTo(path: string, realPath: string | undefined, isForGo: boolean): string {
  if (isForGo) return realPath ?? path;
  return path.includes("/") ? path : `./${path}`;
}

function notRead(path: string, error: unknown): PredictedLoad {
  const text = unreadableText(unreadable(path, null, error));
  return plainly({ outcome: "unknown", why: `${text.charAt(0).toUpperCase()}${text.slice(1)}.`, needs: [] });
}

/** What is unknown of the way in which a host opens a file; that dlopen refuses it holds for every way. */
function unlessRefused(dlopen: Prediction, why: string): Prediction {
  if (dlopen.outcome === "refused" || dlopen.outcome === "crash") return dlopen;
  return {
    outcome: "unknown",
    why: dlopen.outcome === "unknown" ? `${why} ${dlopen.why}` : why,
    needs: dlopen.needs,
  };
}

/** What is opened. */
interface Opened {
  readonly path: string;
  readonly realPath: string | undefined;
  readonly file: PluginFile;
  /** Of the file as plugin.Open sees it. */
  readonly go: () => GoPlugin | undefined;
}

function answer(
  { path, realPath, file, go: goPlugin }: Opened,
  host: LoadingHost,
  opener: ForeignOpener,
): PredictedLoad {
  const { go } = host;
  const dlopen = systemAnswer(file, host);
  if (opener.opener === "unknown") return plainly(unlessRefused(dlopen, opener.why));
  if (go === undefined || opener.opener === "dlopen") return plainly(dlopen);
  const plugin = goPlugin();
  return {
    prediction: predictPluginOpen(plugin, go, { name: path, realPath: realPath ?? null, dlopen }),
    opener: "plugin.Open",
    plugin,
    causes: plugin === undefined ? [] : classifyMismatch(plugin, go),
  };
}

function openerOf(
  language: WrittenIn,
  goPlugin: () => GoPlugin | undefined,
  { go, system }: LoadingHost,
  declared: readonly Language[],
): ForeignOpener {
  if (go === undefined) return { opener: "dlopen" };
  if (language === "unreadable") return { opener: loadsGo(go) ? "plugin.Open" : "dlopen" };
  const linked = (): string | undefined =>
    system.kind === "dlopen" ? linkedOpener(system.host, system.target) : "what it links is unknown";
  const isDeclared = declared.some((each) => each === language);
  if (language !== "unknown" && languages[language].opener === "plugin.Open") {
    // A host that says that it loads Go's opens all of them with package plugin, if it has it.
    const mayDiffer = !(isDeclared && loadsGo(go)) && isOrdinary(goPlugin());
    return mayDiffer && callsDlopen(go.ability)
      ? foreignOpener(go.ability, linked, false)
      : { opener: "plugin.Open" };
  }
  return foreignOpener(go.ability, linked, isDeclared);
}

/** Whether a Go file is a library like any other, built with -buildmode=c-shared: only dlopen can open it. */
function isOrdinary(plugin: GoPlugin | undefined): boolean {
  if (plugin === undefined) return false;
  const { table, sharesModuleList } = plugin;
  return !table.known && sharesModuleList.known && !sharesModuleList.value;
}

/** Whether the host may call dlopen by code of its own. */
function callsDlopen({ loaders, dynamic }: GoHost["ability"]): boolean {
  if (!dynamic.known || !dynamic.value) return false;
  const found = loaders();
  return !found.known || found.value === "dlopen" || found.value === "both";
}

function loadsGo({ ability: { pluginPackage } }: GoHost): boolean {
  return pluginPackage.known && pluginPackage.value === "linked";
}

function systemAnswer(file: PluginFile, { files, system }: LoadingHost): Prediction {
  switch (system.kind) {
    case "dlopen":
      return predictDlopen(file, system.host, system.target);
    case "dyld":
      if ("error" in file) return { outcome: "unknown", why: "The file cannot be read.", needs: [] };
      return predictDyld({ source: file.source, path: file.path }, system.host, {
        files,
        ...(system.root === undefined ? {} : { root: system.root }),
      });
    case "unknown":
      return { outcome: "unknown", why: system.why, needs: [] };
  }
}

/** The slice that the host's system takes; the first if none fits. Undefined if it is not an object file that can be read. */
function goPluginOf(slices: readonly OpenedSlice[], arch: string): GoPlugin | undefined {
  const object = (slices.find((slice) => slice.object.arch === arch) ?? slices[0])?.object;
  try {
    return object && readGoPlugin(object);
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

function plainly(prediction: Prediction): PredictedLoad {
  return { prediction, opener: "dlopen", plugin: undefined, causes: [] };
}

/** Whether the error is the file's: its format, or what the system answers when it is opened. Anything else is a bug. */
function isOfFile(error: unknown): error is Error {
  return (
    error instanceof FormatError ||
    error instanceof NotAFileError ||
    error instanceof ChangedFileError ||
    (error instanceof Error && fileErrorCode(error) !== undefined)
  );
}

/** How the loader's own open(2) and read(2) would fail. */
function failureOf(error: unknown): "missing" | "folder" | "no-permission" | undefined {
  if (error instanceof NotAFileError) return error.kind === "folder" ? "folder" : undefined;
  switch (fileErrorCode(error)) {
    case "ENOENT":
    case "ENOTDIR":
      return "missing";
    case "EISDIR":
      return "folder";
    case "EACCES":
      return "no-permission";
    default:
      return undefined;
  }
}
