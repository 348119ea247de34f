using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using Ringfence.Agent.InJob.Globbing;

namespace Ringfence.Agent.Tests.InJob;

[Rule("EX-10.3")]
public sealed class TestsGlobTests : IDisposable
{
    private readonly JobFolder _job = new();

    public void Dispose() => _job.Dispose();

    [Theory]
    [InlineData("*.rb", "a.rb b.rb")]
    [InlineData("spec/*.rb", "spec/a.rb")]
    [InlineData("spec/**/*.rb", "spec/a.rb spec/deep/er/c.rb spec/models/b.rb")]
    [InlineData("**/b.rb", "b.rb spec/models/b.rb")]
    [InlineData("**/models/**", "spec/models/b.rb")]
    [InlineData("spec/**.rb", "spec/a.rb spec/deep/er/c.rb spec/models/b.rb")]
    [InlineData("sp**er/c.rb", "spec/deep/er/c.rb")]
    [InlineData("?.rb", "a.rb b.rb")]
    [InlineData("[a-c].rb", "a.rb b.rb")]
    [InlineData("[!a].rb", "b.rb")]
    [InlineData("[^a].rb", "b.rb")]
    [InlineData("spec[/]a.rb", "")]
    [InlineData("spec[!x]a.rb", "")]
    [InlineData("spec?a.rb", "")]
    [InlineData("{a,b}.rb", "a.rb b.rb")]
    [InlineData("spec/{a,models/b,{deep/er,x}/c}.rb", "spec/a.rb spec/deep/er/c.rb spec/models/b.rb")]
    [InlineData("{spec/*,**/c}.rb", "spec/a.rb spec/deep/er/c.rb")]
    [InlineData("{,x}a.{rb,}", "a.rb")]
    [InlineData("{**,spec}/a.rb", "a.rb spec/a.rb")]
    [InlineData("{spec,{**,x}}/b.rb", "b.rb spec/models/b.rb")]
    [InlineData("spec/{**,x}/{models,}/b.rb", "spec/models/b.rb")]
    [InlineData("{spec/,}**/a.rb", "a.rb spec/a.rb")]
    [InlineData("spec/{deep/**,**}/c.rb", "spec/deep/er/c.rb")]
    [InlineData("[{]*,\\{a}", "")]
    [InlineData("\\a.rb", "a.rb")]
    [InlineData("\\*.rb", "")]
    [InlineData("./spec/./*.rb", "spec/a.rb")]
    [InlineData("spec//a.rb", "spec/a.rb")]
    [InlineData("spec/../*.rb", "spec/../a.rb spec/../b.rb")]
    [InlineData("{../code/a,b}.rb", "../code/a.rb b.rb")]
    [InlineData("../co*/a.rb", "../code/a.rb")]
    [InlineData(".*", ".hidden")]
    [InlineData("*", ".hidden a.rb b.rb")]
    [InlineData("spec", "")]
    [InlineData("spec/", "")]
    [InlineData("nothing/**/*", "")]
    [InlineData("a.rb/*", "")]
    [InlineData("", "")]
    public void Finds_files(string pattern, string expected)
    {
        foreach (var path in (ReadOnlySpan<string>)["b.rb", "a.rb", ".hidden", "spec/a.rb", "spec/models/b.rb", "spec/deep/er/c.rb"])
            _job.File(path);

        var call = _job.Call("tests", "glob", pattern);

        Assert.Equal((0, expected, ""), (call.Code, string.Join(' ', call.Lines), call.Error));
    }

    [Fact]
    public void Several_patterns_give_each_file_once()
    {
        _job.File("x/b");
        _job.File("x/a");

        Assert.Equal(["x/a", "x/b"], _job.Call("tests", "glob", "x/b", "x/*", "./x/?", "none").Lines);
    }

    [Fact]
    public void Absolute_patterns_give_absolute_paths()
    {
        _job.File("x/a");

        Assert.Equal([$"{_job.Work}/x/a"], _job.Call("tests", "glob", $"{_job.Work}/**/a").Lines);
        Assert.Equal([$"{_job.Work}/x/a"], _job.Call("tests", "glob", $"{_job.Work}/x/a").Lines);
    }

    [Theory]
    [InlineData("*/**/a")]
    [InlineData("*/*/a")]
    [InlineData("**/a")]
    [InlineData("**x/a")]
    [InlineData("*{,x}/**/a")]
    [InlineData("{**,y}/a")]
    [InlineData("*.*/**/a")]
    [InlineData("*./*/a")]
    public void No_wildcard_stands_for_an_empty_name_nor_a_dot(string pattern)
    {
        _job.File("d.d/x/a");
        _job.File("d./x/a");

        // Neither the whole machine from its root, nor the folder above.
        var lines = _job.Call("tests", "glob", pattern).Lines;
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.StartsWith("d.", line, StringComparison.Ordinal));

        var automaton = Automaton(pattern);
        Assert.Empty(automaton.Read(automaton.Start, "/", GlobReading.Spelled));
        Assert.Empty(automaton.Read(automaton.Start, "./", GlobReading.Spelled));
    }

    [Fact]
    public void The_root_is_named_by_a_slash_alone_also_beside_braces()
    {
        _job.File("a");

        Assert.Equal([$"{_job.Work}/a", "a"], _job.Call("tests", "glob", $"{{,*}}{_job.Work}/a", "a").Lines);
        Assert.Equal([$"{_job.Work}/a"], _job.Call("tests", "glob", $"/*{_job.Work[2..]}/*").Lines);
    }

    [Fact]
    public void Follows_links_that_are_named_but_none_in_circles()
    {
        _job.File("real/a");
        Directory.CreateSymbolicLink(Path.Combine(_job.Work, "real/again"), "..");
        Directory.CreateSymbolicLink(Path.Combine(_job.Work, "link"), "real");
        File.CreateSymbolicLink(Path.Combine(_job.Work, "file"), "real/a");

        Assert.Equal(["file", "real/a"], _job.Call("tests", "glob", "**/*").Lines);
        Assert.Equal(["link/a"], _job.Call("tests", "glob", "link/**").Lines);
        Assert.Equal(["link/a", "real/a"], _job.Call("tests", "glob", "*/a").Lines);
        Assert.Equal(["real/a", "real/again/link/a", "real/again/real/a"], _job.Call("tests", "glob", "real/{,*/*/}a").Lines);
    }

    [Fact]
    public void Names_that_are_not_UTF_8_are_left_out_and_said()
    {
        _job.File("ok.rb");
        Assert.SkipUnless(Shell("mkdir \"$(printf 'd\\344')\" && : > \"$(printf '\\344.rb')\" && : > \"$(printf 'd\\344/x.rb')\"") == 0, "This file system takes UTF-8 names only.");
        _job.File("\uFFFD.rb");
        var call = _job.Call("tests", "glob", "**/*.rb");
        // What .NET cannot name it cannot delete.
        Shell("rm -rf ./*");

        Assert.Equal((0, "ok.rb \uFFFD.rb"), (call.Code, string.Join(' ', call.Lines)));
        Assert.Contains("not UTF-8", call.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Letters_beyond_the_first_plane_are_one_character()
    {
        _job.File("😀.rb");

        Assert.Equal(["😀.rb"], _job.Call("tests", "glob", "?.rb").Lines);
        Assert.Equal(["😀.rb"], _job.Call("tests", "glob", "[😀-😂].rb").Lines);
    }

    [Fact]
    public void Looks_only_where_something_can_match()
    {
        _job.File("spec/a.rb");
        for (var folder = 0; folder < 200; folder++)
            _job.File($"node_modules/{folder}/x/y/z.rb");

        var walk = Walk("spec/**/*.rb", "lib/*.rb", "{spec,test}/*/x");

        Assert.Equal(["spec/a.rb"], walk.Matches().Select(name => name.Text));
        // The working directory and spec.
        Assert.Equal(2, walk.Listed);
    }

    [Fact]
    public void Patterns_that_multiply_take_no_time()
    {
        _job.File(new string('a', 200));
        var braces = string.Concat(Enumerable.Repeat("{a,a,aa}", 60)) + "b";
        var stars = string.Concat(Enumerable.Repeat("*a", 60)) + "b";

        Assert.Empty(_job.Call("tests", "glob", braces, stars, string.Concat(Enumerable.Repeat("**/", 60)) + "b").Lines);
        Assert.Equal(2, _job.Call("tests", "glob", new string('{', 100_000)).Code);
    }

    [Fact]
    public void Agrees_with_a_regular_expression_over_all_files()
    {
        string[] names = ["a", "b", "ab", "a.b", ".a"];
        var all = (from first in names from second in names from third in names select $"d{first}/{second}x/{third}")
            .Concat(from first in names from second in names select $"d{first}/{second}").Concat(names).ToList();
        foreach (var path in all)
            _job.File(path);

        string[] pieces = ["*", "**", "**/", "?", "[ab]", "[!a]", "{a,b}", "{d*,**/a}", "{,a}", "a", "b", "d", "x", "/", "/"];
        var piece = Gen.Int[0, pieces.Length - 1].Select(i => pieces[i]);
        piece.Array[1, 8].Select(string.Concat).Where(pattern => !pattern.StartsWith('/')).Sample(pattern =>
        {
            // Three stars and a slash twice are for the examples above, and so is the root, which braces can begin with.
            if (Written(pattern).Any(one => one.Contains("***", StringComparison.Ordinal)) || pattern.Contains("//", StringComparison.Ordinal))
                return;
            if (GlobAutomaton.TryParse([pattern], out var automaton, out _) && !automaton.Read(automaton.Start, "/", GlobReading.Spelled).IsEmpty)
                return;
            var regexes = Written(pattern).Select(one => new Regex(Translate(one.Replace("//", "/", StringComparison.Ordinal)), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)).ToList();
            var expected = all.Where(path => regexes.Any(regex => regex.IsMatch(path))).Order(StringComparer.Ordinal);

            Assert.Equal(expected, _job.Call("tests", "glob", pattern).Lines);
        }, iter: 300, threads: 1);
    }

    private int Shell(string script)
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh") { ArgumentList = { "-c", script }, WorkingDirectory = _job.Work })!;
        shell.WaitForExit();
        return shell.ExitCode;
    }

    private GlobWalk Walk(params string[] patterns) => new(Automaton(patterns), _job.Work);

    private static GlobAutomaton Automaton(params string[] patterns)
    {
        Assert.True(GlobAutomaton.TryParse(patterns, out var automaton, out _));
        return automaton;
    }

    private static IEnumerable<string> Written(string pattern) => Regex.Match(pattern, @"\{([^{}]*)\}") is { Success: true } braces
        ? braces.Groups[1].Value.Split(',').SelectMany(choice => Written(pattern[..braces.Index] + choice + pattern[(braces.Index + braces.Length)..]))
        : [pattern];

    private static string Translate(string pattern)
    {
        var regex = new StringBuilder("^(?:");
        for (var i = 0; i < pattern.Length; i++)
        {
            var startsName = i == 0 || pattern[i - 1] == '/';
            if (pattern.AsSpan(i).StartsWith("**/") && startsName)
                (_, i) = (regex.Append("(?:[^/]+/)*"), i + 2);
            else if (pattern.AsSpan(i).StartsWith("**"))
                (_, i) = (regex.Append(".*"), i + 1);
            else if (pattern.AsSpan(i).StartsWith("[!a]"))
                (_, i) = (regex.Append("[^a/]"), i + 3);
            else if (pattern.AsSpan(i).StartsWith("[ab]"))
                (_, i) = (regex.Append("[ab]"), i + 3);
            else
                regex.Append(pattern[i] switch { '*' => "[^/]*", '?' => "[^/]", var c => Regex.Escape(c.ToString()) });
        }

        return regex.Append(")$").ToString();
    }
}
