using System.Text.Json;

namespace Ringfence.Cli.Tests.Run;

/// <summary>A setup config whose job sends the file <c>body.json</c> to continue its pipeline. There <c>THE_TOKEN</c> stands for the value of <c>$TOKEN</c>, if the job has it.</summary>
internal static class SetupTrial
{
    public const string Config =
        """
        version: 2.1
        setup: true
        jobs:
          generate:
            machine: true
            steps:
              - checkout
              - run: |
                  echo generated-now
                  # As curl would, which need not be installed.
                  url=https://circleci.com/api/v2/pipeline/continue
                  place=${url#http://}; place=${place%%/*}
                  exec 3<>/dev/tcp/${place/://}
                  sed -i "s/THE_KEY/$CIRCLE_CONTINUATION_KEY/; s/THE_TOKEN/$TOKEN/" body.json
                  printf 'POST /api/v2/pipeline/continue HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n' "$(wc -c < body.json)" >&3
                  cat body.json >&3
                  read -r answer <&3; echo "$answer"
        workflows: {setup: {jobs: [generate]}}
        """;

    /// <summary>The same, with a context for its job.</summary>
    public static string ConfigWith(string context) => Config.Replace("jobs: [generate]", $"jobs: [{{generate: {{context: {context}}}}}]", StringComparison.Ordinal);

    /// <summary>Has the setup job send a config and no parameters.</summary>
    public static void SendsOnly(PipelineTrial trial, string configuration) => trial.Commands.WithFile("body.json", Body(configuration, []));

    /// <summary>Has the setup job send a config, and texts as parameters; by default <c>word: made</c>.</summary>
    public static void Sends(PipelineTrial trial, string configuration, params (string Name, string Text)[] parameters) =>
        trial.Commands.WithFile("body.json", Body(configuration, parameters is [] ? [("word", "made")] : parameters));

    /// <summary>What a setup job sends.</summary>
    public static string Body(string configuration, IEnumerable<(string Name, string Text)> parameters) =>
        JsonSerializer.Serialize(new Dictionary<string, object> { ["continuation-key"] = "THE_KEY", ["parameters"] = parameters.ToDictionary(p => p.Name, p => p.Text), ["configuration"] = configuration });
}
