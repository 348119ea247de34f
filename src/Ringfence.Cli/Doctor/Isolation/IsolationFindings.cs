using System.Globalization;
using Ringfence.Cli.Local;

namespace Ringfence.Cli.Doctor.Isolation;

/// <summary>Tells of the last isolation check.</summary>
internal static class IsolationFindings
{
    private const string Again = "Check: ringfence doctor --isolation";

    /// <summary>When it was, and what came of it.</summary>
    public static Finding Last(LocalState? state)
    {
        const string Name = "isolation";
        if (state is null || IsolationReport.Read(state) is not { } report)
            return Finding.Warning(Name, "never checked", Again);
        var found = $"checked {report.CheckedAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}: {string.Join("; ", report.Sandboxes.Where(s => s.IsTried).Select(s => $"{s.Sandbox} {s.Verdict}"))}";
        if (report.Kernel != IsolationReport.OwnKernel || report.Version != IsolationReport.OwnVersion)
            return Finding.Warning(Name, $"{found}; the kernel or Ringfence has changed since", Again);
        return report.IsGood ? Finding.Ok(Name, found) : Finding.Warning(Name, found, "See what was found: ringfence doctor --isolation");
    }
}
