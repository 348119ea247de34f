using System.CommandLine;
using System.Text.Json;
using Ringfence.Cli.Doctor;
using Ringfence.Cli.Doctor.Isolation;
using Ringfence.Cli.Output;

namespace Ringfence.Cli.Commands;

/// <summary><c>ringfence doctor</c>: says whether jobs can run on this machine, and what to do if not.</summary>
internal static class DoctorCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var command = new DocumentedCommand("doctor", "Check whether this machine has what jobs need, and say how to get what is missing.")
        {
            Examples = ["ringfence doctor", "ringfence doctor --format json", "ringfence doctor --isolation"],
            Notes = $"Jobs need one kind of sandbox (a container engine or bubblewrap), git, the agent and a folder that can be written.\nIf one of them is missing the exit code is {(int)ExitCode.Unavailable}. Warnings do not change it.",
        };
        var format = FormatOption.Of("text", "json");
        var isolation = new Option<bool>("--isolation") { Description = "Send a thief into each kind of sandbox and tell what it gets at; the result is kept for an audit." };
        var image = new Option<string>("--isolation-image") { Description = "The image of the thief's container.", HelpName = "NAME", DefaultValueFactory = static _ => "busybox:stable" };
        command.Add(format);
        command.Add(isolation);
        command.Add(image);
        command.SetAction(async (parsed, cancel) =>
        {
            if (parsed.GetValue(isolation))
                return (int)await IsolationRun.RunAsync(surroundings, parsed.GetValue(image)!, parsed.GetValue(format) is "json", cancel);
            var examination = await Examiner.LookAsync(surroundings, cancel);
            if (parsed.GetValue(format) is "json")
                surroundings.Out.Write(JsonSerializer.Serialize(Json(examination), CliJson.Readable.JsonExamination) + "\n");
            else
                StyledTextWriter.Write(ExaminationText.Draw(examination, surroundings.OutTraits), surroundings.Out, surroundings.OutTraits);
            return (int)(examination.IsUsable ? ExitCode.Success : ExitCode.Unavailable);
        });
        return command;
    }

    private static JsonExamination Json(Examination examination) => new(
        examination.IsUsable,
        examination.Verdict,
        [.. examination.All.Select(f => new JsonFinding(f.Name, ExaminationText.Word(f.State), f.Found, f.Fix.Length > 0 ? f.Fix : null))]);
}
