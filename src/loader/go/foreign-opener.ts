import type { GoHostAbility } from "../../evidence/go/host-ability.ts";

/** What a Go host opens a library with that is not Go's. */
export type ForeignOpener =
  | { readonly opener: "plugin.Open" | "dlopen" }
  /** @property why in whole sentences. */
  | { readonly opener: "unknown"; readonly why: string };

const dies =
  "the process dies if package plugin opens it (fatal error: runtime: no plugin module data), as it does with every file that is not a Go plugin";

/**
 * plugin.Open calls dlopen as well, but then finds no module data, which ends the process (Go: src/runtime/plugin.go,
 * plugin_lastmoduleinit). So it matters whether the host has other code that calls dlopen.
 * @param linked which library that the host links may call dlopen for it, in words; undefined if none can. Asked if it matters.
 * @param isDeclared whether the host's manifest says that it loads the language.
 */
export function foreignOpener(
  { pluginPackage, loaders }: GoHostAbility,
  linked: () => string | undefined,
  isDeclared: boolean,
): ForeignOpener {
  const mayHavePlugin = !pluginPackage.known || pluginPackage.value === "linked";
  const found = loaders();
  if (!found.known) return isDeclared || !mayHavePlugin ? { opener: "dlopen" } : either(found.why);
  if (found.value === "dlopen" || (found.value === "both" && isDeclared)) return { opener: "dlopen" };
  if (found.value === "both") return either("it has code for both");
  const who = linked();
  if (who !== undefined) {
    if (isDeclared) return { opener: "dlopen" };
    if (found.value === "plugin.Open") return either(who);
    return {
      opener: "unknown",
      why: `Whether the host can open a library that is not a Go plugin is unknown: its own code calls neither plugin.Open nor dlopen, and ${who}.`,
    };
  }
  if (isDeclared) {
    return {
      opener: "unknown",
      why: `The host's manifest says that it loads this language, but nothing in the host can open such a file (${found.from}).`,
    };
  }
  if (found.value === "plugin.Open") return { opener: "plugin.Open" };
  return {
    opener: "unknown",
    why: `The host has no code that opens libraries: it neither links package plugin nor calls dlopen (${found.from}).`,
  };
}

function either(reason: string): ForeignOpener {
  const why = `The file is not a Go plugin, and ${dies}. Whether the host opens it with dlopen instead is unknown: ${reason}. A manifest of the host for the plugin's language would tell.`;
  return { opener: "unknown", why };
}
