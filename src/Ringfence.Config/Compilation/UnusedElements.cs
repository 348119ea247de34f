using Ringfence.Config.Diagnostics;
using Ringfence.Config.Yaml;

namespace Ringfence.Config.Compilation;

/// <summary>Mentions what is declared and never used (CL-2.4). It is never an error.</summary>
internal static class UnusedElements
{
    public static void Check(ElementScope scope, Session session)
    {
        if (session.Diagnostics.HasErrors)
            return;
        foreach (var kind in (ReadOnlySpan<ElementKind>)[ElementKind.Command, ElementKind.Executor, ElementKind.Job])
        {
            if (scope.Document[ElementScope.Section(kind)] is not YamlMapping section)
                continue;
            foreach (var entry in section.Entries.Where(e => !scope.WasUsed(kind, e.Name)))
                session.Report(ReferenceCodes.Unused, entry.Key.Span, $"{kind} is unused: {entry.Name}", "Remove it, or call it.");
        }
    }
}
