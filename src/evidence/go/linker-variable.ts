import { memo } from "../../manifest/memo.ts";
import type { GoModuleInfo } from "./module-info.ts";

/** The value that `-ldflags "-X …"` gave to the variable of that name, in whatever package; of two the last, as the linker has it. */
export function linkerSetVariable(
  { settings }: Pick<GoModuleInfo, "settings">,
  variable: string,
): { readonly name: string; readonly value: string } | undefined {
  const words = splitQuoted(linkerFlags(settings));
  let found: { readonly name: string; readonly value: string } | undefined;
  for (const [index, word] of words.entries()) {
    const definition = /^--?X$/.test(word) ? words[index + 1] : /^--?X=(.*)$/s.exec(word)?.[1];
    const equals = definition?.indexOf("=") ?? -1;
    const name = definition?.slice(0, equals);
    if (definition !== undefined && equals > 0 && name?.endsWith(`.${variable}`) === true) {
      found = { name, value: definition.slice(equals + 1) };
    }
  }
  return found;
}

/** `-ldflags=PATTERN=FLAGS` is recorded with its pattern (Go: src/cmd/go/internal/load/flag.go, PerPackageFlag.set). */
function linkerFlags(settings: GoModuleInfo["settings"]): string {
  const flags = settings.find(({ key }) => key === "-ldflags")?.value.trim() ?? "";
  return flags.startsWith("-") ? flags : flags.slice(flags.indexOf("=") + 1);
}

/** Words apart by white space, each of them quoted whole or not at all (Go: src/cmd/internal/quoted/quoted.go, Split). */
const splitQuoted = memo((text: string): readonly string[] =>
  [...text.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2] ?? match[3] ?? ""),
);
