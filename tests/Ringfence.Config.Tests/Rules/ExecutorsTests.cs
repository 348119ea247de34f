namespace Ringfence.Config.Tests.Rules;

/// <summary>CL-10: executors.</summary>
public sealed class ExecutorsTests
{
    [Fact]
    [Rule("CL-10.1")]
    public void Takes_every_key_of_an_executor() =>
        Compiling.Config("""
            version: 2.1
            executors:
              e:
                description: a box
                parameters: {tag: {type: string, default: current}}
                docker: [image: "cimg/base:<< parameters.tag >>"]
                environment: {A: b}
                working_directory: ~/app
                shell: /bin/sh
                resource_class: small
              m: {machine: {image: ubuntu}}
              x: {macos: {xcode: 26.0.0}}
            jobs:
              build: {executor: e, steps: [checkout]}
              on-machine: {executor: m, steps: [checkout]}
              on-mac: {executor: x, steps: [checkout]}
            workflows: {main: {jobs: [build, on-machine, on-mac]}}
            """).ShouldBeClean().Job("build").ShouldBe("""
            docker: [image: 'cimg/base:current']
            working_directory: ~/app
            shell: /bin/sh
            resource_class: small
            environment: [A: b]
            steps: [checkout]
            """);

    [Theory]
    [Rule("CL-10.1")]
    [InlineData("{docker: [image: a], steps: [checkout]}", "RF3001", "[#/executors/e] extraneous key [steps] is not permitted", 27)]
    [InlineData("{docker: [image: a], machine: true}", "RF3010", "[#/executors/e] only 1 subschema matches out of 2: 'docker' and 'machine' exclude each other", 27)]
    [InlineData("{windows: true}", "RF3001", "[#/executors/e] extraneous key [windows] is not permitted", 7)]
    public void Refuses_other_keys_and_several_types(string executor, string code, string message, int column) =>
        Compiling.Config($$"""
            version: 2.1
            executors:
              e: {{executor}}
            jobs: {build: {docker: [image: a], steps: [checkout]} }
            """).ShouldFail(code, message, 3, column);

    [Fact]
    [Rule("CL-10.1")]
    public void Refuses_an_executor_without_a_type_once_a_job_uses_it() =>
        Compiling.Config("""
            version: 2.1
            executors: {e: {environment: {A: b}}}
            jobs: {build: {executor: e, steps: [checkout]}}
            """).ShouldFailOnly("RF3002", "[#/jobs/build] 0 subschemas matched instead of one: the executor has no type", 3, 16);

    [Theory]
    [Rule("CL-10.2")]
    [InlineData("e", "e:1")]
    [InlineData("{name: e}", "e:1")]
    [InlineData("{name: e, v: '2'}", "e:2")]
    [InlineData("{v: '2', name: << parameters.e >>}", "e:2")]
    [InlineData("<< parameters.e >>", "e:1")]
    [InlineData("tool/t", "t:1")]
    [InlineData("{name: tool/t, v: '3'}", "t:3")]
    [InlineData("<< parameters.t >>", "t:9")]
    public void Takes_every_way_to_refer_to_an_executor(string reference, string image) =>
        Compiling.Config($$$$$"""
            version: 2.1
            orbs: {tool: {executors: {t: {parameters: {v: {type: string, default: '1'}}, docker: [image: "t:<< parameters.v >>"]}}}}
            executors: {e: {parameters: {v: {type: string, default: '1'}}, docker: [image: "e:<< parameters.v >>"]}}
            jobs:
              build:
                parameters: {e: {type: executor, default: e}, t: {type: executor, default: {name: tool/t, v: '9'}}}
                executor: {{{{{reference}}}}}
                steps: [checkout]
            """).Job("build")["docker"].ShouldBe($"[image: '{image}']");

    [Theory]
    [Rule("CL-10.2")]
    [InlineData("{v: '2'}", "RF3002", "Missing executor name", 15)]
    [InlineData("[e]", "RF3003", "[#/jobs/build/executor] expected type: String or Mapping, found: Sequence", 15)]
    [InlineData("{name: [e]}", "RF3003", "expected type: String", 15)]
    public void Refuses_other_ways_to_refer_to_one(string reference, string code, string message, int column) =>
        Compiling.Config($$"""
            version: 2.1
            executors: {e: {docker: [image: a]} }
            jobs:
              build:
                executor: {{reference}}
                steps: [checkout]
            """).ShouldFail(code, message, 5, column);

    [Theory]
    [Rule("CL-10.3")]
    [InlineData("nope", "RF4003", "Cannot find a definition for executor named nope", "Did you mean 'node'?")]
    [InlineData("big", "RF4003", "Cannot find a definition for executor named big", "Define it under 'executors:'")]
    [InlineData("tools/t", "RF4004", "Cannot find orb 'tools' looking for executor named 'tools/t'", "Did you mean 'tool'?")]
    [InlineData("tool/nope", "RF4003", "Cannot find a definition for executor named tool/nope", null)]
    public void Refuses_executors_that_are_not_defined(string name, string code, string message, string? hint) =>
        Compiling.Config($$$$$"""
            version: 2.1
            orbs: {tool: {executors: {t: {docker: [image: a]}}}}
            executors: {node: {docker: [image: a]}}
            jobs:
              build:
                executor: {{{{{name}}}}}
                steps: [checkout]
            """).ShouldFailOnly(code, message, 6, 15, hint);

    [Fact]
    [Rule("CL-10.4", "CL-10.5", "CL-25.4")]
    public void Lets_the_keys_of_a_job_replace_those_of_its_executor_but_merges_the_environment() =>
        Compiling.Config("""
            version: 2.1
            executors:
              node:
                docker: [{image: node:lts, user: root}, {image: redis}]
                environment: {ENV: ci, LEVEL: executor}
                working_directory: ~/executor
                resource_class: small
            jobs:
              build:
                executor: node
                docker: [image: cimg/base:stable]
                environment: {LEVEL: job, OWN: x}
                resource_class: large
                steps: [checkout]
            """).Job("build").ShouldBe("""
            working_directory: ~/executor
            resource_class: large
            docker: [image: cimg/base:stable]
            environment: [ENV: ci, LEVEL: job, OWN: x]
            steps: [checkout]
            """);

    [Theory]
    [Rule("CL-10.6")]
    [InlineData("machine: true", "{machine: true, steps: [checkout]}")]
    [InlineData("macos: {xcode: 26.0.0}", "{macos: {xcode: 26.0.0}, steps: [checkout]}")]
    public void Lets_a_job_replace_the_type_of_its_executor(string type, string job) =>
        Compiling.Config($$"""
            version: 2.1
            executors: {e: {docker: [image: a]} }
            jobs:
              build:
                executor: e
                {{type}}
                steps: [checkout]
            """).ShouldBeClean().Job("build").ShouldBe(job);

    [Fact]
    [Rule("CL-10.7")]
    public void Knows_its_own_parameters_only_and_gets_those_of_a_job_passed_on()
    {
        const string Source = """
            version: 2.1
            executors: {node: {parameters: {version: {type: string, default: lts}}, docker: [image: "node:<< parameters.version >>"]}}
            jobs:
              build:
                parameters: {version: {type: string, default: "20"}, tag: {type: string, default: x}}
                executor: {name: node, version: << parameters.version >>}
                steps: [run: node << parameters.version >>]
            """;

        Compiling.Config(Source).ShouldBeClean().Job("build").ShouldBe("{docker: [image: 'node:20'], steps: [run: {command: node 20}]}");
        Compiling.Config(Source.Replace("node:<< parameters.version >>", "node:<< parameters.tag >>", StringComparison.Ordinal))
            .ShouldFailOnly("RF2003", "Arguments referenced without declared parameters: parameters.tag", 2, 95);
        Compiling.Config(Source.Replace("{name: node, version: << parameters.version >>}", "node", StringComparison.Ordinal)).Job("build")["docker"].ShouldBe("[image: 'node:lts']");
    }
}
