using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Ringfence.Cli.Commands;

/// <summary>The arguments and options of every command that compiles a config, in one place so that they mean the same everywhere.</summary>
internal sealed class CompileOptions
{
    private readonly Argument<string?> _path = new("PATH")
    {
        Description = $"The config, or - for standard input; {DefaultConfig.Path} of the folder or of the checkout around it when left out.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _config = new("--config", "-c") { Description = "The config, as the argument PATH, which comes first.", HelpName = "PATH" };

    private readonly Option<string?> _parameters = new("--pipeline-parameters")
    {
        Description = "Values for pipeline parameters: a file, or a YAML or JSON map such as '{deploy: true}'.",
        HelpName = "FILE|MAP",
    };

    private readonly Option<string?> _branch = new("--branch") { Description = "Compile as for this branch instead of the one that is checked out, or of main outside of a git repository.", HelpName = "NAME" };

    private readonly Option<string?> _tag = new("--tag") { Description = "Compile as for a push of this tag.", HelpName = "NAME" };

    private readonly Option<int?> _pullRequest = new("--pr") 
    {
        Description = "Compile as for an event of this pull request.",
        HelpName = "NUMBER",
        CustomParser = static result =>
        {
            if (int.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out var number) && number > 0)
                return number;
            result.AddError($"--pr is the number of a pull request, not '{result.Tokens[0].Value}'.");
            return null;
        },
    };

    private readonly Option<bool> _asFork = new("--as-fork") { Description = "With --pr: the pull request comes from a fork, so that the branch is pull/NUMBER." };

    private readonly Option<string?> _event = new("--event")
    {
        Description = "Pipeline values in a JSON file: a map such as {\"pipeline.event.name\": \"push\"}, or a GitHub webhook of a push or pull request.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _next = new("--next", "-n") { Description = "Hold configs of version 2 and 2.0 to the rules of 2.1, as CircleCI does since August 2026." };

    private readonly Option<string?> _organization = new("--org") { Description = "Accepted for CircleCI's command line; private orbs come from the orb store like all others.", HelpName = "SLUG" };

    private readonly Option<string[]> _orbUrls = new("--allow-orb-url")
    {
        Description = $"Allow URL orbs below this https address; may be repeated. Also read from {Orbs.OrbUrlAllowList.Variable}, with blanks between several.",
        HelpName = "PREFIX",
        AllowMultipleArgumentsPerToken = false,
        DefaultValueFactory = static _ => [],
    };

    private CompileOptions()
    {
    }

    /// <summary>Adds them to a command.</summary>
    public static CompileOptions AddTo(Command command)
    {
        var options = new CompileOptions();
        command.Add(options._path);
        foreach (var option in (ReadOnlySpan<Option>)
                 [
                     options._config, options._parameters, options._branch, options._tag, options._pullRequest, options._asFork, options._event,
                     options._next, options._organization, options._orbUrls,
                 ])
        {
            command.Add(option);
        }

        command.Validators.Add(options.Check);
        return options;
    }

    /// <summary>What the user asked for.</summary>
    public CompileSettings Read(ParseResult parsed, Surroundings surroundings) => new()
    {
        Path = parsed.GetValue(_path) ?? parsed.GetValue(_config) ?? DefaultConfig.Of(surroundings),
        Parameters = parsed.GetValue(_parameters),
        Branch = parsed.GetValue(_branch),
        Tag = parsed.GetValue(_tag),
        PullRequest = parsed.GetValue(_pullRequest),
        AsFork = parsed.GetValue(_asFork),
        EventFile = parsed.GetValue(_event),
        HoldAllVersionsToLatestRules = parsed.GetValue(_next),
        OrbUrls = [.. parsed.GetValue(_orbUrls) ?? []],
    };

    private void Check(CommandResult result)
    {
        // The parser takes an option that it does not know for the path. A file of such a name can be given as ./-name.
        if (result.GetResult(_path)?.Tokens is [{ Value: ['-', _, ..] option }, ..])
            result.AddError($"Unrecognized option '{CommandLine.WithoutValue(option)}'.");
        if (result.GetValue(_asFork) && result.GetResult(_pullRequest) is not { Implicit: false })
            result.AddError("--as-fork says something about a pull request: give its number with --pr.");
        // EX-1.8
        if (result.GetValue(_branch) is not null && result.GetValue(_tag) is not null)
            result.AddError("Give --branch or --tag, not both: a pipeline is of a branch or of a tag.");
    }
}
