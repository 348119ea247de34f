using Ringfence.Config.Yaml;

namespace Ringfence.Config.Compilation;

/// <summary>The names of compiled steps: what a person sees when a job runs (EX-7.1, EX-7.2), and what fences of secrets name, so that both have to be the same.</summary>
public static class StepName
{
    /// <summary>The name of a step.</summary>
    /// <param name="kind">The name of the built-in step.</param>
    /// <param name="body">Its keys, or the command of the short form; null for a step that is only named.</param>
    public static string Of(string kind, YamlNode? body) => body switch
    {
        YamlScalar { IsNull: false } command => FirstLine(command.Text),
        YamlMapping map when map["name"] is YamlScalar { IsNull: false } name => name.Text,
        YamlMapping map when kind is "run" or "deploy" && map["command"] is YamlScalar command => FirstLine(command.Text),
        _ => TitleOf(kind),
    };

    private static string TitleOf(string kind) => kind switch
    {
        "checkout" => "Checkout code",
        "save_cache" => "Saving cache",
        "restore_cache" => "Restoring cache",
        "persist_to_workspace" => "Persisting to workspace",
        "attach_workspace" => "Attaching workspace",
        "store_artifacts" => "Uploading artifacts",
        "store_test_results" => "Uploading test results",
        "setup_remote_docker" => "Setup a remote Docker engine",
        "add_ssh_keys" => "Installing additional ssh keys",
        _ => kind,
    };

    private static string FirstLine(string text)
    {
        var line = text.AsSpan().Trim();
        var end = line.IndexOf('\n');
        return end < 0 ? line.ToString() : $"{line[..end].TrimEnd()}…";
    }
}
