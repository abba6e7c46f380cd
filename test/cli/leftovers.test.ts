import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writeReportFile } from "../../src/cli/answer/report-files.ts";
import { notRoot, testWith } from "../support/need.ts";

let folder: string;

const at = (name: string): string => join(folder, name);
const report = '{\n  "$schema": "urn:otelcol-plugins:report:1",\n';
const leftover = ".report.json.0123456789ab";

/** A file that was last written so many seconds ago. */
function written(name: string, text: string, seconds = 3600): string {
  writeFileSync(at(name), text);
  const then = Date.now() / 1000 - seconds;
  utimesSync(at(name), then, then);
  return name;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "plugins-leftovers-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe("a report that is written", () => {
  it.each([
    ["half a report", report],
    ["nothing", ""],
  ])("removes %s that a killed run left beside it", (_, text) => {
    written(leftover, text);
    written(".report.json.ba9876543210", text, 61);
    writeReportFile(at("report.json"), `${report}}\n`);
    expect(readdirSync(folder)).toEqual(["report.json"]);
    expect(readFileSync(at("report.json"), "utf8")).toBe(`${report}}\n`);
  });

  it("leaves what a run may still write", () => {
    written(leftover, report, 30);
    writeReportFile(at("report.json"), report);
    expect(existsSync(at(leftover))).toBe(true);
  });

  it.each([
    "report.json.0123456789ab",
    ".report.json.0123456789",
    ".report.json.0123456789abc",
    ".report.json.0123456789AB",
    ".report.json.0123456789ab.txt",
    ".other.json.0123456789ab",
  ])("leaves %s", (name) => {
    written(name, report);
    writeReportFile(at("report.json"), report);
    expect(existsSync(at(name))).toBe(true);
  });

  it("leaves a file of that name that is not a report, a link, and a folder", () => {
    written(leftover, "my notes\n");
    written("target", report);
    symlinkSync("target", at(".report.json.111111111111"));
    mkdirSync(at(".report.json.222222222222"));
    writeReportFile(at("report.json"), report);
    expect(readdirSync(folder).sort()).toEqual([
      leftover,
      ".report.json.111111111111",
      ".report.json.222222222222",
      "report.json",
      "target",
    ]);
  });

  testWith(notRoot, "leaves that of a different user", () => {
    written(leftover, report);
    chownSync(at(leftover), 12345, 12345);
    writeReportFile(at("report.json"), report);
    expect(existsSync(at(leftover))).toBe(true);
  });
});
