import type { Diagnosis } from "../../check/explain/diagnosis.ts";
import type { ErrorExplanation, RuleExplanation, RuleLine } from "../../check/explain/explain.ts";
import type { Fix } from "../../language/fix.ts";
import { confidences, type FixSteps } from "../../rules/rule-page.ts";
import type { Explanation } from "../model/explain-document.ts";
import { causesOf, type Cause } from "../model/cause.ts";
import type { Finding } from "../../rules/finding.ts";
import { causeBlocks, type CauseView } from "./block/cause-block.ts";
import { labelled, paragraph, value } from "./layout/paragraph.ts";
import { onScreen } from "./layout/screen.ts";
import type { ScreenOptions, Style } from "./layout/style.ts";
import { renderTable } from "./layout/table.ts";
import { languageName } from "../model/language-name.ts";
import { pageHeadings } from "../model/page-heading.ts";
import { sentence } from "../model/problem-text.ts";
import { severityLooks, verdictLooks } from "../model/look.ts";

/** `plugins explain`: a rule, all of them, or what a loader said. */
export function explainScreen(explained: Explanation, options: ScreenOptions): Promise<string> {
  return onScreen(options, (style) => {
    switch (explained.topic) {
      case "rules":
        return ruleTable(explained.rules, style);
      case "rule":
        return rulePage(explained.rule, style).join("\n");
      case "error":
        return errorPages([explained.error, ...explained.further], style).join("\n");
    }
  });
}

function ruleTable(rules: readonly RuleLine[], style: Style): string {
  return renderTable<RuleLine>(
    [
      { head: "RULE", cell: ({ id }) => ({ text: id, tone: "strong" }) },
      {
        head: "SEVERITY",
        cell: ({ severity }) => ({ text: severity, tone: severityLooks[severity].tone }),
      },
      { head: "PROBLEM", cell: ({ title }) => ({ text: title }), shrinkTo: 24 },
    ],
    rules,
    style,
  ).text;
}

function rulePage(rule: RuleExplanation, style: Style): readonly string[] {
  const { tone } = severityLooks[rule.severity];
  return [
    style.paint.strong(rule.id),
    ...texts([sentence(rule.says)], style),
    ...labelledLines(
      [
        ["severity", style.paint[tone](rule.severities)],
        ["evidence", confidences[rule.confidence]],
      ],
      style,
    ),
    ...section(pageHeadings.why, texts(rule.why, style), style),
    ...section(pageHeadings.found, texts(rule.found, style), style),
    ...section(pageHeadings.fix, fixSteps(rule.fix, style), style),
    ...section(pageHeadings.accept, texts([rule.accept], style), style),
    ...section("See also", texts([rule.related.join(", "), rule.documentation], style), style),
  ];
}

/** A log with several messages: a page each. */
function errorPages(errors: readonly ErrorExplanation[], style: Style): readonly string[] {
  if (errors.length === 1) return errors.flatMap((error) => errorPage(error, style));
  const total = String(errors.length);
  return [
    ...paragraph(`This text contains ${total} different messages. Each is explained once.`, 0, style),
    ...errors.flatMap((error, at) => ["", ...errorPage(error, style, `${String(at + 1)}/${total} `)]),
  ];
}

function errorPage(error: ErrorExplanation, style: Style, number = ""): readonly string[] {
  const { message, count, meaning, causes, next, files } = error;
  const who = { go: "Go", glibc: "glibc", musl: "musl", dyld: "macOS (dyld)" }[message.loader];
  const fate = message.outcome === "crash" ? "the host process dies" : "the host receives an error";
  const often = count === 1 ? "" : `${style.marks.dash}${String(count)} times`;
  return [
    style.paint.strong(
      `${number}${who}${style.marks.dash}${message.check}${style.marks.dash}${fate}${often}`,
    ),
    ...paragraph(style.text(message.text), 2, style),
    ...(message.previousFailure
      ? paragraph(
          "The host tried to open this file before, and Go repeats that error. After replacing the file, restart the host.",
          2,
          style,
        )
      : []),
    ...section("What it means", texts([meaning], style), style),
    ...(files === null ? [] : section("What these files say", diagnosis(files, style), style)),
    ...section(
      files === null || files.findings.length === 0
        ? "Possible causes, most likely first"
        : "Other possible causes",
      causes.flatMap((cause, at) => numbered(at + 1, cause, style)),
      style,
    ),
    ...section(
      "What to do next",
      next.flatMap((step) => stepLines(step, style)),
      style,
    ),
  ];
}

function diagnosis(files: Diagnosis, style: Style): readonly string[] {
  const { mark, tone } = verdictLooks[files.verdict];
  const sign = `${style.marks[mark]} ${files.verdict}`;
  const path = value(files.path, style);
  const theirs = `host: ${value(files.host, style)}`;
  const isTogether = style.width === null || style.measure(`  ${sign}  ${path}  ${theirs}`) <= style.width;
  const head = `  ${style.paint[tone](sign)}  ${path}`;
  const host = style.paint.faint(theirs);
  return [
    ...(isTogether ? [`${head}  ${host}`] : [head, `    ${host}`]),
    ...paragraph(style.text(files.conclusion), 2, style),
    ...causeBlocks(inOrder(files.findings), view, style),
    ...(files.others.length === 0
      ? []
      : [
          ...paragraph("`plugins validate` also finds:", 2, style),
          ...causeBlocks(inOrder(files.others), view, style),
        ]),
  ];
}

const view: CauseView = { depth: "full", nameOf: undefined, isNumbered: false, indent: 2 };

/** Cause by cause, the one of the first finding first. */
function inOrder(findings: readonly Finding[]): readonly Cause[] {
  const place = ({ members: [member] }: Cause): number =>
    findings.findIndex((finding) => finding === member?.findings[0]);
  return [...causesOf({ plugins: [], findings })].sort((one, other) => place(one) - place(other));
}

function section(title: string, lines: readonly string[], style: Style): readonly string[] {
  return ["", style.paint.strong(title), ...lines];
}

function texts(all: readonly string[], style: Style): readonly string[] {
  return all.flatMap((text) => paragraph(style.text(text), 2, style));
}

function labelledLines(
  rows: readonly (readonly [label: string, text: string])[],
  style: Style,
): readonly string[] {
  return rows.map(([label, text]) => `  ${style.paint.faint(label.padEnd(10))}${text}`);
}

function numbered(number: number, text: string, style: Style): readonly string[] {
  return paragraph(style.text(text), 5, style).map((line, at) =>
    at === 0 ? `  ${String(number)}. ${line.slice(5)}` : line,
  );
}

function fixSteps(all: readonly FixSteps[], style: Style): readonly string[] {
  return all.flatMap(({ language, steps }) => [
    ...(language === "any" ? [] : [`  ${style.paint.faint(languageName(language))}`]),
    ...steps.flatMap((step) => stepLines(step, style, language === "any" ? 2 : 4)),
  ]);
}

/** A command stays on one line, whatever the screen's width, so that it can be copied. */
function stepLines(step: Fix, style: Style, indent = 2): readonly string[] {
  if (step.kind === "advice") {
    const lines = paragraph(style.text(step.text), indent + 2, style);
    return lines.map((text, at) => (at === 0 ? `${" ".repeat(indent)}- ${text.slice(indent + 2)}` : text));
  }
  const line = `${" ".repeat(indent)}$ ${style.paint.strong(style.text(step.run))}`;
  return [line, ...labelled("note", step.note, indent + 2, style)];
}
