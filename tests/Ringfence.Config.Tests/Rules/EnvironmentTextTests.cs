using Ringfence.Config.Compilation;
using Ringfence.Config.Diagnostics;
using Ringfence.Config.Yaml;
using Ringfence.Primitives;

namespace Ringfence.Config.Tests.Rules;

/// <summary>CL-6.6 to CL-6.8: the texts that variables get.</summary>
public sealed class EnvironmentTextTests
{
    [Theory]
    [Rule("CL-6.6", "CL-6.7", "CL-6.8")]
    [InlineData("true", "1")]
    [InlineData("no", "0")]
    [InlineData("null", "<nil>")]
    [InlineData("", "<nil>")]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("999999", "999999")]
    [InlineData("-999999", "-999999")]
    [InlineData("1000000", "1e+06")]
    [InlineData("1234567", "1.234567e+06")]
    [InlineData("-1234567", "-1.234567e+06")]
    [InlineData("123456789012345678901234567890", "1.2345678901234568e+29")]
    [InlineData("20260824", "2.0260824e+07")]
    [InlineData("\"1234567\"", "1234567")]
    [InlineData("\"true\"", "true")]
    [InlineData("1.10", "1.1")]
    [InlineData("13.0", "13")]
    [InlineData("0.0", "0")]
    [InlineData("0.0001", "0.0001")]
    [InlineData("0.00001234", "1.234e-05")]
    [InlineData("123456.789", "123456.789")]
    [InlineData("1234567.5", "1.2345675e+06")]
    [InlineData("1e3", "1000")]
    [InlineData("1.0e+3", "1000")]
    [InlineData(".inf", "+Inf")]
    [InlineData("-.inf", "-Inf")]
    [InlineData(".nan", "NaN")]
    public void Writes_a_value_of_a_job_as_the_agent_does(string written, string text) =>
        Assert.Equal(text, EnvironmentText.Of(Scalar(written), isJobLevel: true));

    [Theory]
    [Rule("CL-6.6", "CL-6.8")]
    [InlineData("1234567", "1234567")]
    [InlineData("true", "1")]
    [InlineData("1234567.5", "1.2345675e+06")]
    public void Keeps_all_digits_of_a_whole_number_below_the_job(string written, string text) =>
        Assert.Equal(text, EnvironmentText.Of(Scalar(written), isJobLevel: false));

    [Fact]
    [Rule("CL-6.6", "CL-6.7", "CL-6.8", "CL-25.6", "CL-25.7")]
    public void Gives_a_job_the_variables_of_its_executor_and_its_own_as_texts()
    {
        var result = Compiling.Config("""
            version: 2.1
            executors:
              e: {docker: [image: cimg/base:current], environment: {FIRST: a, FLAG: kept}}
            jobs:
              build:
                parameters: {b: {type: boolean, default: true}}
                executor: e
                environment:
                  FLAG: << parameters.b >>
                  OFF: << pipeline.git.branch.is_default >>
                  TEXT: is << parameters.b >>
                  URL: << pipeline.project.git_url >>/compare/<< pipeline.git.base_revision >>
                  BASE: << pipeline.git.base_revision >>
                  BUILD: 1234567
                  QUOTED: "1234567"
                steps: [run: echo << parameters.b >>]
            """, values: [("pipeline.git.base_revision", null)]);

        Assert.Equal(
            "FIRST=a FLAG=1 OFF=0 TEXT=is true URL=https://github.com/acme/app/compare/<nil> BASE=<nil> BUILD=1.234567e+06 QUOTED=1234567",
            string.Join(' ', Assert.Single(result.Pipeline.Jobs).Environment.Select(v => $"{v.Name}={v.Text}")));
        result.Steps("build").ShouldBe("[run: {command: echo true}]");
    }

    [Fact]
    public void Gives_a_job_without_variables_none() =>
        Assert.Empty(Assert.Single(Compiling.Config("""
            version: 2.1
            jobs:
              build: {docker: [image: cimg/base:current], steps: [checkout]}
            """).Pipeline.Jobs).Environment);

    [Fact]
    [Rule("CL-11.8")]
    public void Refuses_a_variable_that_is_a_list_or_a_map() =>
        Compiling.Config("""
            version: 2.1
            jobs:
              build:
                docker: [image: cimg/base:current]
                environment: {LIST: [a, b]}
                steps: [checkout]
            """).ShouldFailOnly(StructureCodes.WrongType.Id, "'environment' variable LIST expected type: String, found: Sequence", 5, 25);

    private static YamlScalar Scalar(string written)
    {
        var root = YamlReader.Read(new SourceText("test", $"v: {written}"), new DiagnosticBag(), Limits.Default);
        return Assert.IsType<YamlScalar>(Assert.IsType<YamlMapping>(root)["v"]);
    }
}
