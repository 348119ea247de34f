using Ringfence.Config.Yaml;

namespace Ringfence.Config.Compilation.Workflows;

/// <summary>An item of a workflow's <c>jobs</c> as written.</summary>
/// <param name="Name">The job, group or approval that is called.</param>
/// <param name="Keys">The keys below; empty for the short form.</param>
internal sealed record Invocation(YamlScalar Name, YamlMapping Keys);
