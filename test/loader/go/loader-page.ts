import { format, resolveConfig } from "prettier";
import { arm64Title } from "./arm64-section.ts";
import { confusionTable } from "./confusion.ts";
import { sectionOf } from "./page-section.ts";
import { hostKinds, pairBuilds } from "./pair-builds.ts";
import { pairTrials } from "./pairs.ts";
import { releases, releaseTrials } from "./release-pairs.ts";
import { allReleasesTitle } from "./release-section.ts";

function list(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}

/** docs/loader-go.md, as the pairs that were tried in this run make it. */
export async function loaderPage(): Promise<string> {
  const { plugins } = await pairBuilds();
  const [pairs, across] = [await pairTrials(), await releaseTrials()];
  const options = await resolveConfig(import.meta.filename);
  const text = `# Predicting plugin.Open

\`src/loader/go\` predicts the answer of Go's plugin.Open from the files of plugin and host. Every prediction that is counted here was
checked: a real host opened the real plugin in its own process, and the error or the first line of the crash was compared word
for word. The errors of dlopen, which plugin.Open passes on, are predicted too, by \`src/loader/dlopen\` from the libraries of the
system that the hosts run on.

A row is what was predicted, a column what happened. Anything off the diagonal is a wrong prediction, and fails the tests.

## One Go, ${hostKinds.length} kinds of hosts, ${plugins.length} kinds of plugins

${confusionTable(pairs)}

Hosts: ${list(hostKinds)}.

Plugins: ${list(plugins.map(({ kind }) => kind))}.

A fully static host contains the loader, whose checks come first: glibc's are the same as in other programs, with the same messages
and folders (including /etc/ld.so.cache and LD_LIBRARY_PATH), and a plugin that passes them crashes the host, whose runtime never
sees the plugin's module data. A Go library that is not a plugin (\`c-shared\`) crashes it earlier, when its constructor creates
threads. What differs from dynamic hosts, measured with glibc 2.36 and 2.41: the C library is loaded a second time, and one of a
different release than the host's own crashes the process (SIGFPE); an executable stack crashes it with 2.36; 800 bytes of
thread-local data may be at fixed offsets, not 1664; the host defines no symbols for the plugin; a static PIE with its own search
path crashes when it opens anything. musl's static dlopen refuses every file: \`Dynamic loading not supported\`. Which of the two is
linked, and which release of glibc, is read from their texts in the host's read-only data.

${await sectionOf(arm64Title)}
## Across Go releases

${releases().length} releases, each with one host and two plugins, of which one exports nothing: all pairs.

${confusionTable(across)}

Go ${releases()
    .map(({ version }) => version)
    .join(
      ", ",
    )}. \`FULL_MATRIX=1 npx vitest run test/loader/go/release-pairs.test.ts\` tries one of every release line since 1.13, which
fetches some gigabyte of toolchains.

If the moduledata of two releases differ in size, the host's runtime never sees the plugin and aborts. Two pairs have the same
size but different fields, so that the host reads words with a different meaning:

| host | plugin | what happens |
| --- | --- | --- |
| Go 1.21, 1.22 | Go 1.26 | \`panic: runtime error: invalid memory address or nil pointer dereference\` |
| Go 1.26 | Go 1.21, 1.22 | the same |
| Go 1.20 | Go 1.27 | the same |
| Go 1.27 | Go 1.20, a plugin that exports nothing | \`fatal error: runtime: plugin has empty pluginpath\` |
| Go 1.27 | Go 1.20, any other plugin | a fault at an address that its text makes up: the words are left open |

${await sectionOf(allReleasesTitle)}
## What is not known

- What a plugin's own code does when it is initialized, and what happens to a host after a plugin of a different release has written
  to its memory.
- Which missing name plugin.Open reports first if exported names are not dynamic symbols: it depends on the order of a Go map.
- Darwin: nothing was run there. The same rules apply; differing package hashes are unknown if the plugin does not look them up by
  name.
- Machines other than x86-64 and arm64: nothing was run there, the rules are the same.
- Go 1.8 to 1.12 are in no test. 1.9.7, 1.10.8 and 1.12.17 were tried by hand, with each other and with 1.20.14 and 1.26.8: all 50 pairs
  were right.
`;
  return format(text, { ...options, parser: "markdown" });
}
