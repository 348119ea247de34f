using System.Globalization;
using Ringfence.Keep.Ledgers;

namespace Ringfence.Keep.Tests.Ledgers;

[Rule("INC-17", "INC-27")]
public sealed class BlastRadiusTests
{
    private static readonly LedgerEntry[] Entries =
    [
        Set("TOKEN", "release", "print-1"),
        Grant(1, "build", "c0ffee11", "cimg/node:20.1", "acme/deploy@1.0.0", Variable("TOKEN", "release", "print-1")),
        Grant(2, "publish", "c0ffee22", "registry.test:5000/tools/node@sha256:abc", "acme/deploy@2.0.0", Variable("TOKEN", "release", "print-1", 1), Variable("OTHER", "staging", "print-9")),
        Set("TOKEN", "release", "print-2"),
        Grant(3, "publish", "beef0033", "cimg/node:22.0", "acme/other@1.0.0", Variable("TOKEN", "release", "print-2")),
        Grant(4, "copy", "beef0044", "cimg/base:1", "", Variable("ALIAS", "staging", "print-2")),
        Denial(5),
    ];

    /// <summary>A query, and the entries and variables that it finds.</summary>
    public static TheoryData<BlastQuery, string> Queries => new()
    {
        { new BlastQuery(), "1 TOKEN, 2 TOKEN, 2 OTHER, 3 TOKEN, 4 ALIAS" },
        { new BlastQuery { Secret = "TOKEN" }, "1 TOKEN, 2 TOKEN, 3 TOKEN, 4 ALIAS" },
        { new BlastQuery { Secret = "TOKEN", Context = "staging" }, "" },
        { new BlastQuery { Secret = "ALIAS" }, "3 TOKEN, 4 ALIAS" },
        { new BlastQuery { Secret = "OTHER" }, "2 OTHER" },
        { new BlastQuery { Context = "staging" }, "2 OTHER, 4 ALIAS" },
        { new BlastQuery { Secret = "TOKEN", Since = At(3) }, "3 TOKEN, 4 ALIAS" },
        { new BlastQuery { Image = "cimg/node" }, "1 TOKEN, 3 TOKEN" },
        { new BlastQuery { Image = "cimg/node:22.0" }, "3 TOKEN" },
        { new BlastQuery { Image = "registry.test:5000/tools/node" }, "2 TOKEN, 2 OTHER" },
        { new BlastQuery { Image = "sha256:abc" }, "2 TOKEN, 2 OTHER" },
        { new BlastQuery { Image = "cimg" }, "" },
        { new BlastQuery { Orb = "acme/deploy" }, "1 TOKEN, 2 TOKEN, 2 OTHER" },
        { new BlastQuery { Orb = "acme/deploy@2.0.0" }, "2 TOKEN, 2 OTHER" },
        { new BlastQuery { Commit = "C0FFEE" }, "1 TOKEN, 2 TOKEN, 2 OTHER" },
        { new BlastQuery { Job = "publish" }, "2 TOKEN, 2 OTHER, 3 TOKEN" },
        { new BlastQuery { Job = "publish", Secret = "TOKEN", Image = "cimg/node" }, "3 TOKEN" },
    };

    [Theory]
    [MemberData(nameof(Queries))]
    public void Finds_what_is_meant(BlastQuery query, string found) =>
        Assert.Equal(found, string.Join(", ", BlastRadius.Find(Entries, query).Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Entry} {r.Variable.Name}"))));

    [Fact]
    public void Names_the_steps_that_a_fence_admitted()
    {
        var releases = BlastRadius.Find(Entries, new BlastQuery { Job = "publish" });

        Assert.Equal([["push"], ["build", "push"], ["build", "push"]], releases.Select(r => r.Steps.ToArray()));
        Assert.Equal([true, false, false], releases.Select(r => r.IsFenced));
    }

    [Theory]
    [InlineData("cimg/node:20.1@sha256:abc", "cimg/node", true)]
    [InlineData("cimg/node:20.1@sha256:abc", "cimg/node:20.1", true)]
    [InlineData("cimg/node:20.1@sha256:abc", "sha256:abc", true)]
    [InlineData("localhost:5000/node", "localhost:5000/node", true)]
    [InlineData("localhost:5000/node", "localhost", false)]
    [InlineData("cimg/node:20.1", "cimg/nod", false)]
    [InlineData("cimg/node:20.1", "cimg/node:20", false)]
    public void Knows_an_image_by_its_parts(string image, string meant, bool isIt) => Assert.Equal(isIt, BlastRadius.IsImage(image, meant));

    private static DateTimeOffset At(int day) => new(2026, 11, day, 0, 0, 0, TimeSpan.Zero);

    private static LedgerVariable Variable(string name, string owner, string print, params int[] steps) => new(name, $"context:{owner}", owner, 1, print, steps.Length > 0 ? [.. steps] : null);

    private static LedgerEntry Set(string name, string owner, string print) => new() { Kind = LedgerKind.SecretSet, Variables = [Variable(name, owner, print)] };

    private static LedgerEntry Grant(int number, string job, string commit, string image, string orb, params LedgerVariable[] variables) => new()
    {
        Number = number,
        Kind = LedgerKind.Grant,
        At = At(number),
        By = "ann",
        Job = new LedgerJob { Project = "gh/acme/app", Name = job, Commit = commit, Images = [image], Orbs = orb.Length > 0 ? [orb] : [], Steps = ["build", "push"] },
        Variables = [.. variables],
    };

    private static LedgerEntry Denial(int number) => Grant(number, "build", "c0ffee11", "cimg/node:20.1", "", Variable("TOKEN", "release", "print-1")) with { Kind = LedgerKind.Denial };
}
