import type { Case } from "./case.ts";
import { fileCases } from "./file-cases.ts";
import { libraryCases } from "./library-cases.ts";
import { symbolCases } from "./symbol-cases.ts";

export const cases: readonly Case[] = [...fileCases, ...libraryCases, ...symbolCases];
