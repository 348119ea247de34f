using System.Collections.Immutable;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Ringfence.Runner.Caches;

/// <summary>
/// A cache key with its templates (EX-7.31): the part of Go's text/template that keys use. Trim markers, comments, both kinds of strings; no
/// pipelines, conditions or variables.
/// </summary>
public sealed class CacheKeyTemplate
{
    /// <summary>Characters of a key, when its templates are filled in (EX-7.30).</summary>
    public const int LongestKey = 900;

    private const string Prefix = "error computing cache key: ";

    private readonly ImmutableArray<CacheKeyPart> _parts;

    private CacheKeyTemplate(ImmutableArray<CacheKeyPart> parts) => _parts = parts;

    /// <summary>Reads a key; <paramref name="error"/> is the line that the step fails with.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out CacheKeyTemplate? template, [NotNullWhen(false)] out string? error)
    {
        ArgumentNullException.ThrowIfNull(text);
        var reader = new CacheKeyReader(text);
        template = reader.TryRead(out var parts, out var problem) ? new CacheKeyTemplate(parts) : null;
        error = template is null ? $"{Prefix}template: cacheKey:{problem}" : null;
        return template is not null;
    }

    /// <summary>Fills the templates in.</summary>
    /// <param name="facts">What they stand for.</param>
    /// <param name="checksum">The base64 of the SHA-256 of a file of the job, named as in the key; null when there is no such file.</param>
    /// <param name="fullPath">The path of such a file in the sandbox, for the error.</param>
    /// <param name="cancel">Passed on.</param>
    public async Task<CacheKeyResult> EvaluateAsync(
        CacheKeyFacts facts, Func<string, CancellationToken, ValueTask<string?>> checksum, Func<string, string> fullPath, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(checksum);
        ArgumentNullException.ThrowIfNull(fullPath);
        var key = new StringBuilder();
        foreach (var part in _parts)
        {
            if (part is CacheKeyPart.Checksum sum)
            {
                if (Value(sum.File, facts) is not { } file)
                    return Failed((CacheKeyPart.Field)sum.File);
                if (await checksum(file, cancel) is not { } hash)
                    return Failed(sum.Position, sum.Written, $"error calling checksum: open {fullPath(file)}: no such file or directory");
                key.Append(hash);
            }
            else if (Value(part, facts) is { } value)
            {
                key.Append(value);
            }
            else
            {
                return Failed((CacheKeyPart.Field)part);
            }
        }

        var text = key.ToString();
        return text.EnumerateRunes().Count() <= LongestKey
            ? new CacheKeyResult.Key(text)
            : new CacheKeyResult.Failed($"{Prefix}the key has more than {LongestKey} characters; shorten it.");
    }

    /// <summary>Null for a field that there is not.</summary>
    private static string? Value(CacheKeyPart part, CacheKeyFacts facts) => part switch
    {
        CacheKeyPart.Text text => text.Value,
        CacheKeyPart.Constant constant => constant.Value,
        CacheKeyPart.Epoch => facts.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        CacheKeyPart.Arch => facts.Arch,
        CacheKeyPart.Field field => field.Names switch
        {
            ["Branch"] => facts.Branch,
            ["BuildNum"] => facts.BuildNumber.ToString(CultureInfo.InvariantCulture),
            ["Revision"] => facts.Revision,
            ["CheckoutKey"] => facts.CheckoutKey,
            // A variable that is not set is empty. Go would write '<no value>'; the documentation is silent.
            ["Environment", var name] => facts.Environment.GetValueOrDefault(name, ""),
            _ => null,
        },
        _ => throw new UnreachableException(),
    };

    private static CacheKeyResult.Failed Failed(CacheKeyPart.Field field) =>
        Failed(field.Position, field.Written, $"there is no {field.Written}: write .Branch, .BuildNum, .Revision, .CheckoutKey or .Environment.NAME");

    private static CacheKeyResult.Failed Failed(CacheKeyPosition at, string written, string what) =>
        new($"{Prefix}template: cacheKey:{at.Line}:{at.Column}: executing \"cacheKey\" at <{written}>: {what}");
}
