using System.Collections.Immutable;
using Ringfence.Access.Contexts;

namespace Ringfence.Access.Variables;

/// <summary>The variables of one context or project, whose release was decided already.</summary>
public sealed record VariableSource(SecretOwner Owner, ImmutableArray<VariableEntry> Variables);
