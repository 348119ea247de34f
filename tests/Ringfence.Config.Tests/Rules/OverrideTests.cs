namespace Ringfence.Config.Tests.Rules;

public sealed class OverrideTests
{
    private const string Config = """
        version: 2.1
        orbs:
          o:
            jobs:
              deploy: {parameters: {to: {type: string}}, docker: [{image: orb}], steps: [run: orb << parameters.to >>]}
        jobs:
          deploy: {parameters: {to: {type: string}}, docker: [{image: own}], steps: [run: own << parameters.to >>]}
        workflows: {w: {jobs: [deploy: {to: prod, context: c, override-with: WITH}]}}
        """;

    [Rule("CL-17.24")]
    [Fact]
    public void Takes_the_definition_of_the_orb()
    {
        var compiled = Compiling.Config(Config.Replace("WITH", "o/deploy", StringComparison.Ordinal));

        compiled.Job("deploy").ShouldBe("{docker: [{image: orb}], steps: [{run: {command: orb prod}}]}");
        compiled.Workflow("w")["jobs"].ShouldBe("[deploy: {context: c}]");
    }

    [Rule("CL-17.24")]
    [Theory]
    [InlineData("o/other")]
    [InlineData("gone/deploy")]
    public void Keeps_the_own_definition_when_there_is_none(string with) => Compiling.Config(Config.Replace("WITH", with, StringComparison.Ordinal))
        .Job("deploy").ShouldBe("{docker: [{image: own}], steps: [{run: {command: own prod}}]}");
}
