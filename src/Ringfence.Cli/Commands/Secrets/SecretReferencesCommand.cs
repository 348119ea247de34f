using System.CommandLine;
using Ringfence.Access.Fences;
using Ringfence.Access.References;
using Ringfence.Cli.Output;
using Ringfence.Cli.Secrets;

namespace Ringfence.Cli.Commands.Secrets;

/// <summary><c>ringfence secret references</c>: which steps of a config refer to which stored secrets.</summary>
internal static class SecretReferencesCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var command = new DocumentedCommand("references", "Print which steps of a config refer to which of the stored secrets.")
        {
            Examples = ["ringfence secret references", "ringfence secret references .circleci/release.yml"],
            Notes = "The names are those of the project of this folder and of all contexts of its organization. What scripts of the\nrepository read is not seen. 'ringfence secret fence NAME --learn' makes a fence of it.",
        };
        var options = CompileOptions.AddTo(command);
        command.SetAction((parsed, cancel) => SecretWork.DoAsync(surroundings, async work =>
        {
            var names = work.ReadStored().Owners.Where(o => o.IsContext ? o.Organization == work.Here.Organization : o.Name == work.Here.Slug).SelectMany(o => o.Living).Select(v => v.Name).ToHashSet(StringComparer.Ordinal);
            var config = await new ConfigCompilation(surroundings).Run(options.Read(parsed, surroundings), cancel);
            config.ReportProblems(surroundings);
            if (config.Pipeline is not { } pipeline)
                return ExitCode.InvalidInput;
            var references = StepReferences.In(pipeline, names);
            var table = new StyledTable("SECRET", "JOB", "STEP", "HOW", "FROM");
            foreach (var r in references.OrderBy(r => r.Variable, StringComparer.Ordinal))
                table.Add(r.Variable, DisplayText.Escape(r.Step.Job), DisplayText.Escape(r.Step.Name), How(r.Kind), DisplayText.Escape(From(r.Step.Origin)));
            if (references.Length > 0)
                StyledTextWriter.Write(table.Draw(), surroundings.Out, surroundings.OutTraits);
            var unseen = names.Except(references.Select(r => r.Variable), StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
            if (unseen.Count > 0)
                work.Say($"No step refers to: {string.Join(", ", unseen)}.");
            if (names.Count == 0)
                work.Say("There are no stored secrets to look for.");
            return ExitCode.Success;
        }));
        return command;
    }

    private static string How(ReferenceKind kind) => kind switch
    {
        ReferenceKind.Shell => "shell",
        ReferenceKind.Program => "program",
        _ => "named",
    };

    private static string From(StepOrigin origin) => origin switch
    {
        StepOrigin.Config => "config",
        StepOrigin.Orb orb => $"orb {orb.Reference}",
        _ => "unknown",
    };
}
