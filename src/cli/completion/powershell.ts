import {
  type CompletionCommand,
  type CompletionFlag,
  type CompletionGrammar,
  type CompletionValue,
} from "./grammar.ts";

/**
 * The completion for PowerShell, 5.1 and later (about_Functions_Argument_Completion, Register-ArgumentCompleter
 * -Native). A completer that offers nothing leaves the word to PowerShell, which offers files.
 */
export function powershellCompletion({ programs, made, commands, flags }: CompletionGrammar): string {
  return `# Completion of ${made} for PowerShell:
#   ${programs[0]} completion powershell | Out-String | Invoke-Expression

Register-ArgumentCompleter -Native -CommandName ${programs.map(quoted).join(", ")} -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $flagsWithoutCommand = [ordered]@{
${flagLines(flags, 8)}
    }
    $commands = [ordered]@{
${commands.map(commandLines).join("\n")}
        'help' = @{ Summary = 'Show help for a command.'; Argument = @{ Kind = 'words'; Words = @(${commands.map(({ name }) => quoted(name)).join(", ")}) }; Flags = [ordered]@{} }
    }

    $before = @($commandAst.CommandElements |
        Select-Object -Skip 1 |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
        ForEach-Object { $_.Extent.Text })
    $command = $before | Where-Object { -not $_.StartsWith('-') } | Select-Object -First 1
    $last = if ($before.Count -gt 0) { $before[-1] } else { '' }
    $word = "$wordToComplete"
    $prefix = ''
    $flags = if ($command) { $commands["$command"].Flags } else { $flagsWithoutCommand }
    if ($null -eq $flags) { return }

    function Offer($text, $tip) {
        [System.Management.Automation.CompletionResult]::new($text, $text, 'ParameterValue', $tip)
    }

    if ($word -match '^(--[^=]+)=(.*)$') {
        $last = $Matches[1]
        $prefix = "$last="
        $word = $Matches[2]
    }
    $value = if ($flags.Contains($last)) { $flags[$last].Value } else { $null }
    if ($null -eq $value) {
        if ($word.StartsWith('-')) {
            $flags.Keys | Where-Object { $_.StartsWith($word) } | ForEach-Object { Offer $_ $flags[$_].Tip }
            return
        }
        if (-not $command) {
            $commands.Keys | Where-Object { $_.StartsWith($word) } | ForEach-Object { Offer $_ $commands[$_].Summary }
            return
        }
        $value = $commands["$command"].Argument
        if ($null -eq $value) { return }
    }
    if ($value.Kind -eq 'list' -and $word -match '^(.*,)([^,]*)$') {
        $prefix += $Matches[1]
        $word = $Matches[2]
    }
    $value.Words | Where-Object { $_ -and $_.StartsWith($word) } | ForEach-Object { Offer "$prefix$_" $_ }
}
`;
}

function commandLines({ name, summary, flags, argument }: CompletionCommand): string {
  const argumentText = argument === undefined ? "$null" : valueText(argument);
  return `        ${quoted(name)} = @{
            Summary = ${quoted(summary)}
            Argument = ${argumentText}
            Flags = [ordered]@{
${flagLines(flags, 16)}
            }
        }`;
}

function flagLines(flags: readonly CompletionFlag[], indent: number): string {
  return flags
    .flatMap(({ names, description, value }) =>
      names.map((name) => {
        const valueOf = value === undefined ? "$null" : valueText(value);
        return `${" ".repeat(indent)}${quoted(name)} = @{ Tip = ${quoted(description)}; Value = ${valueOf} }`;
      }),
    )
    .join("\n");
}

function valueText(value: CompletionValue): string {
  const words = "words" in value ? value.words : [];
  const kind = value.kind === "words" && value.list ? "list" : value.kind;
  return `@{ Kind = ${quoted(kind)}; Words = @(${words.map(quoted).join(", ")}) }`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
