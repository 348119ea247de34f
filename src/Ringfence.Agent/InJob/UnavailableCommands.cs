using System.Collections.Immutable;
using Ringfence.Agent.InJob.Flags;

namespace Ringfence.Agent.InJob;

/// <summary>
/// Commands that need a service which a local run does not have (EX-10.17, EX-10.18, EX-10.20).
/// <c>run release …</c> only records deployments for people to look at, and a deployment that has happened must not turn red for want of the record:
/// it warns and succeeds. A missing token or a test suite that did not run is a failure.
/// </summary>
internal static class UnavailableCommands
{
    private static readonly ImmutableArray<FlagDeclaration> ReleaseFlags =
    [
        new("environment-name", "NAME", "where it is deployed to"),
        new("component-name", "NAME", "what is deployed"),
        new("target-version", "VERSION", "the version that is deployed"),
        new("namespace", "NAME", "the namespace, if not the default one"),
        new("rollback", null, "that it goes back to an earlier version"),
    ];

    public static ImmutableArray<InJobVerb> Verbs { get; } =
    [
        Missing("run oidc get", "Get an OpenID Connect token.", 0, "issues no OpenID Connect tokens", InJobExitCode.Failed,
            [new("claims", "JSON", "claims to ask for"), new("root-issuer", null, "ask for the issuer without the organization"), new("ttl", "DURATION", "how long it is valid")]),
        Release("plan", "Plan a deployment.", 1, ReleaseFlags),
        Release("update", "Update the status of a deployment.", 1, [new("status", "STATUS", "RUNNING, SUCCESS or FAILED"), new("failure-reason", "TEXT", "why it failed")]),
        Release("log", "Log a deployment.", 0, ReleaseFlags),
        Missing("testsuite run", "Run a test suite of .circleci/test-suites.yml.", 1, "runs no test suites; call the test program, or 'circleci tests run'", InJobExitCode.Failed, []),
        Missing("testsuite doctor", "Check .circleci/test-suites.yml.", 1, "checks no test suites", InJobExitCode.Failed, []),
    ];

    private static InJobVerb Release(string word, string summary, int mostArguments, ImmutableArray<FlagDeclaration> flags) =>
        Missing($"run release {word}", summary, mostArguments, "keeps no record of deployments; nothing is recorded", InJobExitCode.Success, flags);

    private static InJobVerb Missing(string words, string summary, int mostArguments, string lack, int exitCode, ImmutableArray<FlagDeclaration> flags) => new(
        new CommandSyntax(words, summary) { MostArguments = mostArguments, Flags = flags, Arguments = mostArguments == 0 ? "" : "[NAME]" },
        (_, surroundings) =>
        {
            surroundings.Say($"circleci {words}: a local run of Ringfence {lack}.");
            return exitCode;
        });
}
