using Ringfence.Config;
using Ringfence.Config.Compilation;
using Ringfence.Config.Values;
using Ringfence.Runner.Placement;

namespace Ringfence.Runner.Tests.Placement;

public sealed class JobRequirementsTests
{
    [Fact]
    [Rule("EX-9.1", "EX-9.3", "EX-9.7", "EX-9.8")]
    public void Takes_containers_with_all_of_their_keys()
    {
        var place = Of(
            """
            docker:
              - image: $REGISTRY_IMAGE
                auth: {username: me, password: $SECRET}
                user: root
              - image: postgres:17
                name: db
                entrypoint: /bin/init 'two words'
                command: [postgres, -c, fsync=off]
                environment: {POSTGRES_PASSWORD: x, COUNT: 3}
              - image: redis
                auth: {username: me, password: $NOT_SET}
                environment: [A=1, B: 2]
            """).Place;

        var all = Assert.IsType<JobPlace.Containers>(place).All;
        Assert.Equal(["mine/app:1", "postgres:17", "redis"], all.Select(c => c.Image));
        Assert.Equal(("me", "root"), (all[0].RegistryUser, all[0].User));
        Assert.NotNull(all[0].RegistryPassword);
        Assert.Equal("db", all[1].Name);
        Assert.Equal(["/bin/init", "two words"], all[1].Entrypoint!.Value);
        Assert.Equal(["postgres", "-c", "fsync=off"], all[1].Command!.Value);
        Assert.Equal([("POSTGRES_PASSWORD", "x"), ("COUNT", "3")], all[1].Environment);
        Assert.Null(all[2].RegistryPassword);
        Assert.Equal([("A", "1"), ("B", "2")], all[2].Environment);
    }

    [Fact]
    [Rule("CTX-23")]
    public void Lets_the_login_of_an_image_name_a_secret_and_nothing_else()
    {
        const string Config = "version: 2.1\njobs:\n  build:\n    docker: [{image: $TOKEN, auth: {username: me, password: $TOKEN}, environment: {T: $TOKEN}, command: echo $TOKEN}]\n    steps: [run: x]\nworkflows: {main: {jobs: [build]}}\n";
        var compiled = Compiler.Compile(ConfigSource.From("config.yml", Config), new CompileRequest { Values = PipelineValues.Local(GitFacts.None) });

        var place = new JobRequirements(compiled.Pipeline!.Jobs[0], ImageMap.None, _ => null) { Secret = name => name == "TOKEN" ? "the-secret" : null }.Place;

        var container = Assert.IsType<JobPlace.Containers>(place).All[0];
        using var expected = new Primitives.SecretValue("the-secret");
        Assert.True(expected.FixedTimeEquals(container.RegistryPassword!));
        Assert.DoesNotContain("the-secret", container.Image + string.Concat(container.Environment) + string.Concat(container.Command!.Value), StringComparison.Ordinal);
    }

    [Theory]
    [Rule("EX-9.10", "EX-9.12", "EX-9.13", "EX-9.14", "CL-12.4")]
    [InlineData("machine: true", "")]
    [InlineData("machine: {image: \"ubuntu-2404:current\"}", "ubuntu-2404:current")]
    [InlineData("machine: {image: android:2024.01.1, resource_class: large}", "android:2024.01.1")]
    public void Takes_machines(string keys, string image) => Assert.Equal(image, Assert.IsType<JobPlace.Machine>(Of(keys).Place).Image);

    [Theory]
    [InlineData("macos: {xcode: 15.0.0}")]
    [InlineData("machine: {image: \"windows-server-2022-gui:current\"}")]
    [InlineData("machine: {image: \"ubuntu-2404:current\"}\nresource_class: windows.large")]
    [InlineData("machine: {image: \"linux-cuda-12:default\"}\nresource_class: gpu.nvidia.small")]
    public void Knows_what_cannot_be_had(string keys) => Assert.IsType<JobPlace.Nowhere>(Of(keys).Place);

    [Theory]
    [Rule("EX-9.15")]
    [InlineData("small 1/2, medium 2/4, medium+ 3/6, large 4/8, xlarge 8/16, 2xlarge 16/32, 2xlarge+ 20/40", true)]
    [InlineData("small.gen2 1/2, medium.gen2 2/4, medium+.gen2 3/6, large.gen2 4/8, xlarge.gen2 8/16, 2xlarge.gen2 16/32, 2xlarge+.gen2 20/40", true)]
    [InlineData("arm.medium 2/8, arm.large 4/16, arm.xlarge 8/32, arm.2xlarge 16/64", true)]
    [InlineData("medium 2/7.5, large 4/15, xlarge 8/32, 2xlarge 16/64, 2xlarge+ 32/64", false)]
    [InlineData("medium.gen2 2/8, large.gen2 4/16, xlarge.gen2 8/32, 2xlarge.gen2 16/64, 2xlarge+.gen2 32/128", false)]
    [InlineData("medium.gen3 2/8, large.gen3 4/16, xlarge.gen3 8/32, 2xlarge.gen3 16/64, 2xlarge+.gen3 32/128", false)]
    [InlineData("arm.medium 2/8, arm.large 4/16, arm.xlarge 8/32, arm.2xlarge 16/64", false)]
    public void Knows_the_size_of_every_class_of_Linux(string classes, bool isContainer) => Assert.All(classes.Split(", "), entry =>
    {
        var (name, processors, gibibytes) = entry.Split(' ', '/') is [var n, var p, var g] ? (n, double.Parse(p, System.Globalization.CultureInfo.InvariantCulture), double.Parse(g, System.Globalization.CultureInfo.InvariantCulture)) : default;
        Assert.Equal(new ResourceClass(processors, (long)(gibibytes * (1L << 30))), Of($"{(isContainer ? "docker: [image: a]" : "machine: true")}\nresource_class: {name}").Size);
    });

    [Theory]
    [Rule("EX-9.15", "EX-9.17")]
    [InlineData("docker: [image: a]\nresource_class: medium", false)]
    [InlineData("docker: [image: a]\nresource_class: medium.gen3", true)]
    [InlineData("docker: [image: a]\nresource_class: huge", true)]
    [InlineData("machine: true\nresource_class: medium+", true)]
    [InlineData("machine: true\nresource_class: small", true)]
    [InlineData("machine: true\nresource_class: acme/big", false)]
    [InlineData("docker: [image: a]", false)]
    [InlineData("macos: {xcode: 15.0.0}\nresource_class: huge", false)]
    public void Knows_that_there_is_no_such_class(string keys, bool isUnknown) => Assert.Equal(isUnknown, Of(keys).NamesUnknownClass);

    [Theory]
    [Rule("EX-9.15")]
    [InlineData("docker: [image: a]\nresource_class: medium", 2, 4)]
    [InlineData("docker: [image: a]\nresource_class: large.gen2", 4, 8)]
    [InlineData("machine: true\nresource_class: large", 4, 15)]
    [InlineData("machine: true\nresource_class: xlarge.gen3", 8, 32)]
    public void A_class_is_of_another_size_for_containers_than_for_machines(string keys, double processors, long gibibytes) =>
        Assert.Equal(new ResourceClass(processors, gibibytes << 30), Of(keys).Size);

    [Fact]
    [Rule("EX-10.1", "EX-9.17")]
    public void Counts_parallel_runs_and_knows_no_size_of_runners_elsewhere()
    {
        Assert.Equal(3, Of("machine: true\nparallelism: 3").Nodes);
        Assert.Equal(1, Of("machine: true").Nodes);
        Assert.Null(Of("machine: true\nresource_class: acme/big").Size);
    }

    private static JobRequirements Of(string keys)
    {
        var config = $"version: 2.1\njobs:\n  build:\n{string.Concat(keys.Split('\n').Select(line => $"    {line}\n"))}    steps: [run: x]\nworkflows: {{main: {{jobs: [build]}}}}\n";
        var compiled = Compiler.Compile(ConfigSource.From("config.yml", config), new CompileRequest { Values = PipelineValues.Local(GitFacts.None) });
        Assert.True(compiled.IsValid, string.Join('\n', compiled.Diagnostics.Select(d => d.Message)));
        return new JobRequirements(compiled.Pipeline!.Jobs[0], ImageMap.None, name => name switch { "REGISTRY_IMAGE" => "mine/app:1", "SECRET" => "hunter2", _ => null });
    }
}
