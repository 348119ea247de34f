using Ringfence.Primitives;

namespace Ringfence.Cli.Secrets;

/// <summary>A command about secrets cannot go on. It carries all that the user is told, never a value.</summary>
internal sealed class SecretRefusedException : Exception
{
    public SecretRefusedException(DiagnosticCode code, string message, string? hint, ExitCode exit = ExitCode.InvalidInput)
        : base(message) => (Diagnostic, Exit) = (new Diagnostic(code, SourceSpan.None, message, hint), exit);

    /// <summary>What the user is told.</summary>
    public Diagnostic Diagnostic { get; }

    /// <summary>How the command ends.</summary>
    public ExitCode Exit { get; }
}
