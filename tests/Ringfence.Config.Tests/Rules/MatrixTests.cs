namespace Ringfence.Config.Tests.Rules;

public sealed class MatrixTests
{
    /// <summary>The invocation of the job m, from 10:11; its parameters are a, b and c with defaults.</summary>
    private static Compiled Matrix(string keys, string jobs = "") => Compiling.Config($"""
        version: 2.1
        executors: {"{slim: {docker: [{image: slim}]}, big: {parameters: {v: {type: string}}, docker: [{image: 'big:<< parameters.v >>'}]}}"}
        jobs:
          n: {"{docker: [{image: i}], steps: [checkout]}"}
          m: {"{parameters: {a: {type: integer, default: 0}, b: {type: string, default: ''}, c: {type: boolean, default: false}, d: {type: enum, enum: [x, y], default: x}, e: {type: executor, default: slim}}, executor: << parameters.e >>, steps: [run: << parameters.a >>/<< parameters.b >>/<< parameters.c >>/<< parameters.d >>]}"}
        workflows:
          w:
            jobs:
              - m:
                  {keys.Replace("\n", "\n          ", StringComparison.Ordinal)}
              - n: {"{requires: [m]}"}
        {jobs}
        """);

    [Rule("CL-18.1")]
    [Theory]
    [InlineData("matrix: {}", "RF3002", "[matrix] required key [parameters] not found", 19)]
    [InlineData("matrix: [a]", "RF5005", "[matrix] expected type: Mapping, found: Sequence", 19)]
    [InlineData("matrix: {parameters: {}}", "RF5005", "The parameters of a matrix are a map of lists", 32)]
    [InlineData("matrix: {parameters: {a: [1]}, exclud: []}", "RF3001", "[matrix] extraneous key [exclud] is not permitted", 42)]
    public void Refuses_a_matrix_that_is_not_one(string keys, string code, string message, int column)
    {
        var compiled = Matrix(keys);

        compiled.ShouldFail(code, message, 10, column);
    }

    [Rule("CL-18.1")]
    [Theory]
    [InlineData("{zz: [1]}", "RF4006", "Unexpected argument(s): zz")]
    [InlineData("{a: [1, x]}", "RF4007", "Type error for argument a: expected type: integer, actual value: \"x\" (type string)")]
    [InlineData("{b: [x, 2]}", "RF4007", "Type error for argument b: expected type: string, actual value: \"2\" (type integer)")]
    public void Checks_every_value_against_the_parameters_of_the_job(string parameters, string code, string message)
    {
        var error = Assert.Single(Matrix($"matrix: {{parameters: {parameters}}}").Errors);

        Assert.Equal((code, message), (error.Code.Id, error.Message));
        Assert.Equal(10, error.Span.Position.Line);
    }

    [Rule("CL-18.2", "CL-18.3")]
    [Fact]
    public void Makes_every_combination()
    {
        var compiled = Matrix("matrix: {parameters: {b: [x, y], a: [1, 2]}}");

        Assert.Equal("m-1-x m-2-x m-1-y m-2-y n", compiled.JobNames);
        compiled.Steps("m-2-x").ShouldBe("[{run: {command: 2/x/false/x}}]");
    }

    [Rule("CL-18.2")]
    [Fact]
    public void Leaves_out_what_is_excluded() =>
        Assert.Equal("m-1-x m-2-y n", Matrix("matrix: {parameters: {a: [1, 2], b: [x, y]}, exclude: [{a: 1, b: y}, {b: x, a: 2}]}").JobNames);

    [Rule("CL-18.2")]
    [Theory]
    [InlineData("{a: 1}")]
    [InlineData("{a: 1, b: x, c: true}")]
    [InlineData("{a: 1, c: true}")]
    public void Refuses_to_exclude_less_or_more_than_a_combination(string item) =>
        Matrix($"matrix: {{parameters: {{a: [1, 2], b: [x, y]}}, exclude: [{item}]}}")
            .ShouldFailOnly("RF5005", "An item of 'exclude' gives a value for every parameter of the matrix", 10, 66, "The parameters are a, b.");

    [Rule("CL-18.3")]
    [Fact]
    public void Names_members_by_their_values_in_the_order_of_the_names() => Assert.Equal("build-macos-0.1", Compiling.Config("""
        version: 2.1
        jobs: {build: {parameters: {version: {type: string}, platform: {type: string}}, docker: [{image: i}], steps: [checkout]}}
        workflows: {w: {jobs: [build: {matrix: {parameters: {version: ["0.1"], platform: [macos]}}}]}}
        """).JobNames);

    [Rule("CL-18.3")]
    [Fact]
    public void Names_the_members_of_an_orb_job_with_its_prefix() => Assert.Equal("o/j-true o/j-false", Compiling.Config("""
        version: 2.1
        orbs: {o: {jobs: {j: {parameters: {c: {type: boolean}}, docker: [{image: i}], steps: [run: << parameters.c >>]}}}}
        workflows: {w: {jobs: [o/j: {matrix: {parameters: {c: [yes, no]}}}]}}
        """).JobNames);

    [Rule("CL-18.4", "CL-18.12")]
    [Fact]
    public void Fills_its_values_into_the_other_keys()
    {
        var compiled = Matrix("""
            matrix: {parameters: {a: [1, 2]}}
            name: build v<< matrix.a >>
            b: value << matrix.a >>
            context: [ctx-<< matrix.a >>]
            filters: {branches: {only: release-<< matrix.a >>}}
            requires: [n<< matrix.a >>]
            pre-steps: [run: before << matrix.a >>]
            """, "      - n: {name: n1}\n      - n: {name: n2}");

        compiled.Workflow("w")["jobs"][1].ShouldBe(
            "build v2: {context: [ctx-2], filters: {branches: {only: release-2}}, requires: [n2]}");
        compiled.Steps("build v2").ShouldBe("[{run: {command: before 2}}, {run: {command: 2/value 2/false/x}}]");
    }

    [Rule("CL-18.4")]
    [Fact]
    public void Numbers_members_whose_name_is_the_same() => Assert.Equal("same-1 same-2 n", Matrix("matrix: {parameters: {a: [1, 2]}}\nname: same").JobNames);

    [Rule("CL-18.4")]
    [Fact]
    public void Does_not_fill_its_values_into_the_body_of_the_job() => Compiling.Config("""
        version: 2.1
        jobs:
          m: {parameters: {a: {type: integer}}, docker: [{image: i}], steps: [run: << matrix.a >>]}
        workflows: {w: {jobs: [m: {matrix: {parameters: {a: [1]}}}]}}
        """).ShouldFailOnly("RF2002", "Unknown variable(s): matrix.a", 3, 76);

    [Rule("CL-18.5")]
    [Fact]
    public void Gives_other_arguments_to_every_member()
    {
        var compiled = Matrix("matrix: {parameters: {a: [1, 2]}}\nb: same");

        Assert.Equal("1/same/false/x 2/same/false/x", $"{compiled.Steps("m-1")[0]["run"]["command"].Text} {compiled.Steps("m-2")[0]["run"]["command"].Text}");
    }

    [Rule("CL-18.5")]
    [Fact]
    public void Refuses_an_argument_that_the_matrix_gives() => Matrix("matrix: {parameters: {a: [1, 2]}}\na: 3")
        .ShouldFailOnly("RF5005", "'a' is given by the matrix already", 11, 11);

    [Rule("CL-18.6")]
    [Fact]
    public void Stands_for_all_its_members_under_its_alias()
    {
        Matrix("matrix: {parameters: {a: [1, 2]}}").Workflow("w")["jobs"][2].ShouldBe("{n: {requires: [m-1, m-2]}}");

        var compiled = Matrix("matrix: {parameters: {a: [1, 2]}, alias: all}\nname: x<< matrix.a >>", "      - n: {name: one, requires: [x2]}\n      - n: {name: every, requires: [all]}\n      - m");
        compiled.Workflow("w")["jobs"].ShouldBe("[x1, x2, {n: {requires: [m]}}, {one: {requires: [x2]}}, {every: {requires: [x1, x2]}}, m]");
    }

    [Rule("CL-18.7")]
    [Fact]
    public void Chains_the_members_of_two_matrices_one_to_one() => Compiling.Config("""
        version: 2.1
        jobs:
          build: &job {parameters: {version: {type: string}}, docker: [{image: i}], steps: [run: << parameters.version >>]}
          test: *job
        workflows:
          w:
            jobs:
              - build: {matrix: {parameters: {version: ["1", "2"]}}, name: build-v<< matrix.version >>}
              - test: {matrix: {parameters: {version: ["1", "2"]}}, requires: [build-v<< matrix.version >>]}
        """).Workflow("w")["jobs"].ShouldBe("[build-v1, build-v2, {test-1: {requires: [build-v1]}}, {test-2: {requires: [build-v2]}}]");

    [Rule("CL-18.8", "CL-18.11")]
    [Theory]
    [InlineData("{b: [text]}", "m-text", "0/text/false/x", "slim")]
    [InlineData("{a: [7]}", "m-7", "7//false/x", "slim")]
    [InlineData("{c: [true]}", "m-true", "0//true/x", "slim")]
    [InlineData("{d: [y]}", "m-y", "0//false/y", "slim")]
    [InlineData("{e: [slim]}", "m-slim", "0//false/x", "slim")]
    [InlineData("{e: [{name: big, v: '2'}]}", "m-big", "0//false/x", "big:2")]
    public void Takes_values_of_every_type(string parameters, string name, string command, string image)
    {
        var compiled = Matrix($"matrix: {{parameters: {parameters}}}");

        Assert.Equal($"{name} n", compiled.JobNames);
        Assert.Equal((command, image), (compiled.Steps(name)[0]["run"]["command"].Text, compiled.Job(name)["docker"][0]["image"].Text));
    }

    [Rule("CL-18.9")]
    [Theory]
    [InlineData("{a: 1}", 36)]
    [InlineData("{a: << pipeline.number >>}", 36)]
    public void Refuses_values_that_are_no_list(string parameters, int column) => Matrix($"matrix: {{parameters: {parameters}}}")
        .ShouldFailOnly("RF5005", "[matrix/parameters/a] expected type: Sequence, found: Integer", 10, column);

    [Rule("CL-18.10")]
    [Fact]
    public void Makes_no_job_of_an_empty_list()
    {
        var compiled = Matrix("matrix: {parameters: {a: []}}");

        Assert.Equal("n", compiled.JobNames);
        Assert.Empty(compiled.Invocation("w", "n").Requires);
    }

    [Rule("CL-18.11")]
    [Fact]
    public void Refuses_a_value_that_is_not_in_the_enum()
    {
        var error = Assert.Single(Matrix("matrix: {parameters: {d: [x, z]}}").Errors);

        Assert.Equal(("RF4007", "Type error for argument d: expected type: enum, actual value: \"z\" (type string)"), (error.Code.Id, error.Message));
        Assert.Equal("It takes one of: x, y.", error.Hint);
    }
}
