using Ringfence.Access.Fences;
using Ringfence.Config.Yaml;

namespace Ringfence.Access.References;

/// <summary>A step of a compiled job with what identifies it.</summary>
/// <param name="Identity">Which step it is.</param>
/// <param name="Body">The step as it stands in the compiled config.</param>
public sealed record CompiledStep(StepIdentity Identity, YamlNode Body);
