using Ringfence.Config.Compilation;
using Ringfence.Config.Diagnostics;
using Ringfence.Config.Filters;
using Ringfence.Config.Yaml;

namespace Ringfence.Config.Schema;

/// <summary>What the <c>triggers</c> of a workflow look like (CL-16.10 to CL-16.14).</summary>
internal static class ScheduleShape
{
    public static void Check(YamlNode node, string path, FilterReader filters, Session session)
    {
        path += "/triggers";
        if (!Shape.Expect(node, ShapeTypes.Sequence, path, session) || node is not YamlSequence triggers)
            return;

        foreach (var item in triggers.Items)
        {
            if (item is not YamlMapping { Entries: [{ Name: "schedule", Value: YamlMapping schedule }] })
            {
                session.Report(WorkflowCodes.BadSchedule, item.Span, "A trigger is a 'schedule' with 'cron' and 'filters'", "Write '- schedule:' and the keys below it.");
                continue;
            }

            Shape.CheckKeys(schedule, $"{path}/schedule", ["cron", "filters"], ["cron", "filters"], session);
            CheckCron(schedule["cron"], session);
            CheckFilters(schedule["filters"], $"{path}/schedule/filters", filters, session);
        }
    }

    private static void CheckFilters(YamlNode? node, string path, FilterReader filters, Session session)
    {
        if (node is null || !Shape.Expect(node, ShapeTypes.Mapping, path, session) || node is not YamlMapping mapping)
            return;
        Shape.CheckKeys(mapping, path, ["branches"], ["branches"], session);
        var branches = filters.ReadPatterns(mapping["branches"], $"{path}/branches");
        if (branches is { Only: null, Ignore: null })
            session.Report(WorkflowCodes.BadSchedule, mapping.Span, "A schedule needs 'only' or 'ignore' below 'branches'", "Write 'only: main'.");
    }

    private static void CheckCron(YamlNode? node, Session session)
    {
        if (node is null or YamlScalar { MayHoldTemplate: true })
            return;
        if (node is not YamlScalar { IsNull: false } cron)
        {
            Shape.Expect(node, ShapeTypes.String, "cron", session);
            return;
        }

        if (CronFields.WhyNot(cron.Text) is { } whyNot)
            session.Report(WorkflowCodes.BadSchedule, cron.Span, $"'{ArgumentTypes.Show(cron)}' is not a schedule: {whyNot}", "Write minute, hour, day of month, month and day of week, such as '0 3 * * 1,2,3'; times are UTC.");
    }
}
