using Ringfence.Config.Orbs;

namespace Ringfence.Config.Tests.Rules;

public sealed class OrbsTests
{
    private const string Greeter = """
        version: 2.1
        commands: {hello: {steps: [run: hello]}}
        executors: {e: {docker: [{image: orb}]}}
        jobs: {greet: {executor: e, steps: [hello]}}
        """;

    [Rule("CL-15.1")]
    [Theory]
    [InlineData("circleci/node@5", "5")]
    [InlineData("circleci/node@5.1", "5.1")]
    [InlineData("circleci/node@5.1.0", "5.1.0")]
    [InlineData("circleci/node@volatile", "volatile")]
    [InlineData("circleci/node@dev:my-label_1.x", "dev:my-label_1.x")]
    public void Reads_a_reference(string text, string version)
    {
        Assert.True(OrbReference.TryParse(text, out var reference, out _));

        Assert.Equal(new OrbReference.Registry("circleci", "node", version), reference);
    }

    [Rule("CL-15.1")]
    [Theory]
    [InlineData("node@5", "'namespace/orb@version'")]
    [InlineData("circleci/node", "'namespace/orb@version'")]
    [InlineData("Circleci/node@5", "lower-case letters")]
    [InlineData("circleci/1node@5", "lower-case letters")]
    [InlineData("circleci/node@", "'' is no orb version")]
    [InlineData("circleci/node@5.1.0.1", "'5.1.0.1' is no orb version")]
    [InlineData("circleci/node@latest", "'latest' is no orb version")]
    [InlineData("circleci/node@dev:", "'dev:' is no orb version")]
    public void Refuses_what_is_no_reference(string text, string whyNot) =>
        Compiling.Config($"version: 2.1\norbs:\n  o: '{text}'\njobs: {{build: {{docker: [{{image: i}}], steps: [checkout]}}}}")
            .ShouldFailOnly("RF4013", $"'{text}' is not a reference to an orb", 3, 6, whyNot);

    [Rule("CL-15.1")]
    [Fact]
    public void Takes_the_version_from_a_pipeline_parameter()
    {
        const string Config = """
            version: 2.1
            parameters: {v: {type: string, default: 1.0.0}}
            orbs: {o: acme/greeter@<< pipeline.parameters.v >>}
            workflows: {w: {jobs: [o/greet]}}
            """;
        FakeOrbs orbs = new() { { "acme/greeter@1.0.0", Greeter }, { "acme/greeter@2.0.0", Greeter } };

        Compiling.Config(Config.Replace("1.0.0", "'1.0.0'", StringComparison.Ordinal), parameters: [("v", "2.0.0")], orbs: orbs).ShouldBeClean();

        Assert.Equal(["acme/greeter@2.0.0"], orbs.Asked);
    }

    [Rule("CL-15.2")]
    [Fact]
    public void Keeps_the_exact_version_that_a_reference_came_to_mean()
    {
        var compiled = Compiling.Config(
            "version: 2.1\norbs: {o: acme/greeter@1}\nworkflows: {w: {jobs: [o/greet]}}", orbs: new() { { "acme/greeter@1", "acme/greeter@1.2.3", Greeter } });

        Assert.Equal(("acme/greeter@1", "acme/greeter@1.2.3"), (compiled.Pipeline.Orbs[0].Written, compiled.Pipeline.Orbs[0].Resolved));
    }

    [Rule("CL-15.4")]
    [Fact]
    public void Says_that_an_orb_cannot_be_found() => Compiling.Config("version: 2.1\norbs: {o: acme/greeter@9.9.9}\nworkflows: {w: {jobs: [o/greet]}}").ShouldFailOnly(
        "RF4011", "Cannot find acme/greeter@9.9.9 in the orb registry. Check that the namespace, orb name and version are correct.", 2, 11, "The test has no such orb.");

    [Rule("CL-15.7")]
    [Fact]
    public void Imports_an_orb_from_a_url()
    {
        const string Url = "https://orbs.example/acme/greeter.yml";

        var compiled = Compiling.Config($"version: 2.1\norbs: {{o: '{Url}'}}\nworkflows: {{w: {{jobs: [o/greet]}}}}", orbs: new() { { Url, Greeter } });

        compiled.ShouldBeClean().Job("o/greet").ShouldBe("{docker: [{image: orb}], steps: [{run: {command: hello}}]}");
        Assert.Equal(Url, compiled.Pipeline.Orbs[0].Resolved);
    }

    [Rule("CL-15.7")]
    [Theory]
    [InlineData("http://orbs.example/greeter.yml")]
    [InlineData("https://user@orbs.example/greeter.yml")]
    [InlineData("file:///etc/greeter.yml")]
    public void Refuses_urls_that_are_not_https(string url) =>
        Compiling.Config($"version: 2.1\norbs: {{o: '{url}'}}\nworkflows: {{w: {{jobs: [o/greet]}}}}").ShouldFailOnly("RF4013", "is not a reference to an orb", 2, 11, "https");

    [Rule("CL-15.7")]
    [Fact]
    public void Refuses_a_url_that_the_source_of_orbs_refuses()
    {
        var orbs = new FakeOrbs();
        orbs.Refuse("https://orbs.example/greeter.yml", "This address is not on the list", "Add it to the list.");

        Compiling.Config("version: 2.1\norbs: {o: 'https://orbs.example/greeter.yml'}\nworkflows: {w: {jobs: [o/greet]}}", orbs: orbs)
            .ShouldFailOnly("RF4012", "This address is not on the list", 2, 11, "Add it to the list.");
    }

    [Rule("CL-15.8")]
    [Fact]
    public void Lets_the_config_choose_the_prefix() => Compiling.Config(
        """
        version: 2.1
        orbs: {mine: acme/greeter@1.0.0}
        jobs: {j: {executor: mine/e, steps: [mine/hello]}}
        workflows: {w: {jobs: [j, mine/greet]}}
        """,
        orbs: new() { { "acme/greeter@1.0.0", Greeter } }).ShouldBeClean().Document["jobs"].ShouldBe("""
        j: {docker: [{image: orb}], steps: [{run: {command: hello}}]}
        mine/greet: {docker: [{image: orb}], steps: [{run: {command: hello}}]}
        """);

    [Rule("CL-15.8")]
    [Fact]
    public void Does_not_know_an_orb_by_another_prefix() => Compiling.Config(
        "version: 2.1\norbs: {mine: acme/greeter@1.0.0}\nworkflows: {w: {jobs: [greeter/greet]}}", orbs: new() { { "acme/greeter@1.0.0", Greeter } })
        .ShouldFailOnly("RF4004", "Cannot find orb 'greeter' looking for job named 'greeter/greet'", 3, 24);

    [Rule("CL-15.9")]
    [Fact]
    public void Lets_the_elements_of_an_inline_orb_see_each_other() => Compiling.Config("""
        version: 2.1
        orbs:
          o:
            commands: {outer: {steps: [inner]}, inner: {steps: [run: hello]}}
            executors: {e: {docker: [{image: orb}]}}
            jobs: {j: {executor: e, steps: [outer]}}
        workflows: {w: {jobs: [o/j]}}
        """).ShouldBeClean().Job("o/j").ShouldBe("{docker: [{image: orb}], steps: [{run: {command: hello}}]}");

    [Rule("CL-15.9")]
    [Theory]
    [InlineData("{executor: e, steps: [checkout]}", "RF4003", "Cannot find a definition for executor named e", 4, 26)]
    [InlineData("{docker: [{image: i}], steps: [c]}", "RF4001", "Cannot find a definition for command named c", 4, 46)]
    public void Does_not_let_an_inline_orb_see_the_project(string job, string code, string message, int line, int column) => Compiling.Config($$$"""
        version: 2.1
        orbs:
          o:
            jobs: {j: {{{job}}} }
        executors: {e: {docker: [{image: i}]}}
        commands: {c: {steps: [checkout]}}
        workflows: {w: {jobs: [o/j]}}
        """).ShouldFailOnly(code, message, line, column);

    [Rule("CL-15.10")]
    [Fact]
    public void Lets_an_inline_orb_import_orbs() => Compiling.Config(
        """
        version: 2.1
        orbs:
          o:
            orbs:
              far: acme/greeter@1.0.0
              near: {commands: {c: {steps: [run: near]}}}
            jobs: {j: {executor: far/e, steps: [far/hello, near/c]}}
        workflows: {w: {jobs: [o/j]}}
        """,
        orbs: new() { { "acme/greeter@1.0.0", Greeter } }).ShouldBeClean().Job("o/j")
        .ShouldBe("{docker: [{image: orb}], steps: [{run: {command: hello}}, {run: {command: near}}]}");

    [Rule("CL-15.11")]
    [Fact]
    public void Lets_an_orb_use_pipeline_values() => Compiling.Config(
        "version: 2.1\norbs: {o: acme/o@1.0.0}\nworkflows: {w: {jobs: [o/j]}}",
        orbs: new() { { "acme/o@1.0.0", "jobs: {j: {docker: [{image: i}], steps: [run: on << pipeline.git.branch >>]}}" } })
        .Steps("o/j").ShouldBe("[{run: {command: on main}}]");

    [Rule("CL-15.9", "CL-15.11")]
    [Theory]
    [InlineData("acme/o@1.0.0")]
    [InlineData("{jobs: {j: {docker: [{image: i}], steps: [run: << pipeline.parameters.p >>]}}}")]
    public void Does_not_let_an_orb_use_pipeline_parameters(string orb)
    {
        var compiled = Compiling.Config(
            $"version: 2.1\nparameters: {{p: {{type: string, default: x}}}}\norbs:\n  o: {orb}\nworkflows: {{w: {{jobs: [o/j]}}}}",
            orbs: new() { { "acme/o@1.0.0", "jobs: {j: {docker: [{image: i}], steps: [run: << pipeline.parameters.p >>]}}" } });

        var error = Assert.Single(compiled.Errors);
        Assert.Equal(("RF2002", "Unknown variable(s): pipeline.parameters.p"), (error.Code.Id, error.Message));
        Assert.Contains("give the value to it as an argument", error.Hint, StringComparison.Ordinal);
    }

    [Rule("CL-15.12")]
    [Theory]
    [InlineData("jobs: [outer/greet]")]
    [InlineData("jobs: [inner/greet]")]
    [InlineData("jobs: [outer/inner/greet]")]
    public void Does_not_let_a_project_see_what_its_orbs_import(string jobs)
    {
        var compiled = Compiling.Config(
            $"version: 2.1\norbs: {{outer: acme/outer@1.0.0}}\nworkflows:\n  w: {{{jobs}}}",
            orbs: new() { { "acme/outer@1.0.0", "orbs: {inner: acme/greeter@1.0.0}\njobs: {own: {executor: inner/e, steps: [inner/hello]}}" }, { "acme/greeter@1.0.0", Greeter } });

        compiled.ShouldFailOnly(jobs.Contains("[inner", StringComparison.Ordinal) ? "RF4004" : "RF4002", "Cannot find", 4, 14);
    }

    [Rule("CL-15.12")]
    [Fact]
    public void Lets_the_jobs_of_an_orb_call_what_their_orb_imports() => Compiling.Config(
        "version: 2.1\norbs: {outer: acme/outer@1.0.0}\nworkflows: {w: {jobs: [outer/own]}}",
        orbs: new() { { "acme/outer@1.0.0", "orbs: {inner: acme/greeter@1.0.0}\njobs: {own: {executor: inner/e, steps: [inner/hello]}}" }, { "acme/greeter@1.0.0", Greeter } })
        .ShouldBeClean().Job("outer/own").ShouldBe("{docker: [{image: orb}], steps: [{run: {command: hello}}]}");

    [Rule("CL-15.13")]
    [Fact]
    public void Requires_the_jobs_of_orbs_by_their_names_in_the_project() => Compiling.Config(
        """
        version: 2.1
        orbs: {o: acme/greeter@1.0.0}
        workflows:
          w:
            jobs:
              - o/greet
              - o/greet: {name: later, requires: [o/greet]}
              - o/greet: {name: last, requires: [later]}
        """,
        orbs: new() { { "acme/greeter@1.0.0", Greeter } }).ShouldBeClean().Workflow("w")["jobs"]
        .ShouldBe("[o/greet, {later: {requires: [o/greet]}}, {last: {requires: [later]}}]");

    [Rule("CL-15.14")]
    [Fact]
    public void Takes_every_part_of_an_orb() => Compiling.Config(
        "version: 2.1\norbs: {o: acme/o@1.0.0}\nworkflows: {w: {jobs: [o/greet]}}",
        orbs: new()
        {
            {
                "acme/o@1.0.0",
                $"""
                {Greeter}
                description: Says hello
                display:
                  home_url: https://acme.example
                  source_url: https://git.example
                examples:
                  one:
                    description: How to
                    usage:
                      version: 2.1
                      workflows:
                        w:
                          jobs: [o/greet]
                """
            },
        }).ShouldBeClean();

    [Rule("CL-15.14")]
    [Theory]
    [InlineData("parameters")]
    [InlineData("workflows")]
    public void Says_that_an_inline_orb_has_no_workflows_or_parameters(string key) => Compiling.Config(
        $"version: 2.1\norbs:\n  o:\n    jobs: {{j: {{docker: [{{image: i}}], steps: [checkout]}}}}\n    {key}: {{}}\nworkflows: {{w: {{jobs: [o/j]}}}}")
        .ShouldMention("RF3018", $"[#/orbs/o] extraneous key [{key}] is ignored", 5, 5);
}
