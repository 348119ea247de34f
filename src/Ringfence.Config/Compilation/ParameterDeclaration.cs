using System.Collections.Immutable;
using Ringfence.Config.Yaml;
using Ringfence.Primitives;

namespace Ringfence.Config.Compilation;

/// <summary>A parameter as declared (CL-5.1).</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Default">Its default; null when it must be given. A written null is no default (CL-1.16).</param>
/// <param name="Members">What an enum allows.</param>
/// <param name="Span">Where its name is written.</param>
internal sealed record ParameterDeclaration(
    string Name, ParameterType Type, YamlNode? Default, ImmutableArray<YamlScalar> Members, SourceSpan Span);
