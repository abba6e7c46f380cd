import { advise, run, type RulePage } from "../../rule-page.ts";

export const loaderRefuses = {
  rule: "loader-refuses",
  confidence: "decisive",
  why: [
    "The host gets an error when it opens the plugin, and continues without it or stops. The loader's message names only one thing, often not the cause: the first package that differs, a library instead of the plugin that needs it, or a missing file when the file exists.",
  ],
  found: [
    "The checks of plugin.Open and of the glibc, musl and macOS loaders are repeated from the files alone, in the loader's order: the file's header and type, its segments, the libraries it needs and their symbol versions, undefined symbols, an executable stack, the code signature, and for a Go plugin each package's hash against the host's.",
    "What depends on the system that the host runs on (libraries that are not among the files) is listed as needed, not guessed.",
  ],
  example: { plugins: ["attributesprocessor"] },
  fix: [
    {
      language: "any",
      steps: [
        run("plugins validate PLUGIN.so --host HOST"),
        run("plugins explain --error 'MESSAGE' PLUGIN.so --host HOST"),
        advise("Fix the other findings first: a different compiler, flags or target cause most rejections."),
      ],
    },
    {
      language: "go",
      steps: [run("GOTOOLCHAIN=go1.26.8 go build -buildmode=plugin -trimpath -o PLUGIN.so .")],
    },
    { language: "rust", steps: [advise('Set crate-type = ["cdylib"], and build in the host\'s image.')] },
    { language: "c", steps: [run("cc -shared -fPIC -Wl,-z,noexecstack -o PLUGIN.so plugin.c")] },
  ],
  accept: "Never: the host cannot load it.",
  related: ["loader-crashes", "toolchain-mismatch", "dependency-mismatch", "target-mismatch"],
} satisfies RulePage;
