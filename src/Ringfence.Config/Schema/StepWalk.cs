using Ringfence.Config.Compilation;
using Ringfence.Config.Yaml;

namespace Ringfence.Config.Schema;

/// <summary>Checks the steps of elements that no workflow reaches; those that one reaches are checked as they are expanded (CL-2.4).</summary>
internal static class StepWalk
{
    private const int Depth = 100;

    /// <summary>Checks the shape of a list of steps; names of commands are not looked up.</summary>
    public static void Check(YamlNode? steps, ElementScope scope, Session session) => Check(steps, scope, session, 0);

    private static void Check(YamlNode? steps, ElementScope scope, Session session, int depth)
    {
        if (depth > Depth)
            return;
        if (steps is YamlMapping)
        {
            CheckOne(steps, scope, session, depth);
            return;
        }

        if (steps is not YamlSequence list)
            return;
        foreach (var step in list.Items)
            CheckOne(step, scope, session, depth);
    }

    private static void CheckOne(YamlNode step, ElementScope scope, Session session, int depth)
    {
        switch (step)
        {
            case YamlScalar { Kind: ScalarKind.String, MayHoldTemplate: false } name:
                if (!scope.Declares(ElementKind.Command, name.Text))
                    StepShape.Check(name, null, session);
                break;
            case YamlMapping { Entries: [var only] }:
                if (scope.Declares(ElementKind.Command, only.Name))
                    break;
                if (only.Name is "when" or "unless")
                {
                    if (StepShape.CheckCondition(only.Key, only.Value, session))
                        Check(((YamlMapping)only.Value)["steps"], scope, session, depth + 1);
                }
                else if (only.Name is "steps")
                {
                    Check(only.Value, scope, session, depth + 1);
                }
                else
                {
                    StepShape.Check(only.Key, only.Value, session);
                }

                break;
            case YamlScalar { MayHoldTemplate: true }:
                break;
            default:
                StepShape.ReportNotAStep(step, "", session);
                break;
        }
    }
}
