using System.Collections.Immutable;
using Tomlyn.Syntax;

namespace Ringfence.Cli.Settings;

/// <summary>One key and its value in a text in TOML.</summary>
/// <param name="Path">The names of the tables around it, and its own last.</param>
/// <param name="Span">Where the key stands.</param>
/// <param name="Value">The value; null for a table without anything in it.</param>
internal sealed record TomlEntry(ImmutableArray<string> Path, Primitives.SourceSpan Span, ValueSyntax? Value);
