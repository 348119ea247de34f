namespace Ringfence.Access.Fences;

/// <summary>Who wrote a step. A closed family.</summary>
public abstract record StepOrigin
{
    private StepOrigin()
    {
    }

    /// <summary>It stands in the project's own config, also as an argument to somebody else's job.</summary>
    public sealed record Config : StepOrigin;

    /// <summary>It stands in an orb; the exact reference, such as <c>acme/deploy@1.2.3</c>.</summary>
    public sealed record Orb(string Reference) : StepOrigin
    {
        /// <summary>The reference without its version, such as <c>acme/deploy</c>.</summary>
        public string Name => Reference.LastIndexOf('@') is > 0 and var at ? Reference[..at] : Reference;
    }

    /// <summary>Nobody can say; treated as somebody else's.</summary>
    public sealed record Unknown : StepOrigin;
}
