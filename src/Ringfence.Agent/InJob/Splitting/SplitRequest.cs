using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Ringfence.Agent.InJob.Flags;

namespace Ringfence.Agent.InJob.Splitting;

/// <summary>How tests are to be split: the flags that <c>tests split</c> and <c>tests run</c> share.</summary>
internal sealed record SplitRequest
{
    private const string IndexVariable = "CIRCLE_NODE_INDEX";
    private const string TotalVariable = "CIRCLE_NODE_TOTAL";

    /// <summary>The flags to declare.</summary>
    public static ImmutableArray<FlagDeclaration> Flags { get; } =
    [
        new("index", "NUMBER", $"the node to select tests for, from 0 (default ${IndexVariable})"),
        new("total", "NUMBER", $"how many nodes there are (default ${TotalVariable})"),
        new("split-by", "KIND", "name, filesize or timings (default name)"),
        new("timings-type", "TYPE", "what the names are: filename, classname, testname or autodetect (default autodetect)"),
        new("timings-file", "FILE", "JSON with seconds: {\"filename\":{\"a.rb\":1.5},\"classname\":{},\"testname\":{}} (default the last stored results)"),
        new("time-default", "DURATION", "how long tests without a timing take, as 1m30s (default 0s: as long as the others on average)"),
        new("show-counts", null, "print to stderr how many tests there are and how many are selected"),
    ];

    /// <summary>The node, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>How many nodes there are.</summary>
    public required int Total { get; init; }

    /// <summary>What is balanced.</summary>
    public required SplitBy By { get; init; }

    /// <summary>Where timings are looked up.</summary>
    public required TimingsType TimingsType { get; init; }

    /// <summary>The file with the timings; null for those of the runner.</summary>
    public string? TimingsFile { get; init; }

    /// <summary>How long a test without a timing takes; null for the average of the others.</summary>
    public TimeSpan? TimeDefault { get; init; }

    /// <summary>Whether to print counts.</summary>
    public bool ShowCounts { get; init; }

    /// <summary>Whether to say more.</summary>
    public bool Verbose { get; init; }

    /// <summary>
    /// Reads the flags. Outside a job, without the variables, everything is on node 0 of 1: CircleCI documents 1 of 2 for <c>tests run</c>, which would leave half of the tests out unseen.
    /// </summary>
    public static bool TryParse(GivenFlags given, InJobSurroundings surroundings, [NotNullWhen(true)] out SplitRequest? request, [NotNullWhen(false)] out string? why)
    {
        request = null;
        var index = Number(given, surroundings, "index", IndexVariable, otherwise: 0);
        var total = Number(given, surroundings, "total", TotalVariable, otherwise: 1);
        var by = Named<SplitBy>(given.Value("split-by") ?? "name", [("name", SplitBy.Name), ("filesize", SplitBy.FileSize), ("timings", SplitBy.Timings)]);
        var type = Named<TimingsType>(given.Value("timings-type") ?? "autodetect",
        [
            ("autodetect", TimingsType.Autodetect), ("filename", TimingsType.FileName), ("file", TimingsType.FileName),
            ("classname", TimingsType.ClassName), ("testname", TimingsType.TestName), ("name", TimingsType.TestName),
        ]);
        var defaultIsWrong = !GoDuration.TryParse(given.Value("time-default") ?? "0s", out var timeDefault);
        why = (index, total, by, type) switch
        {
            (null, _, _, _) => "--index is not a number from 0 on",
            (_, null or 0, _, _) => "--total is not a number from 1 on",
            (_, _, null, _) => "--split-by is none of name, filesize and timings",
            (_, _, _, null) => "--timings-type is none of filename, classname, testname and autodetect",
            _ when defaultIsWrong => "--time-default is not a duration as 10s or 1m30s",
            _ when index >= total => $"--index {index} is not below --total {total}; the first node is 0",
            _ => null,
        };
        if (why is not null)
            return false;

        request = new SplitRequest
        {
            Index = index!.Value, // checked above, as the others
            Total = total!.Value,
            By = by!.Value,
            TimingsType = type!.Value,
            TimingsFile = given.Value("timings-file"),
            TimeDefault = timeDefault == TimeSpan.Zero ? null : timeDefault,
            ShowCounts = given.Has("show-counts"),
            Verbose = given.Has("verbose"),
        };
        return true;
    }

    private static int? Number(GivenFlags given, InJobSurroundings surroundings, string flag, string variable, int otherwise)
    {
        if ((given.Value(flag) ?? surroundings.Variable(variable)) is not { } text)
            return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static T? Named<T>(string text, ReadOnlySpan<(string Name, T Value)> names)
        where T : struct
    {
        foreach (var (name, value) in names)
        {
            if (name == text)
                return value;
        }

        return null;
    }
}
