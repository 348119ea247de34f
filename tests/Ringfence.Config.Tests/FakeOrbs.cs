using System.Collections;
using System.Text;
using Ringfence.Config.Orbs;
using Ringfence.Primitives;

namespace Ringfence.Config.Tests;

/// <summary>Orbs that a test writes out, by the reference that a config uses. It remembers what it was asked for.</summary>
internal sealed class FakeOrbs : IOrbSource, IEnumerable<string>
{
    private readonly Dictionary<string, OrbLookup> _orbs = new(StringComparer.Ordinal);

    /// <summary>The references that were looked up, in order.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>Adds an orb whose reference is exact already.</summary>
    public void Add(string reference, string yaml) => Add(reference, reference, yaml);

    /// <summary>Adds an orb under a reference that means an exact version.</summary>
    public void Add(string reference, string resolved, string yaml) =>
        _orbs[reference] = new OrbLookup.Found(resolved, new SourceText(resolved, yaml), Digest.Of(Encoding.UTF8.GetBytes(yaml)).ToString());

    /// <summary>Adds an orb that is there but may not be used.</summary>
    public void Refuse(string reference, string reason, string hint) => _orbs[reference] = new OrbLookup.Refused(reason, hint);

    public OrbLookup Find(OrbReference reference)
    {
        var text = reference.ToString()!;
        Asked.Add(text);
        return _orbs.GetValueOrDefault(text) ?? new OrbLookup.Missing("The test has no such orb.");
    }

    public IEnumerator<string> GetEnumerator() => _orbs.Keys.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
