using System.Collections.Immutable;
using Ringfence.Config.Values;
using Ringfence.Config.Yaml;

namespace Ringfence.Config.Templates;

/// <summary>What is the same for the whole compilation: the pipeline values, and the pipeline parameters with their values.</summary>
internal sealed record PipelineScope(PipelineValues Values, ImmutableDictionary<string, YamlNode> Parameters);
