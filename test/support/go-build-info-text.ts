import type { GoBuildInfo } from "../../src/evidence/go/build-info.ts";
import type { GoModule } from "../../src/evidence/go/module-info.ts";

/** What `go version -m` prints of a file, but for the path and the colon before the first line. */
export function formatBuildInfo(info: GoBuildInfo): string {
  const lines = [
    ...(info.path === undefined ? [] : [`path\t${info.path}`]),
    ...(info.main === undefined ? [] : moduleLines("mod", info.main)),
    ...info.deps.flatMap((dep) => moduleLines("dep", dep)),
    ...info.settings.map(
      ({ key, value }) => `build\t${quoteIf(/^$|[= \t\r\n"`]/, key)}=${quoteIf(/[ \t\r\n"`]/, value)}`,
    ),
  ];
  return [info.goVersion, ...lines.map((line) => `\t${line}`)].map((line) => `${line}\n`).join("");
}

function moduleLines(word: string, { path, version, sum, replacedBy }: GoModule): readonly string[] {
  if (replacedBy === undefined) return [`${word}\t${path}\t${version}\t${sum ?? ""}`];
  // Go's printer ends the replacement's line twice (src/runtime/debug/mod.go, BuildInfo.String).
  return [`${word}\t${path}\t${version}`, ...moduleLines("=>", replacedBy), ""];
}

function quoteIf(needed: RegExp, text: string): string {
  return needed.test(text) ? quote(text) : text;
}

/** strconv.Quote, for text that is printable but for tabs and line ends. */
function quote(text: string): string {
  const escapes: Readonly<Record<string, string>> = {
    "\\": "\\\\",
    '"': '\\"',
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
  };
  return `"${text.replaceAll(/[\\"\n\r\t]/g, (found) => escapes[found] ?? found)}"`;
}
