import { isDeepStrictEqual } from "node:util";
import { checkAll } from "../../src/check/check-all.ts";
import { diff } from "../../src/check/diff/diff.ts";
import { inspect } from "../../src/check/inspect.ts";
import { list } from "../../src/check/list.ts";
import { exitCodeOf, inspectExitCode } from "../../src/check/model/exit-code.ts";
import type { CheckResult, InspectResult, PluginResult } from "../../src/check/model/result.ts";
import { UsageError } from "../../src/check/model/usage-error.ts";
import { validate } from "../../src/check/validate.ts";
import type { Files } from "../../src/files/files.ts";
import { defaultCarrierNames } from "../../src/manifest/carrier/carrier-names.ts";
import { formats, reportText } from "../../src/report/format.ts";
import { inspectDocument, jsonPieces } from "../../src/report/model/document.ts";
import { failureText } from "../../src/report/model/failure-text.ts";
import { checkAllScreen } from "../../src/report/screen/check-all.ts";
import { inspectScreen } from "../../src/report/screen/inspect.ts";
import { listScreen } from "../../src/report/screen/list.ts";
import { validateScreen } from "../../src/report/screen/validate.ts";
import { countingFiles, memoryFiles } from "../support/memory-files.ts";
import { exampleContext } from "../support/report-context.ts";
import { schemaBreaches } from "../support/report-schema.ts";
import { places, type Scene } from "./scene.ts";

/** What an input must not take: reads and bytes are counted, so that the answer is the same on a slow machine. */
const mostReads = (size: number): number => 40_000 + size / 16;
/** So many times the files' own size may be read, over all questions. */
const mostOften = 400;

/** Buffers that are used again and again may be so much larger than the file, in bytes. */
const spareBuffer = 2 ** 21;

/** What `plugins` answers for a scene: what is said of the plugin, or why the host was refused. */
export interface Answer {
  /** A verdict, or the code of the error that ended the run. */
  readonly outcome: string;
  /** What the plugin was read as, or why it was not. */
  readonly read: string;
  /** What no input may lead to; undefined if all is as it should be. */
  readonly wrong: string | undefined;
}

/** Thrown at once, so that an endless loop ends. It must not look like an error of the file system. */
class TooMuchWork extends Error {
  override readonly name = "TooMuchWork";
}

/** A file system that ends a run which reads too often, too much, or more at once than the file has. */
function bounded(files: Files, size: number): Files {
  let [reads, bytes] = [0, 0];
  return {
    ...files,
    open(path) {
      const file = files.open(path);
      return {
        kind: file.kind,
        size: file.size,
        read(into, at, length, position) {
          reads++;
          bytes += length;
          if (reads > mostReads(size)) throw new TooMuchWork(`more than ${mostReads(size)} reads`);
          if (bytes > size * mostOften) throw new TooMuchWork(`more than ${mostOften} times the files read`);
          if (into.length > file.size + spareBuffer)
            throw new TooMuchWork(`a buffer of ${into.length} bytes for a file of ${file.size}`);
          return file.read(into, at, length, position);
        },
        isChanged: () => file.isChanged(),
        close: () => {
          file.close();
        },
      };
    },
  };
}

/** What a scene's files are read through. */
type Adapter = (files: Files) => Files;

/**
 * Asks what `inspect` and `validate` ask.
 * @param thorough also what the other commands ask, every report and screen, and the same a second time.
 * @param adapter the files as they are, if absent.
 */
export async function answerTo(
  scene: Scene,
  thorough: boolean,
  adapter: Adapter = (files) => files,
): Promise<Answer> {
  const { outcome, read, wrong } = await twice(scene, thorough, adapter);
  return { outcome, read, wrong };
}

async function twice(scene: Scene, thorough: boolean, adapter: Adapter): Promise<Answer> {
  const size = Object.values(scene.files).reduce((sum, { length }) => sum + length, 2 ** 16);
  try {
    const first = await askAll(scene, { size, adapter, thorough });
    if (first.wrong !== undefined || !thorough) return first;
    const second = await askAll(scene, { size, adapter, thorough });
    return first.texts === second.texts ? first : { ...first, wrong: "a second run has a different answer" };
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { outcome: "thrown", read: "unknown", wrong: text.split("\n").slice(0, 6).join("\n") };
  }
}

async function askAll(
  scene: Scene,
  {
    size,
    adapter,
    thorough,
  }: { readonly size: number; readonly adapter: Adapter; readonly thorough: boolean },
): Promise<Answer & { readonly texts: string }> {
  const counting = countingFiles(memoryFiles(scene.files));
  const fileSystem = bounded(adapter(counting), size);
  const wrong: string[] = [];
  const request = { fileSystem, folders: ["/plugins"], host: scene.host };
  const inspected = await inspect(fileSystem, places.plugin);
  const [validated, refusal] = await orUsageError(() => validate({ ...request, files: [places.plugin] }));
  const texts = [documentOf(inspected)];
  if (validated !== undefined) texts.push(await reportOf(validated, "validate"));
  wrong.push(...contradictions(inspected, validated));
  if (thorough) {
    const listed = await list(request);
    const [checked, otherRefusal] = await orUsageError(() => checkAll({ ...request, digests: true }));
    const [, noDifference] = await orUsageError(() =>
      diff(fileSystem, places.plugin, places.host, defaultCarrierNames),
    );
    texts.push(await reportOf(listed, "list"), noDifference?.message ?? "");
    if (checked !== undefined) texts.push(await reportOf(checked, "check-all"));
    if (refusal?.message !== otherRefusal?.message) wrong.push("validate and check-all refuse differently");
    wrong.push(
      ...contradictions(inspected, checked),
      ...disagreements(inspected, listed, validated, checked),
    );
    wrong.push(...(await spoiltReports(inspected, listed, validated, checked)));
  }
  if (counting.stillOpen.size > 0) wrong.push(`left open: ${[...counting.stillOpen].join(", ")}`);
  for (const text of texts) if (text.startsWith("{")) wrong.push(...schemaBreaches(JSON.parse(text)));
  const said = [...texts, refusal?.message ?? ""];
  wrong.push(...said.flatMap(bugsIn));
  const { verdict = "no plugin", loader } = validated?.plugins[0] ?? {};
  return {
    outcome: refusal?.code ?? (loader === undefined ? verdict : `${verdict} (${loader.outcome})`),
    read: inspected.unreadable?.reason ?? inspected.format ?? "unknown",
    wrong: wrong.length === 0 ? undefined : [...new Set(wrong)].join("\n"),
    texts: said.join("\n"),
  };
}

/** Where this program says that it failed itself. */
function bugsIn(text: string): readonly string[] {
  return text.match(/because of a bug in [^"]{0,400}/g) ?? [];
}

async function orUsageError<Result>(
  ask: () => Promise<Result>,
): Promise<[Result | undefined, UsageError | undefined]> {
  try {
    return [await ask(), undefined];
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return [undefined, error];
  }
}

function documentOf(result: InspectResult): string {
  return [...jsonPieces(inspectDocument(result, inspectExitCode(result), exampleContext().tool))].join("");
}

const gate = { allowUnknown: false } as const;
const view = { ...gate, quiet: false } as const;

function contextOf(result: CheckResult, command: "list" | "validate" | "check-all") {
  const exitCode = command === "list" ? 0 : exitCodeOf(result, gate);
  const failure = command === "list" ? undefined : failureText(result, gate);
  return exampleContext({ command, exitCode, failure, gate });
}

function reportOf(result: CheckResult, command: "list" | "validate" | "check-all"): Promise<string> {
  return reportText("json", result, contextOf(result, command));
}

/** Where an answer is better than what it rests on, or rests on something else than `inspect` shows. */
function contradictions(inspected: InspectResult, result: CheckResult | undefined): readonly string[] {
  const wrong: string[] = [];
  for (const { slices, verdict, loader, unreadable, unknowns = [] } of result?.plugins ?? []) {
    if (!isDeepStrictEqual(slices, inspected.slices) || unreadable?.reason !== inspected.unreadable?.reason)
      wrong.push("the check and inspect read different things");
    if ((unreadable !== null) !== (verdict === "unreadable"))
      wrong.push(
        `the verdict ${verdict ?? "none"} of a file that is ${unreadable === null ? "" : "un"}readable`,
      );
    if (verdict === "compatible" && loader !== undefined && loader.outcome !== "loads")
      wrong.push(`compatible, and the loader's answer is ${loader.outcome}`);
    if (verdict === "compatible" && (result?.host?.unreadable ?? null) !== null)
      wrong.push("compatible with a host that cannot be read");
    if (verdict === "unknown" && unknowns.length === 0) wrong.push("unknown without a reason");
  }
  return wrong;
}

/** Where two commands disagree about a file. */
function disagreements(
  inspected: InspectResult,
  listed: CheckResult,
  validated: CheckResult | undefined,
  checked: CheckResult | undefined,
): readonly string[] {
  const wrong: string[] = [];
  const [one] = listed.plugins;
  // A file in a folder is only listed if it looks like a plugin, or is called like one.
  if (one !== undefined && !isSameFile(one, inspected)) wrong.push("list and inspect read different things");
  const [first, second] = [validated?.plugins[0], checked?.plugins[0]];
  if (first?.verdict !== second?.verdict || !isDeepStrictEqual(first?.loader, second?.loader))
    wrong.push("validate and check-all judge differently");
  return wrong;
}

function isSameFile(one: PluginResult, other: PluginResult): boolean {
  const facts = ({ format, arch, size, slices, unreadable, manifest, evidence }: PluginResult) => ({
    ...{ format, arch, size, slices, unreadable, manifest, evidence },
  });
  return isDeepStrictEqual(facts(one), facts(other));
}

/** Control characters that a terminal acts on, but for the end of a line. */
// eslint-disable-next-line no-control-regex
const controls = /[\0-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/;

/** Every format and screen is written. @returns what a terminal would act on. */
async function spoiltReports(
  inspected: InspectResult,
  listed: CheckResult,
  validated: CheckResult | undefined,
  checked: CheckResult | undefined,
): Promise<readonly string[]> {
  const options = { width: 100, color: 0, unicode: true } as const;
  const all = { symbols: true, sections: true, dependencies: true } as const;
  const screens = [
    ["inspect", await inspectScreen(inspected, all, options)],
    ["list", await listScreen(listed, options)],
  ];
  if (validated !== undefined) screens.push(["validate", await validateScreen(validated, view, options)]);
  if (checked !== undefined) {
    screens.push(["check-all", await checkAllScreen(checked, view, options)]);
    for (const format of formats)
      if (format !== "table") await reportText(format, checked, contextOf(checked, "check-all"));
  }
  return screens.flatMap(([name = "", text = ""]) =>
    controls.test(text) ? [`the screen of ${name} has a control character`] : [],
  );
}
