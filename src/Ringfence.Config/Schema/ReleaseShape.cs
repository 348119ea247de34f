using Ringfence.Config.Compilation;
using Ringfence.Config.Diagnostics;
using Ringfence.Config.Yaml;

namespace Ringfence.Config.Schema;

/// <summary>What the <c>validation</c> of a release job looks like (CL-11.6).</summary>
internal static class ReleaseShape
{
    private static readonly string[] Providers = ["datadog", "prometheus", "grafana", "alertmanager", "custom"];

    public static void CheckValidation(YamlNode node, string path, Session session)
    {
        if (!Shape.Expect(node, ShapeTypes.Mapping, path, session) || node is not YamlMapping validation)
            return;

        Shape.CheckKeys(validation, path, ["enabled", "evaluation_time", "auto_rollback_on_failure", "webhooks"], ["enabled"], session);
        Shape.Expect(validation["enabled"], ShapeTypes.Boolean, $"{path}/enabled", session);
        Shape.Expect(validation["evaluation_time"], ShapeTypes.String, $"{path}/evaluation_time", session);
        Shape.Expect(validation["auto_rollback_on_failure"], ShapeTypes.Boolean, $"{path}/auto_rollback_on_failure", session);
        Shape.Expect(validation["webhooks"], ShapeTypes.Sequence, $"{path}/webhooks", session);
        if (validation["webhooks"] is not YamlSequence webhooks)
            return;
        foreach (var item in webhooks.Items)
            CheckWebhook(item, $"{path}/webhooks", session);
    }

    private static void CheckWebhook(YamlNode node, string path, Session session)
    {
        if (!Shape.Expect(node, ShapeTypes.Mapping, path, session) || node is not YamlMapping webhook)
            return;

        Shape.CheckKeys(webhook, path, ["name", "provider", "data_points", "fail_when", "max_failures"], ["name", "provider"], session);
        if (webhook["provider"] is YamlScalar { MayHoldTemplate: false } provider && !Providers.Contains(provider.Text, StringComparer.Ordinal))
            session.Report(StructureCodes.WrongValue, provider.Span, $"[{path}/provider] Input not a valid enum value", Spelling.DidYouMean(provider.Text, Providers, $"The providers are {string.Join(", ", Providers)}."));
        if (webhook["fail_when"] is YamlScalar { MayHoldTemplate: false } condition && Expressions.Expression.Parse(condition.Text, session.Limits).Error is { } error)
            session.Report(TemplateCodes.BadExpression, condition.SpanOf(error.Start, Math.Max(1, error.Length)), error.Message, error.Hint);
    }
}
