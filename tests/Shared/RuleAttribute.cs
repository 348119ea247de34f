using Xunit.v3;

namespace Ringfence.Tests.Shared;

/// <summary>Names the rules of the specification that a test shows, as traits <c>Rule</c>.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
internal sealed class RuleAttribute(params string[] ids) : Attribute, ITraitAttribute
{
    public IReadOnlyCollection<string> Ids { get; } = ids;

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() =>
        [.. Ids.Select(id => new KeyValuePair<string, string>("Rule", id))];
}
