using System.Collections.Immutable;
using Ringfence.Config.Compilation;

namespace Ringfence.Cli.Graph;

/// <summary>One requirement in the layout: the boxes it runs through, from the job that is waited for to the one that waits.</summary>
internal sealed record LayoutEdge(ImmutableArray<LayoutBox> Path, Requirement Requirement);
