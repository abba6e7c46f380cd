// Reads the files that others test their readers with. docs/fuzzing.md describes it.
import { register } from "node:module";
import { argumentsOf } from "../../scripts/command-line.js";

argumentsOf("npm run corpora", { options: {} });
register("../fuzz/typescript-hooks.js", import.meta.url);
await import("./corpora.ts");
