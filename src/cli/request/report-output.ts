import { resolve } from "node:path";
import { UsageError } from "../../check/model/usage-error.ts";
import { formats, type Format } from "../../report/format.ts";
import { meansWord, unknownWord } from "../suggestion.ts";

/** One report that was asked for. */
export interface ReportOutput {
  readonly format: Format;
  /** The file it is written to; undefined for stdout. */
  readonly file: string | undefined;
}

/** The flags that ask for reports. */
export interface OutputFlags {
  /** `FORMAT` or `FORMAT=FILE`, as given. */
  readonly output: readonly string[] | undefined;
  readonly json: boolean;
  /** The file of the fix script. */
  readonly "fix-script"?: string | undefined;
}

/**
 * The reports that are asked for; the table on stdout by default.
 * @param allowed the formats that the command supports.
 * @throws UsageError for an unknown or unsupported format, and for two reports in one place.
 */
export function outputsOf(
  { output = [], json, "fix-script": script }: OutputFlags,
  allowed: readonly Format[] = formats,
): readonly ReportOutput[] {
  const asked = output.map((text) => parsed(text, allowed));
  const toStdout = asked.filter(({ file }) => file === undefined);
  const isJsonTwice = json && toStdout.length === 1 && toStdout[0]?.format === "json";
  const outputs: readonly ReportOutput[] =
    json && !isJsonTwice ? [{ format: "json", file: undefined }, ...asked] : asked;
  refuseTwoInOnePlace([
    ...outputs.map(({ format, file }) => ({ name: format, file })),
    ...(script === undefined ? [] : [{ name: "the fix script", file: scriptFile(script) }]),
  ]);
  return outputs.length === 0 ? [{ format: "table", file: undefined }] : outputs;
}

function parsed(text: string, allowed: readonly Format[]): ReportOutput {
  const [, name = "", file] = /^([^=]*)(?:=(.*))?$/s.exec(text) ?? [];
  const format = formats.find((each) => each === name);
  if (format === undefined) {
    const message = `unknown format ${name}`;
    // With most programs, -o takes a file.
    const ending = allowed.find((each) => name.endsWith(`.${each}`));
    throw ending === undefined
      ? unknownWord(message, name, allowed, [`Formats: ${allowed.join(", ")}.`])
      : meansWord(message, name, `${ending}=${name}`, "A file comes after its format.");
  }
  if (!allowed.includes(format)) {
    throw new UsageError("bad-usage", `${format} only supports findings; this command produces none`, [
      `Formats: ${allowed.join(", ")}.`,
    ]);
  }
  if (file === "") throw new UsageError("bad-usage", `--output ${text} names no file`);
  return { format, file: file === "-" ? undefined : file };
}

function scriptFile(script: string): string {
  if (script === "-") {
    throw new UsageError("bad-usage", "--fix-script needs a file, not stdout", [
      "Give it a name: --fix-script fix.sh.",
    ]);
  }
  return script;
}

function refuseTwoInOnePlace(
  outputs: readonly { readonly name: string; readonly file: string | undefined }[],
): void {
  const places = new Map<string | undefined, string>();
  for (const { name, file } of outputs) {
    const place = file === undefined ? undefined : resolve(file);
    const other = places.get(place);
    if (other !== undefined) {
      const where = file ?? "stdout";
      throw new UsageError("bad-usage", `${other} and ${name} cannot both go to ${where}`, [
        "Give all but one of them a file: -o json=report.json -o table.",
      ]);
    }
    places.set(place, name);
  }
}
