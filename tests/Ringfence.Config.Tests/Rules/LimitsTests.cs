using System.Globalization;

namespace Ringfence.Config.Tests.Rules;

public sealed class LimitsTests
{
    private const string Small = "version: 2.1\njobs: {a: {docker: [{image: i}], steps: [checkout]}}\n";

    [Rule("CL-21.1")]
    [Fact]
    public void Refuses_a_compiled_config_that_is_too_large()
    {
        var compiled = Compiling.Config($$$"""
            version: 2.1
            commands:
              long: {steps: [run: {{{new string('x', 100_000)}}}]}
              ten: {steps: [long, long, long, long, long, long, long, long, long, long]}
            jobs:
              a: {docker: [{image: i}], steps: [ten, ten, ten, ten, ten, ten, ten, ten, ten]}
            workflows: {w: {jobs: [a]}}
            """);

        compiled.ShouldFailOnly("RF3012", "A compiled config YAML must be at most 8MB", 3, 18);
    }

    [Rule("CL-21.1")]
    [Fact]
    public void Takes_a_config_just_below_the_limit() =>
        Assert.True(Compiling.Config($"{Small}workflows: {{w: {{jobs: [a: {{pre-steps: [run: {new string('x', 7_000_000)}]}}]}}}}").Result.IsValid);

    [Rule("CL-21.1")]
    [Fact]
    public void Refuses_a_text_that_grows_without_an_end()
    {
        var doubling = string.Join('\n', Enumerable.Range(0, 40).Select(i => string.Create(
            CultureInfo.InvariantCulture, $"  c{i}: {{parameters: {{v: {{type: string}}}}, steps: [c{i + 1}: {{v: << parameters.v >><< parameters.v >>}}]}}")));
        var compiled = Compiling.Config($$$"""
            version: 2.1
            commands:
            {{{doubling}}}
              c40: {parameters: {v: {type: string}}, steps: [run: << parameters.v >>]}
            jobs:
              a: {docker: [{image: i}], steps: [c0: {v: x}]}
            workflows: {w: {jobs: [a]}}
            """);

        Assert.Contains(compiled.Errors, e => e.Code.Id == "RF3012");
    }

    [Rule("CL-21.2")]
    [Fact]
    public void Refuses_a_matrix_of_more_than_a_thousand_jobs()
    {
        static Compiled Matrix(int count) => Compiling.Config($$$"""
            version: 2.1
            jobs: {m: {parameters: {a: {type: integer}, b: {type: integer}}, docker: [{image: i}], steps: [checkout]}}
            workflows:
              w:
                jobs:
                  - m: {matrix: {parameters: {a: [{{{string.Join(", ", Enumerable.Range(1, count))}}}], b: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]}} }
            """);

        Assert.Equal(1000, Matrix(100).Pipeline.Workflows[0].Jobs.Length);
        Matrix(101).ShouldFailOnly("RF5006", "The matrix makes 1,010 jobs; at most 1,000 are allowed", 6, 34);
    }

    [Rule("CL-21.2")]
    [Theory]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public void Refuses_more_jobs_than_the_limit(int count, bool isTaken)
    {
        var jobs = string.Join(", ", Enumerable.Range(1, count).Select(i => $"a: {{name: j{i}}}"));
        var compiled = Compiling.Config($"{Small}workflows: {{w: {{jobs: [{jobs}]}}}}", limits: new Limits { Jobs = 3 });

        if (isTaken)
            Assert.Equal(3, compiled.Pipeline.Jobs.Length);
        else
            Assert.Equal("The workflows run more than 3 jobs", compiled.MessageOf("RF3013"));
    }

    [Rule("CL-21.2")]
    [Theory]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public void Refuses_more_steps_than_the_limit(int count, bool isTaken)
    {
        var steps = string.Join(", ", Enumerable.Repeat("checkout", count - 1));
        var compiled = Compiling.Config($"{Small}workflows: {{w: {{jobs: [a: {{pre-steps: [{steps}]}}]}}}}", limits: new Limits { Steps = 3 });

        if (isTaken)
            Assert.Equal(3, compiled.Steps("a").Count);
        else
            Assert.Equal("The jobs have more than 3 steps together", compiled.MessageOf("RF3013"));
    }

    [Rule("CL-15.7")]
    [Theory]
    [InlineData(50, true)]
    [InlineData(51, false)]
    public void Refuses_more_than_fifty_orbs_of_urls(int count, bool isTaken)
    {
        var orbs = new FakeOrbs();
        for (var i = 1; i <= count; i++)
            orbs.Add($"https://orbs.example/{i}.yml", "commands: {c: {steps: [checkout]}}");
        var imports = string.Join('\n', Enumerable.Range(1, count).Select(i => $"  o{i}: https://orbs.example/{i}.yml"));
        var compiled = Compiling.Config($"{Small}workflows: {{w: {{jobs: [a]}}}}\norbs:\n{imports}", orbs: orbs);

        if (isTaken)
            Assert.True(compiled.Result.IsValid);
        else
            compiled.ShouldFailOnly("RF4012", "There are more than 50 URL orbs", 55, 8);
    }

    [Rule("CL-15.7")]
    [Theory]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public void Refuses_orbs_that_are_nested_too_deep(int depth, bool isTaken)
    {
        var orbs = new FakeOrbs();
        for (var i = 1; i < depth; i++)
            orbs.Add($"https://orbs.example/{i}.yml", $"orbs: {{next: 'https://orbs.example/{i + 1}.yml'}}");
        orbs.Add($"https://orbs.example/{depth}.yml", "commands: {c: {steps: [checkout]}}");
        var compiled = Compiling.Config($"{Small}workflows: {{w: {{jobs: [a]}}}}\norbs: {{o: 'https://orbs.example/1.yml'}}", orbs: orbs);

        if (isTaken)
            Assert.True(compiled.Result.IsValid);
        else
            Assert.Equal("Orbs are nested more than 5 deep", compiled.MessageOf("RF4014"));
    }

    [Rule("CL-15.7")]
    [Fact]
    public void Refuses_orbs_that_import_each_other()
    {
        FakeOrbs orbs = new() { { "acme/a@1.0.0", "orbs: {b: acme/b@1.0.0}" }, { "acme/b@1.0.0", "orbs: {a: acme/a@1.0.0}" } };

        var compiled = Compiling.Config($"{Small}workflows: {{w: {{jobs: [a]}}}}\norbs: {{o: acme/a@1.0.0}}", orbs: orbs);

        Assert.Equal("The orb acme/a@1.0.0 imports itself", compiled.MessageOf("RF4014"));
    }
}
