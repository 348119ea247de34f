using Ringfence.Access.Fences;
using Ringfence.Access.References;
using Ringfence.Config;
using Ringfence.Config.Compilation;
using Ringfence.Config.Orbs;
using Ringfence.Config.Values;
using Ringfence.Primitives;

namespace Ringfence.Access.Tests.References;

public sealed class StepReferencesTests
{
    private const string Config = """
        version: 2.1
        orbs:
          slack: acme/slack@4.1.0
        jobs:
          release:
            docker:
              - image: cimg/node:22.1
                auth:
                  username: $DOCKER_USER
                  password: $DOCKER_PASSWORD
            steps:
              - checkout
              - run: npm ci
              - run:
                  name: Publish
                  command: |
                    set -e
                    echo "//registry/:_authToken=${NPM_TOKEN}" > .npmrc
                    npm publish
              - slack/notify:
                  text: done
        workflows:
          all:
            jobs:
              - release:
                  post-steps:
                    - run: echo "$AWS_KEY"
              - slack/tell
        """;

    private const string Orb = """
        version: 2.1
        commands:
          notify:
            parameters:
              text: {type: string}
            steps:
              - run:
                  name: Notify
                  command: curl -d "<< parameters.text >>" "$SLACK_URL"
        jobs:
          tell:
            docker: [{image: cimg/base:2026.01}]
            steps:
              - run: printenv NPM_TOKEN
        """;

    private static readonly CompiledPipeline Pipeline = Compile(Config);

    [Fact]
    public void Knows_each_step_and_who_wrote_it()
    {
        var steps = Pipeline.Jobs.SelectMany(j => CompiledSteps.Of(Pipeline, j)).Select(s => s.Identity).ToList();

        Assert.Equal(["Checkout code", "npm ci", "Publish", "Notify", "echo \"$AWS_KEY\"", "printenv NPM_TOKEN"], steps.Select(s => s.Name));
        Assert.Equal([0, 1, 2, 3, 4, 0], steps.Select(s => s.Index));
        Assert.Equal(["", "", "", "acme/slack@4.1.0", "", "acme/slack@4.1.0"], steps.Select(s => s.Origin is StepOrigin.Orb orb ? orb.Reference : ""));
        Assert.Equal(["", "", "", "acme/slack/notify", "", ""], steps.Select(s => s.Command));
        Assert.Equal(4, steps.Count(s => s.Origin is StepOrigin.Config));
    }

    [Fact]
    public void Learns_which_step_refers_to_what()
    {
        HashSet<string> names = ["NPM_TOKEN", "AWS_KEY", "SLACK_URL", "UNUSED"];
        var references = StepReferences.In(Pipeline, names);

        Assert.Equal(
            ["release/Publish NPM_TOKEN Shell", "release/Notify SLACK_URL Shell", "release/echo \"$AWS_KEY\" AWS_KEY Shell", "slack/tell/printenv NPM_TOKEN NPM_TOKEN Program"],
            references.Select(r => $"{r.Step.Job}/{r.Step.Name} {r.Variable} {r.Kind}"));
        Assert.Equal("config.yml:18:44", references[0].Span.ToString());
    }

    [Fact]
    public void Finds_names_nobody_has_told_it() =>
        Assert.Equal(["NPM_TOKEN", "SLACK_URL", "AWS_KEY", "NPM_TOKEN"], StepReferences.In(Pipeline, null).Select(r => r.Variable));

    [Fact]
    [Rule("CTX-23")]
    public void Finds_what_the_images_need() => Assert.Equal(["DOCKER_USER", "DOCKER_PASSWORD"], StepReferences.InImages(Pipeline.FindJob("release")!));

    [Fact]
    [Rule("ENV-7")]
    public void Turns_what_it_learned_into_fences()
    {
        var (token, unused) = (Some.Variable("NPM_TOKEN"), Some.Variable("UNUSED"));
        var learned = StepReferences.Learn(Pipeline, [token, unused], isPinned: true);
        var policy = new FencePolicy { Fences = learned.Fences };
        var steps = Pipeline.Jobs.SelectMany(j => CompiledSteps.Of(Pipeline, j)).Select(s => s.Identity).ToList();

        Assert.Equal(["Publish", "printenv NPM_TOKEN"], steps.Where(s => policy.IsVisible(token, s)).Select(s => s.Name));
        Assert.Equal([unused], learned.Unreferenced);
        var changed = Compile(Config.Replace("npm publish", "npm publish; curl evil", StringComparison.Ordinal));
        Assert.DoesNotContain(changed.FindJob("release") is { } job ? CompiledSteps.Of(changed, job) : [], s => policy.IsVisible(token, s.Identity));
        var byName = new FencePolicy { Fences = StepReferences.Learn(Pipeline, [token], isPinned: false).Fences };
        Assert.Contains(CompiledSteps.Of(changed, changed.FindJob("release")!), s => byName.IsVisible(token, s.Identity));
    }

    [Fact]
    public void Knows_the_steps_of_a_config_without_workflows()
    {
        var pipeline = Compile("""
            version: 2.1
            jobs:
              build:
                docker: [{image: cimg/base:2026.01}]
                steps: [{run: make}]
            """);

        Assert.IsType<StepOrigin.Config>(Assert.Single(CompiledSteps.Of(pipeline, Assert.Single(pipeline.Jobs))).Identity.Origin);
    }

    private static CompiledPipeline Compile(string yaml)
    {
        var request = new CompileRequest { Values = PipelineValues.Local(new GitFacts { Branch = "main" }), Orbs = new FakeOrbs() };
        var result = Compiler.Compile(ConfigSource.From("config.yml", yaml), request);
        return result.Pipeline ?? throw new InvalidOperationException(string.Join('\n', result.Diagnostics));
    }

    private sealed class FakeOrbs : IOrbSource
    {
        public OrbLookup Find(OrbReference reference) => new OrbLookup.Found("acme/slack@4.1.0", new SourceText("acme/slack@4.1.0", Orb), Digest.Of("orb"u8).ToString());
    }
}
