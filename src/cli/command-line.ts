import { emptyDocument, jsonText } from "../report/model/document.ts";
import { exitCodes } from "../check/model/exit-code.ts";
import { configOf, type Program, type ProgramConfig } from "./program.ts";
import { colorFlag, requestOf, wantsJson } from "./request/arguments.ts";
import { failOnBrokenOutput, writeRemark, writeReport } from "./terminal/output.ts";
import { screenOptions } from "./terminal/screen.ts";

/** Does what the arguments ask for. An error becomes exit code 2, with one JSON document if JSON was asked for. */
export async function runCommandLine(argv: readonly string[], program: Program): Promise<void> {
  const config = configOf(program);
  failOnBrokenOutput();
  try {
    await answer(argv, config);
  } catch (error) {
    await fail(error, argv, config);
  }
}

async function answer(argv: readonly string[], config: ProgramConfig): Promise<void> {
  const request = requestOf(argv, config);
  switch (request.kind) {
    case "version": {
      const { name, version } = config;
      const document = emptyDocument(null, exitCodes.ok.code, { name, version });
      writeReport(wantsJson(argv) ? jsonText(document) : config.userAgent);
      return;
    }
    case "help": {
      const { default: Help } = await import("./help.ts");
      failOnBrokenOutput();
      const stripAnsi = screenOptions(colorFlag(argv)).color === 0;
      await new Help(config, { stripAnsi, hideCommandSummaryInDescription: true }).showHelp([
        ...request.about,
      ]);
      return;
    }
    case "command": {
      const loaded = await config.program.load[request.id]?.();
      failOnBrokenOutput();
      // Without oclif around it, which turns errors into exit codes of its own: 1 for a crash, which would mean "findings".
      if (loaded !== undefined) await new loaded.default([...request.argv], config).run();
    }
  }
}

async function fail(error: unknown, argv: readonly string[], config: ProgramConfig): Promise<void> {
  process.exitCode = exitCodes.failure.code;
  const { failureOf } = await import("./failure.ts");
  const { stack, command, ...failure } = failureOf(error, argv, config);
  const tool = { name: config.name, version: config.version };
  if (wantsJson(argv)) writeReport(jsonText(emptyDocument(command, exitCodes.failure.code, tool, failure)));
  writeRemark(`plugins: ${failure.message}`);
  for (const hint of failure.hints) writeRemark(hint);
  if (stack !== undefined) writeRemark(stack);
}
