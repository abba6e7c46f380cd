import { format, resolveConfig } from "prettier";
import type { Outcome, Trial } from "./trial.ts";

/** A trial that was green in the end. */
export interface Tried {
  readonly language: "Go" | "Rust";
  readonly trial: Trial;
  readonly outcome: Outcome;
}

const head = `# The commands that are printed, and what came of them

Each of these was found in a plugin that real compilers had made, beside a real host. The commands under it are those that were printed, word
for word, run with \`bash -e\` in the project that the plugin (or, where it says so, the host) comes from. Then everything was checked again:
the finding is gone, there is no error, and the host opens the plugin.

\`plugins validate\` prints them with the values of your host. \`go mod tidy\` undoes none of them.

Tried and rejected for a module that has to go down, since plugin.Open still refuses the plugin:

- \`go get MODULE@OLDER\`: it removes every module that asks for the newer version, and \`go mod tidy\` adds those again, and with them
  the newer version.
- \`go mod edit -replace=MODULE=MODULE@OLDER\`: the sources are the host's, but the newer version stays in the trimmed paths, which
  are part of the hashes.
- \`go mod edit -replace=MODULE=FORK@VERSION\` for a fork that the host links, without the version that the host's go.mod asks for:
  the same.
`;

/** docs/fixes.md. @param installed the Go release of this machine, which the page does not name. */
export async function fixesPage(all: readonly Tried[], installed: string): Promise<string> {
  const parts = all.map(({ language, trial, outcome }) => {
    const { title, rule, inHost, isForeign } = trial;
    const where = inHost === true ? "the host's project" : "the plugin's project";
    const green =
      isForeign === true ? "no error is left (predicted)" : "no error is left, and the host opens it";
    const commands = outcome.commands
      .join("\n")
      .replaceAll(`go${installed}`, "go1.x.y")
      .replaceAll(`=${installed}`, "=1.x.y");
    return `## ${language}: ${title}\n\n[${rule}](rules/${rule}.md), in ${where}; after it ${green}.\n\n\`\`\`sh\n${commands}\n\`\`\`\n`;
  });
  const file = "docs/fixes.md";
  const options = await resolveConfig(file);
  return format([head, ...parts].join("\n"), { ...options, filepath: file });
}
