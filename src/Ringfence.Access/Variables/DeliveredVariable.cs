using System.Collections.Immutable;
using Ringfence.Access.Contexts;
using Ringfence.Access.Names;

namespace Ringfence.Access.Variables;

/// <summary>A variable that a job gets, and where it comes from.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">The version of the value.</param>
/// <param name="Owner">The context or project it comes from.</param>
/// <param name="Overridden">Who else had the name and lost, weakest first. The job does not get those values.</param>
public sealed record DeliveredVariable(VariableName Name, VersionId Version, SecretOwner Owner, ImmutableArray<SecretOwner> Overridden);
