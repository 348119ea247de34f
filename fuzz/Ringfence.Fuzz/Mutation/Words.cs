namespace Ringfence.Fuzz.Mutation;

/// <summary>The words that mean something to a target: what chance alone would hardly ever write.</summary>
internal static class Words
{
    /// <summary>Characters that readers of texts stumble over.</summary>
    public static readonly string[] Odd =
        ["\0", "\t", "\r", "\r\n", "\u0085", "\u00A0", "\u2028", "\uFEFF", "\uFFFE", "\uFFFF", "\uD83D", "\uDE00", "😀", "é", "\u0001", "\u007F", "ſ", "K"];

    public static readonly string[] Yaml =
    [
        "- ", ": ", "? ", "\n", "\n  ", "&a ", "*a", "<<: *a", "<<", "!!str ", "!!int ", "!!binary ", "! ", "|", "|-", "|+", "|2", ">", ">-", "'", "''", "\"", "\\n", "\\x41", "\\u0041",
        "\\U0001F600", "[", "]", "{", "}", ",", "#", " # x", "---", "...", "%YAML 1.1\n---\n", "null", "~", "true", "yes", "no", "on", "y", "0x1F", "010", "0b1", "1_000", "1:30", "190:20:30",
        "1.5", "1e3", ".inf", "-.INF", ".nan", "+1", "-0", "9223372036854775808", "1e999", "2020-01-01", "0o17", "=", "`", "@", "%",
    ];

    public static readonly string[] Template =
    [
        "<< parameters.p >>", "<<parameters.p>>", "<< pipeline.git.branch >>", "<< pipeline.parameters.p >>", "<< matrix.p >>", "<< pipeline.number >>", "<<", ">>", "\\<<", "\\\\<<",
        "<<# parameters.p >>", "<<^ parameters.p >>", "<</ parameters.p >>", "<< pipeline.git.branch == \"main\" >>", "<< not parameters.p >>", "<< \"a\" >>", "<< 1 >>", "<< parameters.q or parameters.p >>",
        "<< pipeline.event.github.pull_request.number >>",
    ];

    public static readonly string[] Config =
    [
        "version: 2.1", "version: 2", "setup: true", "orbs:", "commands:", "executors:", "parameters:", "jobs:", "job-groups:", "workflows:", "experimental:", "steps:", "docker:", "machine:", "macos:",
        "image:", "environment:", "working_directory:", "shell:", "resource_class:", "parallelism:", "executor:", "name:", "command:", "run:", "checkout", "setup_remote_docker", "save_cache:",
        "restore_cache:", "store_artifacts:", "store_test_results:", "persist_to_workspace:", "attach_workspace:", "add_ssh_keys:", "when:", "unless:", "condition:", "and:", "or:", "not:", "equal:",
        "matches:", "pattern:", "value:", "type:", "string", "boolean", "integer", "enum", "executor", "steps", "env_var_name", "default:", "enum:", "description:", "requires:", "context:", "filters:",
        "branches:", "tags:", "only:", "ignore:", "/.*/", "matrix:", "exclude:", "alias:", "pre-steps:", "post-steps:", "type: approval", "type: release", "type: lock", "type: unlock", "type: no-op",
        "serial-group:", "key:", "triggers:", "schedule:", "cron: \"0 0 * * *\"", "max_auto_reruns:", "paths:", "path:", "root:", "at:", "keys:", "fingerprints:", "auth:", "aws_auth:", "circleci_ip_ranges:",
        "background:", "no_output_timeout:", "terminal", "success", "failed", "canceled", "not_run", "unauthorized", "override-with:", "retention:", "caches:", "plan_name:", "notify:",
    ];

    public static readonly string[] Expression =
    [
        "pipeline.git.branch", "pipeline.parameters.p", "pipeline.number", "a", "b.c", " and ", " or ", "not ", "!", " == ", " != ", " < ", " >= ", " starts-with ", " matches ", " contains ", "(", ")", "\"", "\"x\"",
        "/", "/x.*/", "/[/", "true", "false", "1", "0", "-1", "9223372036854775807", "9223372036854775808", "\\\"", "\\", "AND", "Or", "&&", "||", " ", "\n", "'x'", "[", "]", ".", "-", "_", "?",
    ];

    public static readonly string[] Regex =
    [
        "(", ")", "(?:", "(?P<n>", "(?<n>", "(?i)", "(?i:", "(?s)", "(?m)", "(?-i)", "(?=", "(?!", "[", "[^", "]", "[[:alpha:]]", "[[:^digit:]]", "[]a]", "[a-z]", "[z-a]", "-", "^", "$", "\\A", "\\z", "\\b", "\\B",
        "\\d", "\\D", "\\s", "\\w", "\\W", "\\pL", "\\p{Lu}", "\\p{^Nd}", "\\P{Any}", "\\p{Greek}", "\\Q", "\\E", "\\x41", "\\x{1F600}", "\\x{", "\\123", "\\0", "\\1", "\\C", "*", "+", "?", "*?", "++", "{2}", "{2,}",
        "{2,5}", "{0}", "{1000}", "{1001}", "{,3}", "|", ".", "\\.", "/", "\\/", "\n", "a", "aaaa", "k", "s", "i", "I",
    ];
}
