import { resolve } from "node:path";
import { UsageError } from "../check/model/usage-error.ts";
import { formats, type Format } from "../report/format.ts";
import { didYouMean } from "./suggestion.ts";

/** One report that was asked for. */
export interface ReportOutput {
  readonly format: Format;
  /** Where it goes; undefined for stdout. */
  readonly file: string | undefined;
}

/** The flags that say so. */
export interface OutputFlags {
  /** `FORMAT` or `FORMAT=FILE`, as given. */
  readonly output: readonly string[] | undefined;
  readonly json: boolean;
}

/**
 * The reports that are asked for; the table on stdout where none is.
 * @param allowed the formats that make sense of the command.
 * @throws UsageError for a format that is not known or not allowed, and for two reports in one place.
 */
export function outputsOf(
  { output = [], json }: OutputFlags,
  allowed: readonly Format[] = formats,
): readonly ReportOutput[] {
  const asked = output.map((text) => parsed(text, allowed));
  const toStdout = asked.filter(({ file }) => file === undefined);
  const isJsonTwice = json && toStdout.length === 1 && toStdout[0]?.format === "json";
  const outputs: readonly ReportOutput[] =
    json && !isJsonTwice ? [{ format: "json", file: undefined }, ...asked] : asked;
  refuseTwoInOnePlace(outputs);
  return outputs.length === 0 ? [{ format: "table", file: undefined }] : outputs;
}

function parsed(text: string, allowed: readonly Format[]): ReportOutput {
  const [, name = "", file] = /^([^=]*)(?:=(.*))?$/s.exec(text) ?? [];
  const format = formats.find((each) => each === name);
  if (format === undefined) {
    throw new UsageError("bad-usage", `unknown format ${name}`, [
      ...didYouMean(name, allowed),
      `Formats: ${allowed.join(", ")}.`,
    ]);
  }
  if (!allowed.includes(format)) {
    throw new UsageError("bad-usage", `${format} is for findings, and nothing is judged here`, [
      `Formats: ${allowed.join(", ")}.`,
    ]);
  }
  if (file === "") throw new UsageError("bad-usage", `--output ${text} names no file`);
  return { format, file: file === "-" ? undefined : file };
}

function refuseTwoInOnePlace(outputs: readonly ReportOutput[]): void {
  const places = new Map<string | undefined, Format>();
  for (const { format, file } of outputs) {
    const place = file === undefined ? undefined : resolve(file);
    const other = places.get(place);
    if (other !== undefined) {
      const where = file ?? "stdout";
      throw new UsageError("bad-usage", `${other} and ${format} cannot both go to ${where}`, [
        "Name a file for each but one: -o json=report.json -o table.",
      ]);
    }
    places.set(place, format);
  }
}
