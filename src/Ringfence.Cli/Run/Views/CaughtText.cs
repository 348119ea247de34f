using System.Globalization;
using Ringfence.Cli.Output;
using Ringfence.Runner.Secrets;

namespace Ringfence.Cli.Run.Views;

/// <summary>Tells what the gate has caught in the jobs of a workflow: variable, exit, place. Never a value.</summary>
internal static class CaughtText
{
    private const int Most = 20;

    /// <summary>Adds it; nothing when nothing was caught.</summary>
    public static void Add(StyledText text, WorkflowRecord workflow, OutputTraits traits)
    {
        var shown = new ShownText(traits);
        foreach (var job in workflow.Jobs)
        {
            var caught = job.Nodes.SelectMany(n => n.Result?.Caught ?? []).ToList();
            if (caught.Count == 0)
                continue;
            text.Add("Caught by the gate in ", Tone.Plain).Line(shown.Of($"{workflow.Title}/{job.Plan.Name}"), Tone.Strong);
            foreach (var one in caught.Take(Most))
                text.Line("  " + shown.Of(Of(one)), one.Action == "masked" ? Tone.Faint : Tone.Warning);
            if (caught.Count > Most)
                text.Line(string.Create(CultureInfo.InvariantCulture, $"  and {caught.Count - Most} more"), Tone.Faint);
            text.Line();
        }
    }

    private static string Of(CaughtSecret caught)
    {
        var place = caught.Place.Length == 0 ? "" : caught.Exit == "log" ? $" of {caught.Place}" : string.Create(CultureInfo.InvariantCulture, $" at {caught.Place}, byte {caught.Offset}");
        var count = caught.Count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $", {caught.Count} times");
        return $"{caught.Variable} in the {caught.Exit}{place} ({caught.Form}{count}): {caught.Action}";
    }
}
