import { Config, loadHelpClass } from "@oclif/core";
import { emptyDocument, jsonText } from "../report/model/document.ts";
import { exitCodes } from "../check/model/exit-code.ts";
import { colorFlag, requestOf, wantsJson } from "./request/arguments.ts";
import { writeRemark, writeReport } from "./terminal/output.ts";
import { screenOptions } from "./terminal/screen.ts";

/** Does what the arguments ask for. An error becomes exit code 2, with one JSON document if JSON was asked for. */
export async function runCommandLine(argv: readonly string[], root: string): Promise<void> {
  // Without plugins for oclif, which it would look for in the home folder.
  const config = await Config.load({ root, userPlugins: false, devPlugins: false });
  try {
    await answer(argv, config);
  } catch (error) {
    await fail(error, argv, config);
  }
}

async function answer(argv: readonly string[], config: Config): Promise<void> {
  const request = requestOf(argv, config);
  switch (request.kind) {
    case "version": {
      const { name, version } = config;
      const document = emptyDocument(null, exitCodes.ok.code, { name, version });
      writeReport(wantsJson(argv) ? jsonText(document) : config.userAgent);
      return;
    }
    case "help": {
      const Help = await loadHelpClass(config);
      const stripAnsi = screenOptions(colorFlag(argv)).color === 0;
      await new Help(config, { stripAnsi, hideCommandSummaryInDescription: true }).showHelp([
        ...request.about,
      ]);
      return;
    }
    case "command":
      await config.runCommand(request.id, [...request.argv]);
  }
}

async function fail(error: unknown, argv: readonly string[], config: Config): Promise<void> {
  process.exitCode = exitCodes.failure.code;
  const { failureOf } = await import("./failure.ts");
  const { stack, command, ...failure } = failureOf(error, argv, config);
  const tool = { name: config.name, version: config.version };
  if (wantsJson(argv)) writeReport(jsonText(emptyDocument(command, exitCodes.failure.code, tool, failure)));
  writeRemark(`plugins: ${failure.message}`);
  for (const hint of failure.hints) writeRemark(hint);
  if (stack !== undefined) writeRemark(stack);
}
