import type { PackageCause, PackageDiff } from "../../../check/diff/packages.ts";
import { paragraph } from "../layout/paragraph.ts";
import type { Style } from "../layout/style.ts";
import { counted } from "../../model/verdict.ts";
import { sideLines } from "./side-lines.ts";

/** How a cause names its packages. */
const namedAtMost = 8;

/** The Go packages of two files: how many differ, and why. */
export function packageLines(packages: PackageDiff, style: Style): readonly string[] {
  if (!packages.known) {
    if (!packages.matters) return [];
    return [
      "",
      style.paint.strong("Go packages"),
      ...paragraph(style.text(`unknown whether they differ: ${packages.why}`), 2, style),
    ];
  }
  const { inBoth, onlyOne, onlyOther, different, causes } = packages;
  if (different.length === 0 && onlyOne + onlyOther === 0) return [];
  const head = `${different.length} of ${inBoth} differ; ${onlyOne} only in A, ${onlyOther} only in B`;
  return [
    "",
    `${style.paint.strong("Go packages")}${style.marks.dash}${head}`,
    ...causes.flatMap((cause) => causeLines(cause, style)),
  ];
}

const titles: Readonly<Record<PackageCause["kind"], (subject: string) => string>> = {
  release: () => "a different Go release",
  setting: (key) => `a different setting of ${key}`,
  module: (path) => `a different version or content of module ${path}`,
  sources: (path) => `module ${path} is built from a folder, and its sources differ`,
  directory: (path) =>
    `module ${path} has different sources, or was compiled in a different folder without -trimpath`,
  "toolchain-build": () => "the same Go release, built differently",
  unexplained: (path) => `no cause found for ${path}`,
};

function causeLines({ kind, subject, one, other, packages }: PackageCause, style: Style): readonly string[] {
  const title = `${titles[kind](subject)}${style.marks.dash}${counted(packages.length, "package")}`;
  const rest = packages.length - namedAtMost;
  const names = [
    ...packages.slice(0, namedAtMost),
    ...(rest > 0 ? [`and ${rest} more (--json lists them)`] : []),
  ];
  return [
    ...paragraph(style.text(title), 4, style).map((line, at) =>
      at === 0 ? `  ${style.paint.caution(style.marks.warning)} ${line.slice(4)}` : line,
    ),
    ...sideLines(
      [
        ...(one === null ? [] : [{ name: "A", ...one }]),
        ...(other === null ? [] : [{ name: "B", ...other }]),
      ],
      6,
      style,
    ),
    ...paragraph(style.text(names.join(", ")), 6, style),
  ];
}
